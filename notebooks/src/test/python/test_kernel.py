"""The kernel over the real wire: run by JupyterIT, with the environment of notebooks/run."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

from wire import PATIENCE, Kernel

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[3]


class KernelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.close()

    def run_ok(self, code, **options):
        result = self.kernel.run(code, **options)
        self.assertEqual("ok", result.status, result.reply)
        return result

    def run_error(self, code, **options):
        result = self.kernel.run(code, **options)
        self.assertEqual("error", result.status, result.reply)
        return result


class Protocol(KernelTest):
    def test_kernel_info(self):
        info = self.kernel.reply(self.kernel.client.kernel_info())["content"]
        self.assertEqual("ok", info["status"])
        self.assertEqual("java", info["language_info"]["name"])
        self.assertEqual(".jshell", info["language_info"]["file_extension"])
        self.assertEqual("text/x-java-source", info["language_info"]["mimetype"])
        self.assertEqual("text/x-java", info["language_info"]["codemirror_mode"])
        # A front end stores it: a notebook that was merely opened should be as it was.
        for notebook in NOTEBOOKS.glob("*.ipynb"):
            stored = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["language_info"]
            self.assertEqual(info["language_info"], stored, notebook.name)

    def test_a_cell_shows_its_last_expression(self):
        result = self.run_ok("int seven = 7;\nseven * 6")
        self.assertEqual("42", result.value())
        types = [m["msg_type"] for m in result.published]
        self.assertEqual(["status", "execute_input", "execute_result"], types)

    def test_a_declaration_or_assignment_shows_nothing(self):
        self.assertIsNone(self.run_ok("int shown = 1;").value())
        self.assertIsNone(self.run_ok("shown = 2").value())
        self.assertEqual("2", self.run_ok("shown").value())

    def test_imports_are_those_of_ijava_and_no_more(self):
        self.run_ok("new ArrayList<BigDecimal>(); Pattern.compile(\"a\"); new URL(\"http://a\");"
                    " new File(\"a\"); Executors.class; Preferences.class")
        self.assertEqual("CompileError", self.run_error("Stream.of(1)").reply["ename"])
        self.assertEqual("CompileError", self.run_error("Duration.ZERO").reply["ename"])

    def test_counts_go_on_after_errors_but_not_after_hidden_cells(self):
        first = self.run_ok("1").reply["execution_count"]
        self.assertEqual(first + 1, self.run_error("1 / 0").reply["execution_count"])
        self.run_ok("2", store_history=False)
        self.run_ok("3", silent=True)
        self.assertEqual(first + 2, self.run_ok("4").reply["execution_count"])

    def test_silent_says_nothing(self):
        result = self.run_ok(
            'System.out.println("x"); display("y"); int silent = 3; silent', silent=True
        )
        self.assertEqual(["status"], [m["msg_type"] for m in result.published])
        self.assertEqual("3", self.run_ok("silent").value())

    def test_user_expressions(self):
        result = self.run_ok(
            "int u = 5;", user_expressions={"good": "u + 1", "bad": "u + nothing"}
        )
        answers = result.reply["user_expressions"]
        self.assertEqual("ok", answers["good"]["status"])
        self.assertEqual({"text/plain": "6"}, answers["good"]["data"])
        self.assertEqual("error", answers["bad"]["status"])
        self.assertEqual("CompileError", answers["bad"]["ename"])

    def test_history(self):
        self.run_ok('"history " + "one"')
        self.run_ok("int historyTwo = 2;")
        self.run_ok("int historyTwo = 2;")
        ask = self.kernel.client.history

        def entries(**options):
            content = self.kernel.reply(ask(raw=True, **options))["content"]
            self.assertEqual("ok", content["status"])
            return content["history"]

        tail = entries(hist_access_type="tail", n=2)
        self.assertEqual(["int historyTwo = 2;"] * 2, [e[2] for e in tail])
        found = entries(hist_access_type="search", pattern="int hist*", n=9, unique=True)
        self.assertEqual(["int historyTwo = 2;"], [e[2] for e in found])
        line = tail[0][1]
        ranged = entries(hist_access_type="range", session=0, start=line - 1, stop=line, output=True)
        self.assertEqual([['"history " + "one"', "history one"]], [e[2] for e in ranged])

    def test_is_complete(self):
        def status(code):
            return self.kernel.reply(self.kernel.client.is_complete(code))["content"]

        for code in ["1 + 1", "int x = 3;", "class A { }", "// a comment", "", "%maven a:b:1"]:
            self.assertEqual("complete", status(code)["status"], code)
        for code in ["int f(int a) {", "for (int i = 0;", "foo(1,", "/* open"]:
            self.assertEqual("incomplete", status(code)["status"], code)
        for code in [")", "return return;", "else {}"]:
            self.assertEqual("invalid", status(code)["status"], code)
        self.assertEqual("    ", status("int f(int a) {")["indent"])

    def complete(self, code, cursor=None):
        content = self.kernel.reply(self.kernel.client.complete(code, cursor))["content"]
        self.assertEqual("ok", content["status"])
        return content

    def test_complete(self):
        self.assertIn("println(", self.complete("System.out.printl")["matches"])
        astral = 'String s = "\U0001d538\U0001d539"; s.toUpperC'
        content = self.complete(astral)
        self.assertIn("toUpperCase(", content["matches"])
        self.assertEqual(len(astral) - len("toUpperC"), content["cursor_start"])
        self.assertEqual(len(astral), content["cursor_end"])
        self.assertEqual(["maven", "mavenRepo"], self.complete("%mav")["matches"])

    def test_completes_by_imports_of_the_same_cell_and_leaves_no_trace(self):
        code = "import java.time.Duration;\nDuration d = Duration.ofMin"
        self.assertIn("ofMinutes(", self.complete(code)["matches"])
        self.assertEqual("CompileError", self.run_error("Duration.ZERO").reply["ename"])

    def test_inspect(self):
        self.run_ok("int inspected = 1;")

        def inspect(code):
            content = self.kernel.reply(self.kernel.client.inspect(code))["content"]
            self.assertEqual("ok", content["status"])
            return content["data"].get("text/plain", "") if content["found"] else None

        self.assertIn("String.valueOf(int i)", inspect("String.valueOf("))
        self.assertIn("String.valueOf(int i)", inspect("String.valueOf"))
        self.assertEqual("int inspected", inspect("inspected"))
        self.assertIsNone(inspect("noSuchName"))

    def test_comms_are_answered(self):
        message = self.kernel.client.session.msg("comm_info_request", {})
        self.kernel.client.shell_channel.send(message)
        content = self.kernel.reply(message["header"]["msg_id"])["content"]
        self.assertEqual({"status": "ok", "comms": {}}, content)


class Output(KernelTest):
    def test_a_flood_arrives_whole_in_few_messages(self):
        result = self.run_ok('for (int i = 0; i < 20000; i++) System.out.println("line " + i);')
        expected = "".join(f"line {i}\n" for i in range(20000))
        self.assertEqual(expected, result.texts())
        self.assertLess(len(result.of("stream")), 200)

    def test_a_flood_beyond_any_buffer_arrives_whole(self):
        result = self.run_ok(
            'String row = "x".repeat(99); for (int i = 0; i < 50000; i++) System.out.println(row);'
        )
        self.assertEqual(5_000_000, len(result.texts()))

    def test_prints_and_displays_keep_their_order(self):
        result = self.run_ok(
            'System.out.print("a"); System.err.print("b"); System.out.print("c"); display("d");'
            ' System.out.print("e"); "f"'
        )
        said = [
            m["content"].get("text") or m["content"]["data"]["text/plain"]
            for m in result.published
            if m["msg_type"] in ("stream", "display_data", "execute_result")
        ]
        self.assertEqual(["a", "b", "c", "d", "e", "f"], said)

    def test_printed_text_comes_while_the_cell_runs(self):
        msg_id = self.kernel.start('System.out.print("now"); System.in.read();', allow_stdin=True)
        self.kernel.published(msg_id, lambda m: m["content"].get("text") == "now")
        self.kernel.client.get_stdin_msg(timeout=PATIENCE)
        self.kernel.client.input("")
        self.assertEqual("ok", self.kernel.finish(msg_id).status)

    def test_utf8_and_characters_in_two_parts(self):
        result = self.run_ok(
            'System.out.print("ä€\\uD83D\\uDE00"); System.out.write(0xC3); System.out.write(0xA9);'
        )
        self.assertEqual("ä€\U0001f600é", result.texts())

    def test_update_display(self):
        result = self.run_ok('var id = display("one"); updateDisplay(id, "two");')
        first, second = result.of("display_data", "update_display_data")
        self.assertEqual("one", first["data"]["text/plain"])
        self.assertEqual("two", second["data"]["text/plain"])
        self.assertEqual(first["transient"], second["transient"])

    def test_mime_types(self):
        result = self.run_ok('display("<b>x</b>", "text/html"); printf("%d", 5);')
        self.assertEqual("<b>x</b>", result.of("display_data")[0]["data"]["text/html"])
        self.assertEqual("5", result.texts())

    def test_a_display_as_last_expression_leaves_no_id_behind(self):
        self.assertIsNone(self.run_ok('display("x")').value())

    def test_arrays_and_images_are_the_same_text_in_every_run(self):
        self.assertEqual("[1, 2]", self.run_ok("new int[] {1, 2}").value())
        self.assertEqual("[[a], null]", self.run_ok('new String[][] {{"a"}, null}').value())
        image = self.run_ok("new java.awt.image.BufferedImage(3, 2, 1)").of("execute_result")[0]
        self.assertEqual("image 3x2", image["data"]["text/plain"])
        self.assertIn("image/png", image["data"])

    def test_other_threads_print_and_display(self):
        result = self.run_ok(
            'Thread t = new Thread(() -> { System.out.print("t"); display("d"); });'
            " t.start(); t.join();"
        )
        self.assertEqual("t", result.texts())
        self.assertEqual("d", result.of("display_data")[0]["data"]["text/plain"])

    def test_an_extension_renders_and_the_kernel_is_found(self):
        folder = os.environ["KERF_TEST_CLASSES"]
        self.run_ok(f"%classpath {folder}")
        result = self.run_ok("new kerf.kernel.extension.Badge(7)")
        self.assertEqual(
            {"text/html": "<b>7</b>", "text/plain": "badge 7"}, result.of("execute_result")[0]["data"]
        )
        displayed = self.run_ok("kerf.kernel.extension.Badge.show(8);")
        shown = displayed.of("display_data", "update_display_data")
        self.assertEqual(
            ["<b>8</b>", "<b>8</b>", "<b>9</b>"], [each["data"]["text/html"] for each in shown]
        )

    def test_maven_is_no_matter_for_what_is_there(self):
        said = self.run_ok("%maven com.google.code.gson:gson:2.0").texts()
        self.assertRegex(said, r"^com.google.code.gson:gson:2.0: the class path has version 2\.")
        failed = self.run_error("%maven no.such:thing:1.0")
        self.assertIn("no.such:thing:1.0 cannot be loaded: ", failed.reply["evalue"])
        self.assertEqual(2, len(failed.reply["traceback"]))

    def test_maven_adds_what_the_local_repository_has(self):
        # The build itself needs it, so it is there.
        said = self.run_ok("%maven org.opentest4j:opentest4j:1.3.0").texts()
        self.assertEqual("org.opentest4j:opentest4j:1.3.0: added opentest4j 1.3.0\n", said)
        self.assertEqual("x", self.run_ok('new org.opentest4j.AssertionFailedError("x").getMessage()').value())

    def test_maven_takes_a_pom_of_the_cell(self):
        said = self.run_ok(
            "%%loadFromPOM\n<dependency><groupId>org.opentest4j</groupId>"
            "<artifactId>opentest4j</artifactId><version>1.3.0</version></dependency>"
        ).texts()
        self.assertEqual("%%loadFromPOM: added opentest4j 1.3.0\n", said)

    def test_clear_output(self):
        result = self.run_ok('System.out.print("a"); clearOutput(); System.out.print("b");')
        types = [m["msg_type"] for m in result.published]
        self.assertEqual(["status", "execute_input", "stream", "clear_output", "stream"], types)
        self.assertEqual([{"wait": True}], result.of("clear_output"))


class Errors(KernelTest):
    def assert_same_in_publication(self, result):
        published = result.of("error")
        self.assertEqual(1, len(published))
        for field in ("ename", "evalue", "traceback"):
            self.assertEqual(published[0][field], result.reply[field])

    def test_run_time(self):
        defined = self.run_ok("int f(int a) {\n  return 10 / a;\n}")
        cell = defined.reply["execution_count"]
        result = self.run_error("int zero = 0;\n\nf(zero)")
        self.assertEqual("ArithmeticException", result.reply["ename"])
        self.assertEqual("/ by zero", result.reply["evalue"])
        self.assertEqual(
            [
                "\x1b[1;31mArithmeticException\x1b[0m: / by zero",
                f"    at cell {cell}, line 2 in f: return 10 / a;",
                f"    at cell {cell + 1}, line 3: f(zero)",
            ],
            result.reply["traceback"],
        )
        self.assert_same_in_publication(result)

    def test_causes_and_own_exceptions(self):
        result = self.run_error(
            "class Mine extends RuntimeException { Mine(Throwable t) { super(\"mine\", t); } }\n"
            'throw new Mine(new java.io.IOException("deep"));'
        )
        self.assertEqual("Mine", result.reply["ename"])
        self.assertIn("Caused by: \x1b[1;31mjava.io.IOException\x1b[0m: deep", result.traceback())
        self.assertIn("line 2: throw new Mine(", result.traceback())

    def test_compile(self):
        result = self.run_error("int good = 1;\nint bad = good +\n    missing;")
        count = result.reply["execution_count"]
        self.assertEqual("CompileError", result.reply["ename"])
        self.assertEqual(f"cell {count}, line 3: cannot find symbol", result.reply["evalue"])
        self.assertEqual(
            [
                f"\x1b[1;31mCompileError at \x1b[0mcell {count}, line 3: cannot find symbol",
                "        missing;",
                "        ^^^^^^^",
                "  symbol:   variable missing",
            ],
            result.reply["traceback"],
        )
        self.assert_same_in_publication(result)

    def test_nothing_of_a_cell_runs_that_is_not_whole(self):
        for tail in ["int f() {", ")", "foo(1,"]:
            result = self.run_error('System.out.print("ran");\n' + tail)
            self.assertEqual("CompileError", result.reply["ename"])
            self.assertIn("line 2", result.reply["evalue"])
            self.assertEqual("", result.texts())

    def test_a_name_that_no_cell_declares(self):
        result = self.run_error("int g() { return later() + 1; }")
        self.assertEqual("CompileError", result.reply["ename"])
        self.assertIn("refers to method later(), which no cell has declared", result.reply["evalue"])
        self.run_ok("int h() { return i(); }\nint i() { return 4; }\nh()")

    def test_stack_overflow_is_cut_short(self):
        result = self.run_error("int down(int n) { return down(n + 1) + 1; }\ndown(0)")
        self.assertEqual("StackOverflowError", result.reply["ename"])
        self.assertLess(len(result.reply["traceback"]), 50)
        self.assertEqual("2", self.run_ok("1 + 1").value())

    def test_an_error_in_rendering(self):
        result = self.run_error(
            'class Odd { public String toString() { throw new NoClassDefFoundError("gone"); } }\n'
            "new Odd()"
        )
        self.assertEqual("NoClassDefFoundError", result.reply["ename"])
        self.assertEqual("gone", result.reply["evalue"])
        self.assertEqual("2", self.run_ok("1 + 1").value())

    def test_an_error_stops_the_cells_behind_it(self):
        first = self.kernel.start("Thread.sleep(200); int stopped = 1 / 0;")
        second = self.kernel.start('System.out.print("second");')
        info = self.kernel.client.kernel_info()
        self.assertEqual("error", self.kernel.reply(first)["content"]["status"])
        self.assertEqual("aborted", self.kernel.reply(second)["content"]["status"])
        self.assertEqual("ok", self.kernel.reply(info)["content"]["status"])
        self.assertEqual("3", self.run_ok("1 + 2").value())

    def test_an_error_stops_nothing_when_asked_not_to(self):
        first = self.kernel.start("Thread.sleep(200); int notStopped = 1 / 0;", stop_on_error=False)
        second = self.kernel.start("5")
        self.assertEqual("error", self.kernel.reply(first)["content"]["status"])
        self.assertEqual("ok", self.kernel.reply(second)["content"]["status"])


class Input(KernelTest):
    READ = "new Scanner(System.in).nextLine()"

    def test_a_line_in_utf8(self):
        msg_id = self.kernel.start(self.READ, allow_stdin=True)
        request = self.kernel.client.get_stdin_msg(timeout=PATIENCE)
        self.assertEqual("input_request", request["msg_type"])
        self.kernel.client.input("größe \U0001f600")
        self.assertEqual("größe \U0001f600", self.kernel.finish(msg_id).value())

    def test_bytes_are_not_negative(self):
        msg_id = self.kernel.start("System.in.read()", allow_stdin=True)
        self.kernel.client.get_stdin_msg(timeout=PATIENCE)
        self.kernel.client.input("ä")
        self.assertEqual("195", self.kernel.finish(msg_id).value())

    def test_the_end_where_nobody_can_answer(self):
        self.assertEqual("-1", self.run_ok("System.in.read()", allow_stdin=False).value())

    def test_interrupted_while_waiting(self):
        msg_id = self.kernel.start(self.READ, allow_stdin=True)
        self.kernel.client.get_stdin_msg(timeout=PATIENCE)
        self.kernel.manager.interrupt_kernel()
        self.assertEqual("Interrupted", self.kernel.finish(msg_id).reply["ename"])
        self.kernel.client.input("too late")
        self.assertEqual("2", self.run_ok("1 + 1").value())


class Interrupts(KernelTest):
    GO = 'System.out.println("go");'

    def setUp(self):
        self.run_ok("int kept = 11;")

    def check(self, code, **options):
        result, seconds = self.kernel.interrupt(code, **options)
        self.assertEqual("error", result.status)
        self.assertEqual("Interrupted", result.reply["ename"], result.reply)
        after = self.run_ok('System.out.print("after"); kept')
        self.assertEqual("11", after.value())
        self.assertEqual("after", after.texts())
        return result, seconds

    def test_sleep_says_where(self):
        result, seconds = self.check(
            f"int a = 1;\n{{ {self.GO}\nThread.sleep(100000); }}\nint b = 2;"
        )
        self.assertLess(seconds, 1)
        self.assertIn("at line 3 (Thread.sleep(100000); })", result.traceback())
        self.assertEqual("CompileError", self.run_error("b").reply["ename"])

    def test_busy_loop(self):
        result, seconds = self.check(f"long n = 0;\n{{ {self.GO}\nwhile (true) n++; }}")
        self.assertLess(seconds, 1)
        self.assertIn("at line 3 (while (true) n++; })", result.traceback())

    def test_busy_loop_in_a_method_that_catches_all(self):
        _, seconds = self.check(
            f"void loop() {{ {self.GO} while (true)"
            " { try { Thread.sleep(1); } catch (Throwable t) { } } }\nloop();"
        )
        self.assertLess(seconds, 1)

    def test_printing_loop(self):
        _, seconds = self.check(f"{{ {self.GO} while (true) System.out.println(1); }}")
        self.assertLess(seconds, 2)
        self.assertTrue(self.kernel.quiet())

    def test_swallowed_interrupt(self):
        result, _ = self.check(
            f"{{ {self.GO} try {{ Thread.sleep(100000); }} catch (InterruptedException e) {{ }} }}\n"
            'System.out.print("went on");'
        )

    def test_library_loop_that_looks_at_the_flag(self):
        _, seconds = self.check(
            f"{{ {self.GO} java.util.stream.IntStream.iterate(0, i -> i + 1).forEach(i -> {{"
            " if (Thread.currentThread().isInterrupted()) throw new CancellationException(); }); }"
        )
        self.assertLess(seconds, 1)

    def test_rendering(self):
        _, seconds = self.check(
            "class Slow { public String toString() { "
            f"{self.GO} while (true) {{ }} }} }}\nnew Slow()"
        )
        self.assertLess(seconds, 1)

    def test_busy_library_loop(self):
        # A library's loop has no guard, and this one heeds no interrupt.
        result, seconds = self.check(
            f"{{ {self.GO} java.util.stream.LongStream.range(0, Long.MAX_VALUE)"
            ".sum(); }"
        )
        self.assertGreater(seconds, 1)
        self.assertLess(seconds, 10)
        # Where the JDK can stop no thread, this one goes on: off with the kernel.
        type(self).kernel.close()
        type(self).kernel = Kernel()

    def test_an_interrupt_between_cells_means_nothing(self):
        self.kernel.manager.interrupt_kernel()
        # The request has a channel of its own: without waiting it may arrive during the next cell.
        self.kernel.await_idle("interrupt_request")
        self.assertEqual("2", self.run_ok("1 + 1").value())


class Life(unittest.TestCase):
    def test_shutdown(self):
        kernel = Kernel()
        try:
            process = kernel.manager.provisioner.process
            kernel.client.shutdown()
            self.assertEqual(0, process.wait(timeout=PATIENCE))
        finally:
            kernel.close()

    def test_a_kernel_ends_with_its_parent(self):
        parent = (
            "import os, sys\n"
            "from jupyter_client.manager import start_new_kernel\n"
            "manager, client = start_new_kernel(kernel_name='java', startup_timeout=60)\n"
            "client.execute('while (true) { }')\n"
            "print(manager.provisioner.process.pid, flush=True)\n"
            "sys.stdin.read()\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        kernel = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()
        deadline = time.monotonic() + PATIENCE
        while alive(kernel):
            self.assertLess(time.monotonic(), deadline, "the kernel has outlived its parent")
            time.sleep(0.1)


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            # An orphan that nobody reaps, as in a container without init, is gone all the same.
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        if os.path.isdir("/proc/self"):
            return False
    try:
        os.kill(pid, 0)
        return True
    except ProcessLookupError:
        return False


if __name__ == "__main__":
    unittest.main()
