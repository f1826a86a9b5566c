"""notebooks/run, as a user calls it: run by JupyterIT."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from test_kernel import PATIENCE, alive

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[3]
RUN = NOTEBOOKS / "run"


class RunTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kerf test ")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name) / f"kerf-test-{os.getpid()}.ipynb"
        self.executed = NOTEBOOKS / "target" / self.path.name
        self.page = self.executed.with_suffix(".html")
        self.addCleanup(lambda: self.executed.unlink(missing_ok=True))
        self.addCleanup(lambda: self.page.unlink(missing_ok=True))

    def notebook(self, *sources):
        cells = [new_markdown_cell("# A title", id="title")]
        cells += [new_code_cell(s, id=f"cell-{i}") for i, s in enumerate(sources)]
        spec = {"name": "java", "display_name": "Java (Kerf)", "language": "java"}
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": spec}), self.path)

    def environment(self, **more):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER_")}
        return environment | more

    def run_it(self, *arguments, script=RUN, **environment):
        return subprocess.run(
            [str(script), *arguments],
            cwd=self.folder.name,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=20 * PATIENCE,
        )

    def outputs(self, path, cell):
        return nbformat.read(path, as_version=4).cells[cell].outputs


class Notebooks(RunTest):
    """The bundled notebooks, at their shortest, as a reader would run them."""

    def shown_twice(self, name, figures):
        """What the cells of a notebook show in the first of two passes, figures counted."""
        home = pathlib.Path(self.folder.name) / "results"
        done = self.run_it(name, "--length", "smoke", "--twice", KERF_HOME=str(home))
        self.assertEqual(0, done.returncode, done.stderr)
        cells = nbformat.read(done.stdout.splitlines()[0], as_version=4).cells
        outputs = [o for c in cells for o in c.get("outputs", [])]
        self.assertEqual([], [o for o in outputs if o.get("name") == "stderr"])
        shown = [o for o in outputs if "data" in o]
        self.assertEqual(figures, sum("image/png" in o["data"] for o in shown))
        return str(shown)

    def test_lottery_ticket_runs_twice_in_one_kernel(self):
        self.assertIn("38 % earlier", self.shown_twice("lottery-ticket", figures=2))

    def test_pruning_tour_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("pruning-tour", figures=6)
        self.assertIn("2×5 tensor, 3 of 10 kept", shown)
        self.assertIn("same mask: true", shown)

    def test_structured_vs_unstructured_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("structured-vs-unstructured", figures=3)
        self.assertIn("49 % (0.7 × 0.7)", shown)

    def test_weights_and_connections_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("learning-both-weights-and-connections", figures=6)
        self.assertIn("12.2 times fewer", shown)

    def test_fake_quantization_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("fake-quantization", figures=3)
        self.assertIn("-1.5 points (ResNet-50)", shown)
        self.assertIn("int8", shown)

    def test_sparse_nets_and_noise_runs_twice_in_one_kernel(self):
        self.assertIn("+25,737 images", self.shown_twice("sparse-nets-and-noise", figures=5))

    def test_quantization_tour_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("quantization-tour", figures=4)
        self.assertIn("scale=0.005882353, zeroPoint=170", shown)
        self.assertIn("bits per character", shown)

    def test_calibration_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("calibration", figures=9)
        self.assertIn("2.55 σ", shown)
        self.assertIn("calibrators of relu2", shown)

    def test_post_training_repairs_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("post-training-repairs", figures=5)
        self.assertIn("-71.60 points", shown)
        self.assertIn("pairs of layers equalized", shown)
        self.assertIn("bias corrected", shown)

    def test_optimal_brain_damage_runs_twice_in_one_kernel(self):
        shown = self.shown_twice("optimal-brain-damage", figures=4)
        self.assertIn("only OBS, always", shown)
        self.assertIn("3.85 times fewer (LeNet)", shown)


class Moved(unittest.TestCase):
    """A class path that was built for another folder is not taken for this one's."""

    def is_ours(self, root, *entries):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as classpath:
            classpath.write(":".join(entries))
            classpath.flush()
            script = 'here=$1/notebooks; . "$2"; is_ours "$3"'
            environment = str(NOTEBOOKS / "launch" / "environment.sh")
            command = ["sh", "-c", script, "sh", root, environment, classpath.name]
            return subprocess.run(command, capture_output=True).returncode == 0

    def test_a_moved_or_copied_checkout_is_built_again(self):
        with tempfile.TemporaryDirectory() as folder:
            jar = pathlib.Path(folder, "mine", "toolkit", "target", "kerf-toolkit-1.jar")
            library = pathlib.Path(folder, "repository", "gson.jar")
            for file in (jar, library):
                file.parent.mkdir(parents=True)
                file.touch()
            mine, copied = f"{folder}/mine", f"{folder}/copied"
            self.assertTrue(self.is_ours(mine, str(jar), str(library)))
            self.assertFalse(self.is_ours(copied, str(jar), str(library)), "the other's jar")
            self.assertFalse(self.is_ours(mine, str(jar), str(library) + "x"), "an entry is gone")


