"""What a kernel must survive: run by JupyterIT. No test depends on how long anything takes, but for
the one that measures interrupts, which it counts and does not time one by one."""

import hashlib
import hmac
import json
import random
import socket
import tempfile
import time
import unittest

import zmq

from test_kernel import KernelTest, alive
from wire import PATIENCE, Kernel

PORTS = ["shell_port", "control_port", "stdin_port", "hb_port", "iopub_port"]
GREETING = b"\xff" + bytes(8) + b"\x7f" + b"\x03\x00NULL" + bytes(16) + bytes(32)
READY = b"\x04\x1c\x05READY\x0bSocket-Type\0\0\0\x06DEALER"
# Beginnings from which a receiver may believe the bytes behind them: none, a handshake, a frame of
# two gigabytes, a frame of less than nothing.
HEADS = [
    b"",
    GREETING[:12],
    GREETING,
    GREETING + READY,
    GREETING + READY + b"\x02\0\0\0\0\x7f\xff\xff\xf0",
    GREETING + READY + b"\x02\xff\xff\xff\xff\xff\xff\xff\xff",
]
HEADER = {"msg_id": "a", "msg_type": "execute_request", "session": "s", "username": "u"}


class Strangers(KernelTest):
    """Garbage on any port, any frame count, any JSON: ignored and logged."""

    @classmethod
    def setUpClass(cls):
        cls.log = tempfile.TemporaryFile("w+", encoding="utf-8")
        cls.kernel = Kernel(stderr=cls.log)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.log.close()

    def setUp(self):
        with open(self.kernel.manager.connection_file, encoding="utf-8") as file:
            self.connection = json.load(file)
        self.context = zmq.Context()
        self.addCleanup(self.context.destroy, 0)

    def send(self, port, messages, kind=zmq.DEALER):
        peer = self.context.socket(kind)
        peer.linger = 500
        peer.connect(f"tcp://127.0.0.1:{self.connection[port]}")
        for frames in messages:
            try:
                peer.send_multipart(frames, zmq.NOBLOCK)
            except zmq.ZMQError:
                pass  # A port of the wrong kind, or a socket that may not send twice.
        return peer

    def signed(self, *parts):
        mac = hmac.new(self.connection["key"].encode(), digestmod=hashlib.sha256)
        for part in parts:
            mac.update(part)
        return [b"<IDS|MSG>", mac.hexdigest().encode(), *parts]

    def assert_well(self):
        # A stranger's cells, signed as they are, may fail, and drop those behind them.
        result = self.kernel.run("1 + 1")
        for _ in range(100):
            if result.status != "aborted":
                break
            result = self.kernel.run("1 + 1")
        self.assertEqual("2", result.value())
        with self.send("hb_port", [[b"ping"]], zmq.REQ) as beat:
            self.assertTrue(beat.poll(1000 * PATIENCE), "no heartbeat")
            self.assertEqual(b"ping", beat.recv())
        message = self.kernel.client.session.msg("kernel_info_request", {})
        self.kernel.client.control_channel.send(message)
        reply = self.kernel.client.get_control_msg(timeout=PATIENCE)
        self.assertEqual("ok", reply["content"]["status"])

    def test_random_bytes(self):
        chance = random.Random(1)
        for port in PORTS:
            for _ in range(40):
                with socket.create_connection(("127.0.0.1", self.connection[port])) as stranger:
                    length = chance.choice([0, 1, 5, 64, 1000])
                    stranger.sendall(chance.choice(HEADS) + chance.randbytes(length))
                    if chance.random() < 0.3:
                        stranger.shutdown(socket.SHUT_WR)
            self.assert_well()

    def test_any_frame_count_from_any_kind_of_socket(self):
        chance = random.Random(2)
        kinds = [zmq.DEALER, zmq.REQ, zmq.SUB, zmq.XSUB, zmq.PUSH, zmq.ROUTER, zmq.XPUB]
        for port in PORTS:
            for kind in kinds:
                frames = [
                    [chance.randbytes(chance.choice([0, 1, 10])) for _ in range(count)]
                    for count in (1, 2, 3, 6, 7, 20)
                ]
                self.send(port, frames, kind).close()
            self.assert_well()

    def test_a_heartbeat_of_two_frames_comes_back(self):
        with self.send("hb_port", [[b"", b"one", b"two"]]) as peer:
            self.assertTrue(peer.poll(1000 * PATIENCE))
            self.assertEqual([b"", b"one", b"two"], peer.recv_multipart())
        self.assert_well()

    def test_any_json_and_any_content(self):
        deep = b"[" * 5000 + b"]" * 5000
        odd = [b"", b"null", b"1", b'"x"', b"[]", b"{}", b"{", b"\xff\xfe", deep]
        good = json.dumps(HEADER).encode()
        messages = []
        for part in odd:
            messages += [[part, b"{}", b"{}", b"{}"], [good, part, b"{}", b"{}"]]
            messages += [[good, b"{}", part, b"{}"], [good, b"{}", b"{}", part]]
        types = [None, 1, {}, "", "x", "execute_request", "complete_request", "inspect_request"]
        types += ["history_request", "is_complete_request", "comm_open", "input_reply"]
        types += ["interrupt_request", "debug_request"]
        contents = [{}, {"code": 1}, {"code": None}, {"code": []}, {"code": {}}]
        contents += [{"code": "1", "silent": "x"}, {"code": "1", "user_expressions": [1]}]
        contents += [{"code": "a", "cursor_pos": -5}, {"code": "a", "cursor_pos": "x"}]
        contents += [{"hist_access_type": {}}, {"hist_access_type": "range", "start": "a"}]
        contents += [{"hist_access_type": "search", "pattern": "\\E(["}, {"value": {}}]
        for kind in types:
            header = json.dumps({**HEADER, "msg_type": kind}).encode()
            messages += [[header, b"{}", b"{}", json.dumps(c).encode()] for c in contents]
        messages.append([b'{"msg_id": "a"}', b"{}", b"{}", b"{}"])
        wrong = [[b"<IDS|MSG>", b"not its signature", *m] for m in messages[:9]]
        for port in PORTS:
            self.send(port, [self.signed(*m) for m in messages] + wrong).close()
            self.assert_well()
        self.log.seek(0)
        log = self.log.read()
        self.assertIn("message on SHELL ignored: ", log)
        self.assertIn("a message came whose signature does not fit its content", log)
        self.assertIn("a message's header has a text msg_type, found null", log)
        self.assertIn("kerf kernel: execute_request on CONTROL ignored", log)


