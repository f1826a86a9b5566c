"""A client of the kernel for tests: one running kernel, and what a cell said."""

import queue
import time

from jupyter_client.manager import start_new_kernel

# A limit against hanging for ever; no test depends on how long anything takes.
PATIENCE = 60


class Result:
    """The reply to one cell, and all that was published for it, in order."""

    def __init__(self, reply, published):
        self.reply = reply["content"]
        self.published = published

    @property
    def status(self):
        return self.reply["status"]

    def texts(self, name="stdout"):
        return "".join(
            m["content"]["text"]
            for m in self.published
            if m["msg_type"] == "stream" and m["content"]["name"] == name
        )

    def of(self, *types):
        return [m["content"] for m in self.published if m["msg_type"] in types]

    def value(self):
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    def traceback(self):
        return "\n".join(self.reply["traceback"])


class Kernel:
    def __init__(self, **options):
        self.manager, self.client = start_new_kernel(
            kernel_name="java", startup_timeout=PATIENCE, **options
        )

    def close(self):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()

    def start(self, code, **options):
        return self.client.execute(code, **options)

    def finish(self, msg_id):
        # First what is published: a cell that prints much waits until it is read.
        published = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            if message["content"].get("execution_state") == "idle":
                return Result(self.reply(msg_id), published)
            published.append(message)

    def run(self, code, **options):
        options.setdefault("allow_stdin", False)
        return self.finish(self.start(code, **options))

    def reply(self, msg_id):
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == msg_id:
                return reply

    def published(self, msg_id, wanted):
        """Waits until something published for the cell satisfies the predicate."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == msg_id and wanted(message):
                return message

    def await_idle(self, msg_type):
        """Waits until the kernel has dealt with a request of some type."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if (
                message["parent_header"].get("msg_type") == msg_type
                and message["content"].get("execution_state") == "idle"
            ):
                return

    def interrupt(self, code, go="go", after=0.0):
        """Runs code that says GO, then interrupts it; the result, and the seconds to the reply."""
        msg_id = self.start(code, allow_stdin=False)
        self.published(
            msg_id, lambda m: m["msg_type"] == "stream" and go in m["content"]["text"]
        )
        time.sleep(after)
        self.manager.interrupt_kernel()
        started = time.monotonic()
        reply = self.reply(msg_id)
        seconds = time.monotonic() - started
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if (
                message["parent_header"].get("msg_id") == msg_id
                and message["content"].get("execution_state") == "idle"
            ):
                return Result(reply, []), seconds

    def quiet(self):
        """Whether nothing more comes from the kernel within half a second."""
        try:
            self.client.get_iopub_msg(timeout=0.5)
            return False
        except queue.Empty:
            return True