class Runs(RunTest):
    def test_executes_through_a_link_from_elsewhere(self):
        self.notebook(
            'System.out.println("length " + System.getenv("KERF_LENGTH"));',
            "21 * 2",
            'new java.io.File(".").getCanonicalFile().getName()',
        )
        link = pathlib.Path(self.folder.name) / "a link"
        link.symlink_to(RUN)
        done = self.run_it(self.path.name, "--length", "quick", script=link)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(f"{self.executed}\n{self.page}\n", done.stdout)
        self.assertIn("[2/3] 21 * 2", done.stderr)
        self.assertEqual("length quick\n", self.outputs(self.executed, 1)[0]["text"])
        self.assertEqual("42", self.outputs(self.executed, 2)[0]["data"]["text/plain"])
        name = pathlib.Path(self.folder.name).name
        self.assertEqual(name, self.outputs(self.executed, 3)[0]["data"]["text/plain"])
        page = self.page.read_text(encoding="utf-8")
        self.assertIn("length quick", page)
        self.assertNotIn("require.min.js", page)
        self.assertEqual([], self.outputs(self.path, 1))

    def test_in_place_is_the_same_file_every_time(self):
        self.notebook('System.out.print("a"); display("b"); System.out.print("\\rc\\rd");', "1 + 1")
        self.assertEqual(0, self.run_it(str(self.path), "--in-place", "--twice").returncode)
        first = self.path.read_bytes()
        self.assertEqual(0, self.run_it(str(self.path), "--in-place").returncode)
        self.assertEqual(first, self.path.read_bytes())
        notebook = json.loads(first)
        self.assertEqual("17", notebook["metadata"]["language_info"]["version"])
        self.assertEqual([None, 1, 2], [c.get("execution_count") for c in notebook["cells"]])
        texts = [o.get("text") or o["data"]["text/plain"] for o in notebook["cells"][1]["outputs"]]
        self.assertEqual([["a"], ["b"], ["d"]], texts)

    def test_flags_for_the_kernels_jvm(self):
        self.notebook('System.getProperty("a") + Runtime.getRuntime().maxMemory()')
        done = self.run_it(str(self.path), KERF_JAVA_FLAGS='-Xmx256m "-Da=b c"')
        self.assertEqual(0, done.returncode, done.stderr)
        shown = self.outputs(self.executed, 1)[0]["data"]["text/plain"]
        self.assertRegex(shown, r"^b c2\d{8}$")
        # Other launchers' kernels, such as those of an open Lab, have not got them.
        spec = NOTEBOOKS / "target" / "jupyter" / "kernels" / "java" / "kernel.json"
        self.assertNotIn("256m", spec.read_text(encoding="utf-8"))

    def test_flags_that_are_none(self):
        self.notebook("1")
        done = self.run_it(str(self.path), KERF_JAVA_FLAGS='"-Da=b')
        self.assertEqual(1, done.returncode)
        self.assertIn('KERF_JAVA_FLAGS must be flags of java, found: "-Da=b', done.stderr)
        self.assertIn("Unmatched quote", done.stderr)

    def test_a_failing_cell(self):
        self.notebook('System.out.println("before");', "int zero = 0;\n1 / zero", "3")
        done = self.run_it(str(self.path), "--in-place")
        self.assertEqual(1, done.returncode)
        self.assertIn("ArithmeticException: / by zero\n    at cell 2, line 2: 1 / zero\n", done.stderr)
        self.assertIn("failed in code cell 2", done.stderr)
        self.assertEqual("before\n", self.outputs(self.executed, 1)[0]["text"])
        self.assertEqual("error", self.outputs(self.executed, 2)[0]["output_type"])
        self.assertEqual([], self.outputs(self.path, 1))

    def test_twice_finds_what_works_only_once(self):
        self.notebook('if (System.setProperty("seen", "x") != null) throw new Error("again");')
        self.assertEqual(0, self.run_it(str(self.path)).returncode)
        done = self.run_it(str(self.path), "--twice")
        self.assertEqual(1, done.returncode)
        self.assertIn("Error: again", done.stderr)

    def test_a_kernel_that_dies(self):
        self.notebook("Runtime.getRuntime().halt(3);")
        done = self.run_it(str(self.path))
        self.assertEqual(1, done.returncode)
        self.assertIn("the kernel ended while this cell ran", done.stderr)

    def test_ctrl_c_ends_the_run_and_the_kernel(self):
        self.notebook(
            'System.out.println("pid " + ProcessHandle.current().pid());',
            '{ System.out.println("go"); while (true) { } }',
        )
        process = subprocess.Popen(
            [str(RUN), str(self.path)],
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        lines = []
        while not lines or not lines[-1].startswith("[2/2]"):
            lines.append(process.stderr.readline())
            self.assertNotEqual("", lines[-1], lines)
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=PATIENCE)
        self.assertEqual(130, process.returncode, rest)
        self.assertIn("interrupted in code cell 2", rest)
        kernel = int(self.outputs(self.executed, 1)[0]["text"].split()[1])
        deadline = time.monotonic() + PATIENCE
        while alive(kernel):
            self.assertLess(time.monotonic(), deadline, "the kernel has outlived the run")
            time.sleep(0.1)


class Missing(RunTest):
    """What is missing is named, with the way to get it, before anything is built or started."""

    def test_a_name_that_is_no_notebook(self):
        done = self.run_it("no-such-notebook")
        self.assertEqual(1, done.returncode)
        self.assertIn("no-such-notebook is no notebook here; there are: ", done.stderr)

    def test_java(self):
        self.notebook("1")
        done = self.run_it(str(self.path), JAVA_HOME="/no such jdk")
        self.assertEqual(1, done.returncode)
        self.assertIn("a JDK of version 17 or later is needed, and '/no such jdk/bin/java' does not run", done.stderr)
        self.assertIn("sudo apt install openjdk-17-jdk", done.stderr)

    def test_python(self):
        self.notebook("1")
        done = self.run_it(str(self.path), KERF_PYTHON="/no such python")
        self.assertEqual(1, done.returncode)
        self.assertIn("Python 3.9 or later is needed, and '/no such python' does not run", done.stderr)
        self.assertIn("sudo apt install python3 python3-venv", done.stderr)

    def test_no_argument(self):
        done = self.run_it()
        self.assertEqual(2, done.returncode)
        self.assertIn("usage: notebooks/run", done.stderr)


if __name__ == "__main__":
    unittest.main()
