/** @file Measuring on the explorer's page, in a real browser: to the end, again, cancelled; the files that it saves, taken by the command. */

import { existsSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { CSV_COLUMNS } from "../../analysis/report/csv.ts";
import { bundle } from "../../src/explorer/build/bundle.ts";
import { parseResults } from "../../src/results/parse.ts";
import { describeInBrowser, type OpenedPage } from "../support/browser.ts";
import { openExplorer, writeExplorer } from "../support/explorer-page.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";

const path = temporaryFolder();
/** As long as a slow machine with other work may need. */
const PATIENCE = { timeout: 90_000 };

/** Clicks on a button and keeps the file that the browser then saves. */
async function saved(page: Page, button: "json" | "csv", name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`#measure .actions .${button}`).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(
    new RegExp(`^jacobench-[a-z]+-\\d+-\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.${button}$`),
  );
  await download.saveAs(path(name));
  return readFileSync(path(name), "utf8");
}

async function doneOf(page: Page): Promise<number> {
  const bar = page.locator("#measure progress[value]");
  return (await bar.count()) === 0 ? 0 : Number(await bar.getAttribute("value"));
}

/** Waits until so many measurements are done. */
async function waitForDone(page: Page, wanted: number): Promise<void> {
  const end = Date.now() + PATIENCE.timeout;
  while ((await doneOf(page)) < wanted) {
    if (Date.now() > end) throw new Error(`${await doneOf(page)} of ${wanted} measurements after 90 s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function closeQuietly({ page, problems, requests, context }: OpenedPage): Promise<void> {
  expect(problems).toEqual([]);
  expect(requests.filter((address) => !address.startsWith("blob:"))).toEqual([]);
  // The browser tells of a worker's end a moment after it.
  await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBe(0);
  await context.close();
}

it("the worker carries neither the library that checks files nor charts: it is small enough to stand in a page", async () => {
  const { inputs, script } = await bundle("measure/worker.ts");
  expect(inputs.filter((input) => /node_modules\/(zod|vega|ml-matrix)|^analysis\//.test(input))).toEqual([]);
  expect(inputs).toContain("src/experiment/visitor.ts");
  expect(inputs).toContain("src/measure/sampler.ts");
  expect(Buffer.byteLength(script)).toBeLessThan(400_000);
});

describeInBrowser("measuring here", (browser) => {
  let file: string;
  beforeAll(async () => {
    file = await writeExplorer(path("explorer.html"));
  });

  it("to the end, twice: laws, chart, and files that report, compare and devices take", async () => {
    const opened = await openExplorer(browser(), file, "widths=24-20-16-6&view=measure");
    const { page } = opened;
    await page.locator("#measure .quick").check();
    for (const name of ["one", "two"]) {
      await page.locator("#measure .start").click();
      await page.locator("#measure .cancel").waitFor();
      await page.locator("#measure .outcome").waitFor(PATIENCE);
      const findings = await page.locator("#measure .findings").textContent();
      expect(findings).toMatch(
        /Forward: time grows as n to the power -?\d\.\d\d, m to the power .*a quick run/,
      );
      await page.locator("#plot-measured svg").waitFor(PATIENCE);
      const results = parseResults(JSON.parse(await saved(page, "json", `${name}.json`)), name);
      expect(results.quick).toBe(true);
      expect(results.cases.map(({ id }) => id)).toContain("24-20-16-6");
      expect(results.environments[0]).toMatchObject({
        runtime: "browser",
        cpuModel: null,
        crossOriginIsolated: false,
      });
      expect(results.environments[0]!.packages).toHaveProperty("benchmark");
      const size = results.cases.length * 2;
      expect(results.measurements).toHaveLength(4 * size);
      const { clockResolutionSeconds } = results.environments[0]!;
      for (const { samples, runsPerSample, maxAbsError, maxAbsReference } of results.measurements) {
        expect(maxAbsError).toBeLessThanOrEqual(1e-10 * maxAbsReference);
        // Benchmark.js by a clock that it does not have itself in a worker: each sample has its 100 steps, rounding apart.
        const longest = Math.max(...samples) * runsPerSample;
        expect(longest).toBeGreaterThanOrEqual(98 * clockResolutionSeconds);
      }
      for (const { fmaCounted, fmaPredicted } of results.costs)
        expect([fmaPredicted, null]).toContain(fmaCounted);
      const csv = await saved(page, "csv", `${name}.csv`);
      expect(csv.split("\n")[0]).toBe(CSV_COLUMNS.join(","));
      expect(csv.trimEnd().split("\n")).toHaveLength(results.measurements.length + 1);
    }
    await closeQuietly(opened);

    const report = await runJacobench(["report", "one.json"], { cwd: path() });
    expect(report).toMatchObject({ code: 0, stdout: "one/index.md\n", stderr: "" });
    expect(readFileSync(path("one", "results.csv"), "utf8")).toBe(readFileSync(path("one.csv"), "utf8"));
    expect(readFileSync(path("one", "index.md"), "utf8")).toMatch(
      /browser \w+ \d+[\s\S]*Measured by the explorer in a browser/,
    );
    const compare = await runJacobench(["compare", "one.json", "two.json"], { cwd: path() });
    expect(compare.code, compare.stderr).toBe(0);
    const devices = await runJacobench(["devices", "one.json", "two.json", "--out", "class"], {
      cwd: path(),
    });
    expect(devices.code, devices.stderr).toBe(0);
    expect(devices.stdout).toMatch(/^one +\w+ \d+/m);
    expect(existsSync(path("class", "devices.png"))).toBe(true);
  });

  it("cancelled in the first round: at once, no result, no worker left", async () => {
    const opened = await openExplorer(browser(), file, "widths=24-20-16-6&view=measure");
    const { page } = opened;
    await page.locator("#measure .start").click();
    await waitForDone(page, 3);
    expect(page.workers()).toHaveLength(1);
    const begin = Date.now();
    await page.locator("#measure .cancel").click();
    await page.locator("#measure .cancelled").waitFor();
    expect(Date.now() - begin).toBeLessThan(5000);
    expect(await page.locator("#measure .outcome").count()).toBe(0);
    await closeQuietly(opened);
  });

  it("cancelled after two rounds: these are kept", async () => {
    const opened = await openExplorer(browser(), file, "widths=24-20-16-6&view=measure");
    const { page } = opened;
    await page.locator("#measure .start").click();
    // Ten cases under two modes are a round.
    await waitForDone(page, 43);
    await page.locator("#measure .cancel").click();
    await page.locator("#measure .outcome").waitFor();
    const results = parseResults(JSON.parse(await saved(page, "json", "partial.json")), "partial");
    expect(results.quick).toBe(false);
    expect(results.measurements).toHaveLength(results.config.rounds! * results.cases.length * 2);
    expect(results.config.rounds).toBeGreaterThanOrEqual(2);
    await closeQuietly(opened);
  });
});
