/** @file Hostile texts in every string of a config and a machine, opened in a browser: they are read, and never obeyed. */

import { beforeAll, expect, it } from "vitest";
import { renderIndex } from "../../analysis/report/html/index-page.ts";
import { plainText } from "../../analysis/text.ts";
import { describeInBrowser, type OpenedPage, openFile } from "../support/browser.ts";
import { temporaryFolder } from "../support/folder.ts";
import { HOSTILE, writeAll, writeReport } from "../support/report-folder.ts";
import {
  gridWidths,
  SYNTHETIC_ENVIRONMENT,
  syntheticResults,
  variantOf,
} from "../support/synthetic-results.ts";

const path = temporaryFolder();
/** As it is read: one line, without what is invisible or turns the reading direction. */
const READ = plainText(HOSTILE);
const CHARTS = ["scaling", "collapse", "ratio", "counted"];

const honest = syntheticResults({
  experiment: HOSTILE,
  title: `Title ${HOSTILE}`,
  widths: gridWidths([3, 12], [4, 20], [8, 32]),
  variants: [
    variantOf("forward", { label: `F ${HOSTILE}`, kernel: HOSTILE }),
    variantOf("reverse", { label: `R ${HOSTILE}`, kernel: HOSTILE }),
  ],
  config: { notes: `Notes ${HOSTILE}`, report: { charts: CHARTS } },
});
const results = {
  ...honest,
  configHash: HOSTILE,
  config: {
    ...honest.config,
    name: HOSTILE,
    [HOSTILE]: [HOSTILE, { [HOSTILE]: HOSTILE }],
    chain: { model: HOSTILE },
    strategies: [{ strategy: HOSTILE, label: HOSTILE }],
  },
  environments: [
    {
      ...SYNTHETIC_ENVIRONMENT,
      runtimeVersion: HOSTILE,
      v8: HOSTILE,
      os: HOSTILE,
      cpuModel: HOSTILE,
      gitCommit: HOSTILE,
      packages: { [HOSTILE]: HOSTILE },
    },
  ],
  measurements: honest.measurements.map((one, i) =>
    i === 0 ? { ...one, warnings: [{ code: "timer-coarse" as const, message: HOSTILE }] } : one,
  ),
};

/** Nothing ran, nothing was added to the page, nothing was asked for. */
async function expectHarmless({ page, problems, requests }: OpenedPage): Promise<void> {
  expect(problems).toEqual([]);
  expect(requests).toEqual([]);
  expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
  expect(
    await page.locator("img, iframe, object, embed, [onload], [onerror], [onfocus], [onmouseover]").count(),
  ).toBe(0);
  expect(await page.locator("a[href^='javascript:' i]").count()).toBe(0);
  // Formatting marks that a reader would not see.
  expect(await page.evaluate("document.body.innerText")).not.toMatch(/[\u202a-\u202e\ufffe]/);
}

describeInBrowser("hostile texts", (browser) => {
  let opened: OpenedPage;
  beforeAll(async () => {
    const file = await writeReport(path("hostile"), results);
    writeAll(path(), renderIndex([results]));
    opened = await openFile(browser(), file, { viewport: { width: 360, height: 740 } });
    await opened.waitFor(`document.querySelectorAll("figure.drawn").length === ${CHARTS.length}`);
    return () => opened.context.close();
  });

  it("are text in title, notes, tables, config and environment", async () => {
    const { page } = opened;
    expect(await page.locator("h1").textContent()).toBe(`Title ${READ}`);
    // Browsers collapse the spaces of a title.
    expect(await page.title()).toBe(`Title ${READ.replace(/ +/g, " ")}`);
    expect(await page.locator("header").textContent()).toContain(`Notes ${READ}`);
    expect(await page.locator("#config pre").textContent()).toContain("globalThis.hacked");
    // Numbers in prose are kept from the ends of lines by spaces that do not break.
    const prose = async (selector: string): Promise<string> =>
      (await page.locator(selector).first().textContent())!.replaceAll("\u00a0", " ");
    expect(await prose("#environment")).toContain(READ);
    expect(await prose(".verdict")).toContain(`F ${READ}`);
    expect(JSON.parse((await page.locator("script.chart-data").first().textContent())!).spec).toBeTypeOf(
      "object",
    );
  });

  it("run neither as the page stands, nor when everything in it is used", async () => {
    const { page, waitFor } = opened;
    await expectHarmless(opened);
    for (const details of await page.locator("summary").all()) await details.press("Enter");
    for (const button of await page.locator("thead button.sort:visible").all()) await button.press("Enter");
    await page.locator("#chart-tools input").first().press("Space");
    await page.locator("#chart-tools select").selectOption({ index: 1 });
    await page.locator("#chart-scaling .live .mark-symbol.role-mark path").first().hover({ force: true });
    await waitFor(`document.querySelector("#vg-tooltip-element.visible") !== null`);
    expect(await page.locator("#vg-tooltip-element").textContent()).toContain("globalThis.hacked");
    await page.locator("#chart-scaling .live .role-legend-label text").first().click({ force: true });
    await expectHarmless(opened);
  });

  it("do not make the page wider than a phone", async () => {
    expect(await opened.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  it("are text in the list of experiments, whose link stays in its folder", async () => {
    const index = await openFile(browser(), path("index.html"), { viewport: { width: 360, height: 740 } });
    expect(await index.page.locator("h2").textContent()).toBe(`Title ${READ}`);
    const href = await index.page.locator("h2 a").getAttribute("href");
    expect(href).toMatch(/^%3C%2Fscript%3E[^/<>"]*\/index\.html$/);
    expect(await index.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    await expectHarmless(index);
    await index.context.close();
  });
});
