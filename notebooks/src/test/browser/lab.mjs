// JupyterLab in a browser, as a reader uses it: node lab.mjs ADDRESS CHROMIUM FOLDER. Each step says
// what was seen; the first that fails leaves a picture and ends with status 1. Run by test_lab.py.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

const [address, executablePath, folder] = process.argv.slice(2);
const { chromium } = createRequire(path.join(folder, "package.json"))("playwright-core");

// A limit against hanging for ever; no step depends on how long anything takes.
const PATIENCE = 240_000;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
page.setDefaultTimeout(PATIENCE);

async function step(name, work) {
  try {
    await work();
    console.log(`ok: ${name}`);
  } catch (failure) {
    await shot("failed");
    console.log(`failed: ${name}\n${failure.stack}`);
    await browser.close();
    process.exit(1);
  }
}

const shot = (name) => page.screenshot({ path: path.join(folder, `${name}.png`) });

const command = (id, args = {}) =>
  page.evaluate(([id, args]) => window.jupyterapp.commands.execute(id, args), [id, args]);

/** What a function of the open notebook's panel returns, as soon as that is true. */
const until = async (seen, argument) =>
  (await page.waitForFunction(seen, argument, { polling: 100 })).jsonValue();

/** The code cells of the open notebook: sources, counts, and outputs as text. */
const cells = () =>
  page.evaluate(() =>
    window.jupyterapp.shell.currentWidget.content.widgets
      .filter((cell) => cell.model.type === "code")
      .map((cell) => ({
        count: cell.model.executionCount,
        outputs: cell.model.outputs.toJSON(),
      })),
  );

const errors = async () =>
  (await cells()).flatMap((cell) => cell.outputs).filter((o) => o.output_type === "error");

const idle = () =>
  until(() => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel;
    return kernel?.connectionStatus === "connected" && kernel.status === "idle";
  });

/** The cell that has the focus runs; resolves when it is done. */
const run = () => command("notebook:run-cell");

/** A new cell below, with the cursor behind this code. */
async function write(code) {
  await command("notebook:insert-cell-below");
  await command("notebook:enter-edit-mode");
  await page.evaluate((code) => {
    const { activeCell } = window.jupyterapp.shell.currentWidget.content;
    activeCell.model.sharedModel.setSource(code);
    activeCell.editor.setCursorPosition(activeCell.editor.getPositionAt(code.length));
    activeCell.editor.focus();
  }, code);
}

/** The HTML of the progress shown last, once it tells this. */
const progress = (told) =>
  until((told) => {
    const shown = [...document.querySelectorAll(".jp-OutputArea-output progress")].at(-1);
    const match = shown?.parentElement.textContent.match(new RegExp(told));
    return match && match[0];
  }, told);

await step("Lab opens with 00 and without a question", async () => {
  await page.goto(address);
  await until(() => window.jupyterapp?.shell.currentWidget?.context?.path);
  const opened = await page.evaluate(() => window.jupyterapp.shell.currentWidget.context.path);
  assert.equal(opened, "00-start-here.ipynb");
  await idle();
  assert.equal(await page.locator(".jp-Dialog, .Toastify__toast").count(), 0);
  await shot("open");
});

await step("the list shows notebooks and what to read", async () => {
  const names = await page.locator(".jp-DirListing-itemName").allTextContents();
  const unexpected = names.filter((name) => !/^(results|[A-Z]+\.md|\d\d-.*\.ipynb)$/.test(name));
  assert.deepEqual(unexpected, []);
  assert.ok(names.includes("README.md") && names.includes("10-post-training-repairs.ipynb"), names);
});

await step("no kernel is offered but Java", async () => {
  const kernels = await page.evaluate(() =>
    Object.keys(window.jupyterapp.serviceManager.kernelspecs.specs.kernelspecs),
  );
  assert.deepEqual(kernels, ["java"]);
});

