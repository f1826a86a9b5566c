"""Executes notebooks headless; notebooks/run starts it and says what it takes."""

import argparse
import asyncio
import copy
import os
import pathlib
import re
import shutil
import signal
import sys
import time

NOTEBOOKS = pathlib.Path(__file__).resolve().parent.parent
TARGET = NOTEBOOKS / "target"
INTERRUPTED = 130
PLAIN_PROGRESS_SECONDS = 30


def arguments():
    parser = argparse.ArgumentParser(prog="notebooks/run", add_help=False)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--length", choices=["smoke", "quick", "standard", "full"])
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--in-place", action="store_true")
    parser.add_argument("--check", action="store_true", help="only look whether the names are there")
    return parser.parse_args()


def find(name):
    """The notebook that NAME means; ends the program when there is none, or more than one."""
    path = pathlib.Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path.resolve()
    stem = path.name[: -len(".ipynb")] if name.endswith(".ipynb") else name
    known = sorted(p for p in NOTEBOOKS.glob("*.ipynb"))
    exact = [p for p in known if p.stem == stem]
    found = exact or [p for p in known if re.sub(r"^\d+-", "", p.stem) == stem]
    if len(found) != 1:
        names = ", ".join(re.sub(r"^\d+-", "", p.stem) for p in known) or "none"
        what = "is no notebook here" if not found else "means more than one notebook"
        sys.exit(f"notebooks/run: {name} {what}; there are: {names}")
    return found[0]


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Progress:
    """Tells how far the run is: on one line that is written over in a terminal, else in lines."""

    def __init__(self, stream, cells):
        self.stream = stream
        self.live = stream.isatty()
        self.cells = cells
        self.cell = 0
        self.head = ""
        self.written = 0.0

    def start(self, source):
        self.cell += 1
        first = next((line.strip() for line in source.splitlines() if line.strip()), "")
        self.head = f"[{self.cell}/{self.cells}]"
        self.write(f"{self.head} {first}")

    def text(self, text):
        """Something the running cell printed or displayed: its last line is shown."""
        pieces = [p.strip() for p in re.split(r"[\r\n]+", plain(text)) if p.strip()]
        if not pieces:
            return
        if self.live or time.monotonic() - self.written > PLAIN_PROGRESS_SECONDS:
            self.write(f"{self.head} {pieces[-1]}")

    def write(self, line):
        self.written = time.monotonic()
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            self.stream.write("\r\x1b[K" + line[:width])
        else:
            self.stream.write(line + "\n")
        self.stream.flush()

    def clear(self):
        if self.live:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def joined_streams(outputs):
    """Neighbouring pieces of one stream made one, as a terminal would show them in the end."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and output["output_type"] == last["output_type"] == "stream"
            and output["name"] == last["name"]
        ):
            last["text"] += output["text"]
        else:
            joined.append(output)
    for output in joined:
        if output["output_type"] == "stream":
            output["text"] = re.sub(r"[^\n]*\r(?!\n)", "", output["text"])
    return joined


def settled(notebook):
    """The notebook without what differs from machine to machine."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = joined_streams(cell.outputs)
            cell.metadata.pop("execution", None)
    return notebook


def client_of(notebook, path, progress):
    from nbclient import NotebookClient

    class Client(NotebookClient):
        def process_message(self, msg, cell, cell_index):
            content = msg["content"]
            if msg["msg_type"] == "stream":
                progress.text(content["text"])
            elif msg["msg_type"] in ("display_data", "update_display_data"):
                progress.text(str(content["data"].get("text/plain", "")))
            return super().process_message(msg, cell, cell_index)

    return Client(
        notebook,
        kernel_name="java",
        timeout=None,
        startup_timeout=180,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )


