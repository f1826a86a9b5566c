"""notebooks/lab in a browser: starts it and runs src/test/browser/lab.mjs; run by JupyterIT."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from wire import PATIENCE

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[3]
BROWSER = NOTEBOOKS / "src" / "test" / "browser"
# The driver, and the pictures of each step, to be looked at.
FOLDER = NOTEBOOKS / "target" / "browser"
LOG = FOLDER / "lab.log"
CURE = "; Debian, Ubuntu: sudo apt install chromium nodejs npm"


class Lab(unittest.TestCase):
    def setUp(self):
        self.chromium = shutil.which("chromium") or shutil.which("google-chrome")
        for name, found in [
            ("chromium", self.chromium),
            ("node", shutil.which("node")),
            ("npm", shutil.which("npm")),
        ]:
            if found is None:
                self.skipTest(f"JupyterLab is not tried in a browser, {name} is missing{CURE}")
        FOLDER.mkdir(parents=True, exist_ok=True)
        for file in FOLDER.glob("*.png"):
            file.unlink()
        for file in BROWSER.glob("package*.json"):
            shutil.copy(file, FOLDER)
        fetched = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"],
            cwd=FOLDER,
            capture_output=True,
            text=True,
        )
        if fetched.returncode != 0:
            self.skipTest(
                f"JupyterLab is not tried in a browser, npm ended with {fetched.returncode}: "
                f"{fetched.stderr.strip()[-500:]}"
            )

    def copy(self, folder):
        """The notebooks folder to be listed and worked in: as it is here, but folders are empty."""
        for found in NOTEBOOKS.iterdir():
            if found.is_dir():
                (folder / found.name).mkdir()
            else:
                shutil.copy(found, folder)

    def start(self, root, home, log):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("JUPYTER_")}
        process = subprocess.Popen(
            [
                str(NOTEBOOKS / "lab"),
                "--no-browser",
                "--allow-root",
                "--port=0",
                f"--ServerApp.root_dir={root}",
                "--LabApp.expose_app_in_browser=True",
            ],
            env=environment | {"KERF_HOME": str(home), "KERF_LENGTH": "quick"},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        self.addCleanup(self.stop, process)
        return process

    def stop(self, process):
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)

    def address(self, process):
        """Where the server says it is, with its token."""
        runtime = NOTEBOOKS / "target" / "jupyter" / "runtime"
        told = runtime / f"jpserver-{process.pid}.json"
        while not told.exists():
            self.assertIsNone(process.poll(), f"notebooks/lab ended; see {LOG}")
            time.sleep(0.1)
        server = json.loads(told.read_text(encoding="utf-8"))
        return f"{server['url']}?token={server['token']}"

    def test_in_a_browser(self):
        with tempfile.TemporaryDirectory(prefix="kerf lab ") as folder:
            root, home = pathlib.Path(folder, "notebooks"), pathlib.Path(folder, "home")
            root.mkdir()
            self.copy(root)
            with LOG.open("w") as log:
                process = self.start(root, home, log)
            address = self.address(process)
            done = subprocess.run(
                ["node", str(BROWSER / "lab.mjs"), address, self.chromium, str(FOLDER)],
                capture_output=True,
                text=True,
            )
            print(done.stdout + done.stderr)
            self.assertEqual(0, done.returncode, f"the pictures and the log are in {FOLDER}")


if __name__ == "__main__":
    unittest.main()