class Endless(KernelTest):
    """50 of 50 interrupts within a second, of everything that does not end by itself."""

    SAYS = 'System.out.println("go"); '
    CODES = [
        "while (true) { }",
        "for (long i = 0; ; i++) { try { Thread.sleep(1); } catch (Throwable t) { } }",
        "endless(40);",
        "java.util.stream.Stream.iterate(1, i -> i + 1).mapToInt(i -> i).sum();",
        "java.util.stream.LongStream.range(0, Long.MAX_VALUE).map(i -> i ^ 3).sum();",
        "java.util.stream.LongStream.range(0, Long.MAX_VALUE).parallel().map(i -> i ^ 3).sum();",
        "Thread.sleep(1000000);",
        "new java.util.concurrent.CountDownLatch(1).await();",
        "while (true) System.out.println(1);",
        'while (true) display("x");',
    ]

    def test_fifty_interrupts(self):
        self.run_ok("long endless(int n) { return n == 0 ? 1 : endless(n - 1) + endless(n - 1); }")
        seconds = []
        for i in range(50):
            code = self.CODES[i % len(self.CODES)]
            result, taken = self.kernel.interrupt(f"{{ {self.SAYS}{code} }}")
            self.assertEqual("Interrupted", result.reply["ename"], code)
            self.assertEqual(1, len(result.reply["traceback"]), result.reply)
            self.assertIn("run it again to go on", result.reply["evalue"])
            seconds.append((taken, code))
            self.assertEqual("2", self.run_ok("1 + 1").value(), code)
        within = sum(taken < 1 for taken, _ in seconds)
        print(f"\ninterrupts within a second: {within} of 50; the slowest: {max(seconds)}")
        # Two seconds is when the kernel stops to ask and uses force: none may come to that. A
        # machine that is busy with other things may take longer than a second for one or two.
        self.assertLess(max(seconds)[0], 2, seconds)
        self.assertGreaterEqual(within, 48, seconds)