class Interrupts:
    """Ctrl-C interrupts the running cell, and so ends the run; a second one ends it at once."""

    def __init__(self, client):
        self.client = client
        self.count = 0

    def install(self):
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, self.interrupt)
        loop.add_signal_handler(signal.SIGTERM, self.kill)

    def interrupt(self):
        self.count += 1
        if self.count == 1:
            self.task = asyncio.ensure_future(self.insist())
        else:
            self.kill()

    async def insist(self):
        # Again and again: the first may come before the kernel has seen the cell.
        while True:
            await self.client.km.interrupt_kernel()
            await asyncio.sleep(0.5)

    def stop(self):
        if self.count:
            self.task.cancel()

    def kill(self):
        self.stop()
        self.count += 1
        self.task = asyncio.ensure_future(self.client.km.shutdown_kernel(now=True))


async def execute(notebook, path, passes, progress):
    """Runs the cells; what stops the run is raised, with the outputs so far in the notebook.

    The outputs to keep are those of the first pass; of a further one, only what stops it counts.
    """
    client = client_of(notebook, path, progress)
    async with client.async_setup_kernel():
        interrupts = Interrupts(client)
        interrupts.install()
        info = await client.async_wait_for_reply(client.kc.kernel_info())
        notebook.metadata["language_info"] = info["content"]["language_info"]
        try:
            for number in range(passes):
                for index, cell in enumerate(notebook.cells):
                    if cell.cell_type != "code" or not cell.source.strip():
                        continue
                    if interrupts.count:
                        raise KeyboardInterrupt
                    progress.start(cell.source)
                    running = cell if number == 0 else copy.deepcopy(cell)
                    try:
                        await client.async_execute_cell(running, index)
                    except Exception as error:
                        error.cell = running
                        raise
                    finally:
                        notebook.cells[index] = cell
        except Exception:
            if interrupts.count:
                raise KeyboardInterrupt from None
            raise
        finally:
            interrupts.stop()


def report(error, stream):
    """Says why the run stopped: the kernel's own traceback where there is one."""
    cell = getattr(error, "cell", {})
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            lines = "\n".join(output["traceback"])
            stream.write((lines if stream.isatty() else plain(lines)) + "\n")
            return
    if type(error).__name__ == "DeadKernelError":
        stream.write(
            "the kernel ended while this cell ran; what its process said is above; "
            "run again, and a study goes on from what it had finished\n"
        )
    else:
        stream.write(f"{type(error).__name__}: {error}\n")


def write_html(notebook, path, name):
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(embed_images=True)
    # The page must open without a network; only formulas ask for MathJax when there is one.
    exporter.require_js_url = ""
    resources = {"metadata": {"name": name, "path": str(path.parent)}}
    return exporter.from_notebook_node(notebook, resources)[0]


def run(path, options):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    passes = 2 if options.twice else 1
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    code_cells = sum(1 for c in notebook.cells if c.cell_type == "code" and c.source.strip())
    progress = Progress(sys.stderr, code_cells * passes)
    sys.stderr.write(f"{path.name}: starting the kernel ...\n")
    started = time.monotonic()
    status = 0
    try:
        asyncio.run(execute(notebook, path, passes, progress))
    except KeyboardInterrupt:
        progress.clear()
        sys.stderr.write(f"{path.name}: interrupted in code cell {progress.cell}\n")
        status = INTERRUPTED
    except Exception as error:  # whatever stopped it, what there is gets written
        progress.clear()
        report(error, sys.stderr)
        sys.stderr.write(f"{path.name}: failed in code cell {progress.cell}\n")
        status = 1
    progress.clear()
    settled(notebook)
    executed = TARGET / path.name
    page = executed.with_suffix(".html")
    nbformat.write(notebook, executed)
    page.write_text(write_html(notebook, path, path.stem), encoding="utf-8")
    if options.in_place and status == 0:
        nbformat.write(notebook, path)
    if status == 0:
        sys.stderr.write(f"{path.name}: done in {time.monotonic() - started:.0f} s\n")
    print(executed)
    print(page)
    return status


def main():
    options = arguments()
    paths = [find(name) for name in options.names]
    if options.check:
        return 0
    if options.length:
        os.environ["KERF_LENGTH"] = options.length
    for path in paths:
        status = run(path, options)
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
