/** @file Charts under the hand, in a real browser: the legend filters, the brush links the plots, tooltips have words. */

import { writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { CHARTS } from "../../analysis/charts/index.ts";
import { vegaBundle } from "../../analysis/render/vega-bundle.ts";
import { describeInBrowser, openFile } from "../support/browser.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { temporaryFolder } from "../support/folder.ts";

const path = temporaryFolder();
const SUBJECTS = CHARTS.map((chart) => ({
  id: chart.id,
  results: Object.values(CHART_RESULTS).find((one) => chart.wants(one) === null)!,
  chart,
}));
/** Charts in which a click on the legend fades the others. */
const FILTERED = ["scaling", "collapse", "counted", "predicted", "depth", "memory", "iso-sigma", "drift"];

/** How many of the points of the first layer are drawn at least so opaque. */
const opaque = (page: Page, id: string, layer = 0): Promise<number> =>
  page.evaluate(`(() => {
    const group = document.querySelectorAll("#${id} .mark-symbol.role-mark")[${layer}];
    return [...group.querySelectorAll("path")].filter((path) => Number(path.getAttribute("opacity") ?? 1) > 0.5).length;
  })()`);

describeInBrowser("charts", (browser) => {
  let file: string;
  beforeAll(async () => {
    // Without the address of its schema, whose version 5 the bundled version 6 would remark on.
    const specs = SUBJECTS.map(({ id, chart, results }) => [
      id,
      { ...chart.draw(results), $schema: undefined },
    ]);
    file = path("charts.html");
    writeFileSync(
      file,
      `<!doctype html><meta charset="utf-8"><title>Charts</title>
${SUBJECTS.map(({ id }) => `<div id="${id}"></div>`).join("\n")}
<script>${await vegaBundle()}</script>
<script type="application/json" id="specs">${JSON.stringify(specs).replaceAll("<", "\\u003c")}</script>
<script>
Promise.all(JSON.parse(document.getElementById("specs").textContent).map(([id, spec]) =>
  vegaEmbed("#" + id, spec, { mode: "vega-lite", renderer: "svg", actions: false }))).then(() => { document.title = "drawn"; });
</script>`,
    );
  });

  it("draws all, filters by the legend, links by the brush, and says nothing on the console", async () => {
    const { page, context, problems, requests, waitFor } = await openFile(browser(), file, {
      viewport: { width: 1100, height: 900 },
    });
    await waitFor(`document.title === "drawn"`);
    for (const id of FILTERED) {
      const all = await opaque(page, id);
      const entry = page.locator(`#${id} .role-legend .mark-text.role-legend-label text`).last();
      await entry.click();
      await waitFor(
        `document.querySelectorAll("#${id} .mark-symbol.role-mark path[opacity='0.1'], #${id} .mark-symbol.role-mark path[opacity^='0.0']").length > 0`,
      );
      expect(await opaque(page, id), id).toBe(all / 2);
    }

    const area = page.locator("#residuals .mark-group.role-frame.root");
    await area.scrollIntoViewIfNeeded();
    const [first, last] = [0, 2].map((layer) => opaque(page, "residuals", layer));
    const all = await first!;
    expect(await last!).toBe(all);
    const plot = (await page.locator("#residuals .mark-symbol.role-mark").first().boundingBox())!;
    // A rectangle over the left half of the left plot: the cases of small n.
    await page.mouse.move(plot.x - 4, plot.y - 4);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width / 4, plot.y + plot.height + 4, { steps: 6 });
    await page.mouse.up();
    await waitFor(
      `document.querySelectorAll("#residuals .mark-symbol.role-mark path[opacity='0.1']").length > 0`,
    );
    const kept = [await opaque(page, "residuals", 0), await opaque(page, "residuals", 2)];
    expect(kept[0]).toBe(kept[1]);
    expect(kept[0]).toBe(all / 3);

    await page.locator("#skip .mark-rect.role-mark path").first().scrollIntoViewIfNeeded();
    await page.locator("#scaling .mark-symbol.role-mark path").last().hover({ force: true });
    await waitFor(`document.querySelector("#vg-tooltip-element.visible") !== null`);
    const tooltip = await page.evaluate(`document.querySelector("#vg-tooltip-element").textContent`);
    expect(tooltip).toMatch(/strategy \(kernel\)\s*reverse \(typed\)/);
    expect(tooltip).toMatch(/t\s*[\d.]+ [µm]s/);
    expect(problems).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  });
});
