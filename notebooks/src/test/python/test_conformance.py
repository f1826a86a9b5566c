"""Jupyter's own suite for kernels, with samples for each of its tests: run by JupyterIT.

Which of its tests do not apply, and why:
- test_pager: the kernel has no pager; help is shown where it is asked for.
"""

import pathlib
import subprocess
import sys
import unittest

SUITE = "jupyter_kernel_test==0.7.0"
DEBIAN = "/usr/lib/python3/dist-packages"
TARGET = pathlib.Path(__file__).resolve().parents[3] / "target" / "conformance"


def found():
    """The suite's module: of this Python, of pip, of Debian's python3-jupyter-kernel-test, or none."""
    try:
        import jupyter_kernel_test

        return jupyter_kernel_test
    except ImportError:
        pass
    if not TARGET.is_dir() and not (pathlib.Path(DEBIAN) / "jupyter_kernel_test").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run(
            [*install, "--retries", "0", "--no-deps", "--target", str(TARGET), SUITE],
            capture_output=True,
        )
    # Behind all else: only the suite is to come from there.
    sys.path += [str(TARGET), DEBIAN]
    try:
        import jupyter_kernel_test

        return jupyter_kernel_test
    except ImportError:
        return None


suite = found()
if hasattr(suite, "run_sync"):
    # Suites before 0.5 are written for a jupyter_client whose channels wait asynchronously.
    suite.run_sync = lambda method: method
IMPORT = "import static kerf.notebook.Kerf.*;"


@unittest.skipIf(
    suite is None,
    f"Jupyter's suite for kernels is not here: pip install {SUITE},"
    " or apt install python3-jupyter-kernel-test",
)
class Conformance(suite.KernelTests if suite else unittest.TestCase):
    kernel_name = "java"
    language_name = "java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": "System.out.printl", "matches": {"println("}},
        {"text": "Math.hypo", "matches": {"hypot("}},
        {"text": f"{IMPORT}\nprun", "matches": {"pruning()"}},
        {"text": f"{IMPORT}\npruning().criterion(initialM", "matches": {"initialMagnitude()"}},
        {"text": "%mav", "matches": {"maven", "mavenRepo"}},
    ]
    complete_code_samples = ["1 + 1", "int x = 3;", "class A { }", "// a comment", "", "%jars x"]
    incomplete_code_samples = ["int f(int a) {", "for (int i = 0;", "foo(1,", "/* open"]
    invalid_code_samples = [")", "return return;", "else {}"]
    code_generate_error = 'throw new IllegalStateException("no");'
    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"a".repeat(3)', "result": "aaa"},
        {"code": f"{IMPORT}\nlp(2)", "result": "Norm[order=2.0]"},
    ]
    code_display_data = [
        {"code": 'display("<b>x</b>", "text/html");', "mime": "text/html"},
        {"code": 'display("<svg/>", "image/svg+xml");', "mime": "image/svg+xml"},
        {"code": "display(new java.awt.image.BufferedImage(3, 2, 1));", "mime": "image/png"},
    ]
    code_inspect_sample = "String.valueOf("
    code_history_pattern = "1?+*"
    supported_history_operations = ("tail", "range", "search")
    code_clear_output = "clearOutput();"

    def test_every_sample_is_there_but_those_that_do_not_apply(self):
        samples = {n for n in dir(suite.KernelTests) if n.startswith("code_") or n.endswith("samples")}
        self.assertEqual(
            {"code_page_something"}, {name for name in samples if not getattr(self, name)}
        )


if __name__ == "__main__":
    unittest.main()