class Much(KernelTest):
    def test_a_thousand_cells(self):
        for i in range(1000):
            self.assertEqual(str(i), self.run_ok(f"{i} + 0").value())

    def test_fifty_megabytes_of_output(self):
        result = self.run_ok(
            'String row = "x".repeat(99); for (int i = 0; i < 500000; i++) System.out.println(row);'
        )
        self.assertEqual(50_000_000, len(result.texts()))

    def test_a_stack_overflow_and_no_memory(self):
        result = self.run_error("int down(int n) { return down(n + 1) + 1; }\ndown(0)")
        self.assertEqual("StackOverflowError", result.reply["ename"])
        self.assertEqual(2, len(result.reply["traceback"]))
        result = self.run_error("{ long[][] a = new long[1 << 20][]; for (int i = 0; ; i++)"
                                " a[i] = new long[1 << 24]; }")
        self.assertEqual("OutOfMemoryError", result.reply["ename"])
        self.assertEqual("2", self.run_ok("1 + 1").value())

    def test_a_thread_left_printing_prints_to_its_own_cell(self):
        first = self.run_ok(
            "var stop = new java.util.concurrent.atomic.AtomicBoolean();"
            "var left = new Thread(() -> { while (!stop.get()) { System.out.println(\"left\");"
            " try { Thread.sleep(10); } catch (InterruptedException e) { return; } } });"
            "left.setDaemon(true); left.start();"
        )
        second = self.run_ok('Thread.sleep(300); System.out.println("mine");')
        self.assertEqual("mine\n", second.texts())
        self.run_ok("stop.set(true); left.join();")
        self.assertEqual("", first.texts().replace("left\n", ""))

    def test_an_unread_printing_loop_does_not_fill_the_heap(self):
        deaf = self.kernel.manager.client()
        # Connects, and is never read.
        deaf.start_channels(shell=False, stdin=False, hb=False, control=False)
        msg_id = self.kernel.start(
            'String wide = "x".repeat(1000); System.out.println("go");'
            " while (true) System.out.println(wide);",
            allow_stdin=False,
        )
        try:
            self.kernel.published(msg_id, lambda m: "go" in m["content"].get("text", ""))
            # Nobody reads any more, not even this client; then the loop is ended all the same.
            time.sleep(3)
            self.kernel.manager.interrupt_kernel()
            result = self.kernel.finish(msg_id)
            self.assertEqual("Interrupted", result.reply["ename"])
        finally:
            deaf.stop_channels()
        used = self.run_ok(
            "System.gc(); (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())"
            " >> 20"
        ).value()
        self.assertLess(int(used), 250)


class Ends(unittest.TestCase):
    def setUp(self):
        self.kernel = Kernel()
        self.addCleanup(self.kernel.close)
        self.process = self.kernel.manager.provisioner.process

    def test_system_exit_ends_the_process_and_leaves_no_orphan(self):
        self.kernel.start("System.exit(3);")
        self.assertEqual(3, self.process.wait(timeout=PATIENCE))
        self.assertFalse(alive(self.process.pid))

    def test_restart_idle_and_busy(self):
        for code in ["int a = 1;", "while (true) { System.out.println(1); }"]:
            old = self.kernel.manager.provisioner.process
            self.kernel.start(code)
            self.kernel.manager.restart_kernel(now=False)
            self.assertFalse(alive(old.pid))
            self.kernel.client.wait_for_ready(timeout=PATIENCE)
            self.assertEqual("error", self.kernel.run("a").status)
            self.assertEqual("2", self.kernel.run("1 + 1").value())


if __name__ == "__main__":
    unittest.main()