await step("run-all: progress moves, and every cell succeeds", async () => {
  await page.evaluate(() => {
    window.done = window.jupyterapp.commands.execute("notebook:run-all-cells");
  });
  const first = await progress("\\d+ %");
  await until((first) => {
    const shown = document.querySelector(".jp-OutputArea-output progress");
    return shown && !shown.parentElement.textContent.includes(` ${first}`);
  }, first);
  await shot("progress");
  await page.evaluate(() => window.done);
  await idle();
  assert.deepEqual(await errors(), []);
  const ran = await cells();
  assert.deepEqual(ran.map((cell) => cell.count), ran.map((_, i) => i + 1));
  assert.equal(await page.locator(".jp-OutputArea-output img").count(), 2);
});

await step("figures have an alternative text, for front ends that show it", async () => {
  const figures = (await cells())
    .flatMap((cell) => cell.outputs)
    .filter((output) => output.data?.["image/png"]);
  const alts = figures.map((figure) => figure.metadata["image/png"].alt);
  assert.equal(alts.length, 2);
  assert.match(alts[1], /: accuracy \(%\) by weights remaining/);
});

/** Pictures of all outputs of the notebook, to be looked at. */
async function gallery(theme) {
  const outputs = page.locator(".jp-Cell-outputWrapper");
  for (let i = 0; i < (await outputs.count()); i++) {
    const output = outputs.nth(i);
    if ((await output.locator(".jp-OutputArea-output").count()) > 0) {
      await output.scrollIntoViewIfNeeded();
      await output.screenshot({ path: path.join(folder, `${theme}-${i}.png`) });
    }
  }
}

await step("on a screen of 1,100 pixels nothing is wider than its place", async () => {
  await command("application:toggle-left-area");
  await gallery("light");
  const wide = await page.locator(".jp-OutputArea-output").evaluateAll((outputs) =>
    outputs
      .filter((output) => output.scrollWidth > output.clientWidth + 1)
      .map((output) => `${output.scrollWidth} of ${output.clientWidth}: ${output.textContent.slice(0, 80)}`),
  );
  assert.deepEqual(wide, []);
});

await step("a dark theme", async () => {
  await command("apputils:change-theme", { theme: "JupyterLab Dark" });
  await until(() => document.body.dataset.jpThemeLight === "false");
  await gallery("dark");
});

await step("a word of Kerf completes", async () => {
  await page.evaluate(() => {
    const { content } = window.jupyterapp.shell.currentWidget;
    content.activeCellIndex = content.widgets.length - 1;
  });
  // A word that is the only one of its beginning would be written at once.
  await write("la");
  // Lab gets to know of a new cell's editor after a while, and takes no notice before.
  const shown = page.locator(".jp-Completer-item", { hasText: "lamp()" }).first();
  const asking = setInterval(() => page.keyboard.press("Tab"), 3000);
  await shown.waitFor().finally(() => clearInterval(asking));
  await shot("completion");
  await page.keyboard.press("Escape");
});

await step("a study is interrupted, and goes on when run again", async () => {
  await write(
    "var tickets = lottery().seeds(1L).levels(3).run(); tickets.table().rowCount()",
  );
  await page.evaluate(() => {
    window.done = window.jupyterapp.commands.execute("notebook:run-cell");
  });
  await progress("[1-9]\\d* %");
  await shot("study");
  await command("kernelmenu:interrupt");
  await page.evaluate(() => window.done);
  const stopped = await progress("stopped at .*");
  const [failure] = await errors();
  assert.match(failure.evalue ?? "", /run (it )?again/);
  await shot("interrupted");
  console.log(stopped);
  await run();
  await idle();
  assert.deepEqual(await errors(), []);
  await shot("study-done");
});

await step("a restarted kernel counts from 1 and knows nothing", async () => {
  await page.evaluate(() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel());
  await idle();
  await write("dense");
  await run();
  const last = (await cells()).at(-1);
  assert.equal(last.count, 1);
  assert.match(last.outputs[0].evalue, /cannot find symbol/);
});

await browser.close();
