"""JupyterLab as notebooks/lab starts it; what the command line says comes first."""

import pathlib

c = get_config()  # noqa: F821, Jupyter's

c.ServerApp.root_dir = str(pathlib.Path(__file__).resolve().parents[2])
c.LabApp.default_url = "/lab/tree/00-start-here.ipynb"

# Without these the Python that runs Jupyter would be offered as a kernel too.
c.KernelSpecManager.allowed_kernelspecs = {"java"}
c.MultiKernelManager.default_kernel_name = "java"

# The file list shows notebooks and what to read, not what they are made of.
c.ContentsManager.hide_globs.extend(
    ["launch", "src", "target", "lab", "run", "pom.xml", "requirements*.txt"]
)
