"""Writes Jupyter's specification of the Java kernel: kernelspec.py FOLDER JAVA CLASSPATH."""

import json
import os
import pathlib
import sys

FLAGS = [
    # A notebook's heap is small beside its tensors: the serial collector keeps the process lean.
    "-XX:+UseSerialGC",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "--enable-native-access=ALL-UNNAMED",
    "-Dai.djl.offline=true",
    "-DOPT_OUT_TRACKING=true",
]


def environment(outer):
    """What the kernel's environment has on top of the launcher's; what the user set stays."""
    wanted = {
        # One engine thread a trial: sums come out in one order, and trials run side by side.
        "OMP_NUM_THREADS": "1",
        "OPT_OUT_TRACKING": "true",
        # glibc: keep freed tensors instead of handing their pages back at every step; a step on
        # 32 MB tensors took 10 ms instead of 57. Other systems ignore these.
        "MALLOC_MMAP_THRESHOLD_": "4294967296",
        "MALLOC_TRIM_THRESHOLD_": "4294967296",
        "MALLOC_TOP_PAD_": "268435456",
    }
    return {name: value for name, value in wanted.items() if name not in outer}


def specification(java, classpath, outer):
    return {
        "argv": [java, *FLAGS, "-cp", classpath, "kerf.kernel.Main", "{connection_file}"],
        "display_name": "Java (Kerf)",
        "language": "java",
        "interrupt_mode": "message",
        "env": environment(outer),
    }


def main():
    folder, java, classpath = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(specification(java, classpath, os.environ), indent=1) + "\n"
    # Whole or not at all, should two launchers start at once.
    draft = folder / f".kernel.json.{os.getpid()}"
    draft.write_text(text, encoding="utf-8")
    draft.replace(folder / "kernel.json")


if __name__ == "__main__":
    main()
