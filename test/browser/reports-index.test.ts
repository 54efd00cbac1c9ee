/** @file The list of experiments in a browser: verdicts in words, links that lead to the reports, narrow and dark. */

import { beforeAll, expect, it } from "vitest";
import { renderIndex } from "../../analysis/report/html/index-page.ts";
import { describeInBrowser, openFile } from "../support/browser.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeAll, writeReport } from "../support/report-folder.ts";
import { gridWidths, syntheticResults } from "../support/synthetic-results.ts";

const path = temporaryFolder();
const widths = gridWidths([4, 24], [6, 40], [16, 48, 96]);
const options = { widths, config: { report: { charts: ["counted"] } } };
const good = syntheticResults({ ...options, experiment: "good", title: "As predicted" });
const quick = syntheticResults({ ...options, experiment: "quick-one", title: "A quick one", quick: true });

describeInBrowser("the list of experiments", (browser) => {
  beforeAll(async () => {
    for (const results of [good, quick]) await writeReport(path(results.experiment), results);
    writeAll(path(), renderIndex([good, quick]));
  });

  it.each(["light", "dark"] as const)(
    "names every experiment with its verdicts, in %s",
    async (colorScheme) => {
      const { page, context, problems, requests } = await openFile(browser(), path("index.html"), {
        colorScheme,
        viewport: { width: 360, height: 740 },
      });
      expect(await page.locator("h2").allTextContents()).toEqual(["As predicted", "A quick one"]);
      const cards = await page.locator(".experiment").allTextContents();
      expect(cards[0]).toMatch(/good · 12 cases · Known Law 3000 · node v24\.21\.0 · 2026-11-24/);
      expect(cards[0]).toMatch(/forward \(typed\): /);
      expect(cards[0]).toMatch(/reverse is faster above/);
      expect(cards[1]).toMatch(/quick run/);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
      expect(problems).toEqual([]);
      expect(requests).toEqual([]);
      await context.close();
    },
  );

  it("leads to a report and back, by keyboard", async () => {
    const { page, context } = await openFile(browser(), path("index.html"));
    await page.locator("h2 a").first().press("Enter");
    await page.waitForURL(/\/good\/index\.html$/);
    expect(await page.locator("h1").textContent()).toBe("As predicted");
    await page.locator("header a").first().press("Enter");
    await page.waitForURL(/\/index\.html$/);
    expect(await page.locator("h2").count()).toBe(2);
    await context.close();
  });
});
