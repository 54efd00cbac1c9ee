/** @file The report's page in a real browser: drawn, quiet, sortable, narrow, dark, printable, without scripts too. */

import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { TopLevelSpec } from "vega-lite";
import { beforeAll, expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { embedChart } from "../../analysis/embed/chart.ts";
import { chartPage } from "../../analysis/embed/chart-page.ts";
import { describeInBrowser, openFile } from "../support/browser.ts";
import { temporaryFolder } from "../support/folder.ts";
import { writeReport } from "../support/report-folder.ts";
import { gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const path = temporaryFolder();
const CHARTS = ["scaling", "ratio", "counted", "unit-seeds", "network"];
const DRAWN = `document.querySelectorAll("figure.drawn").length === ${CHARTS.length}`;
const results = syntheticResults({
  secondsPerProduct: 5e-7,
  widths: gridWidths([4, 24], [6, 40], [16, 48, 96]),
  variants: [
    variantOf("forward"),
    variantOf("reverse"),
    variantOf("forward", { kernel: "reference", label: "forward · reference" }),
    variantOf("reverse", { kernel: "reference", label: "reverse · reference" }),
  ],
  config: { notes: "Notes of the config.", report: { charts: [...CHARTS, "aa"] } },
});

/** Numbers of what a chart has drawn. */
const marks = (page: Page, id: string): Promise<number> =>
  page.locator(`#chart-${id} .live svg :is(path, rect, text)`).count();

/** Computed style of the first element of a selector. */
const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`);

const widthOf = (page: Page): Promise<number> => page.evaluate("document.documentElement.scrollWidth");

describeInBrowser("the page of a report", (browser) => {
  let file: string;
  beforeAll(async () => {
    file = await writeReport(path("scaling"), results);
  });

  it.each(["light", "dark"] as const)("draws every chart in %s, without error or request", async (scheme) => {
    const { page, context, problems, requests, waitFor } = await openFile(browser(), file, {
      colorScheme: scheme,
    });
    await waitFor(DRAWN);
    for (const id of CHARTS) expect(await marks(page, id), id).toBeGreaterThan(10);
    // The points of both modes, 12 cases under 4 variants.
    expect(await page.locator("#chart-scaling .live .mark-symbol.role-mark path").count()).toBe(48);
    expect(await page.locator("figure.chart .static:visible").count()).toBe(0);
    const background = await styleOf(page, "body", "backgroundColor");
    expect(background).toBe(scheme === "dark" ? "rgb(18, 20, 22)" : "rgb(255, 255, 255)");
    const label = await page
      .locator("#chart-scaling .live .role-axis-label text")
      .first()
      .getAttribute("fill");
    const light = Number.parseInt(label!.slice(1, 3), 16) > 128;
    expect(light).toBe(scheme === "dark");
    expect(problems).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  });

  it("draws again when the scheme changes", async () => {
    const { page, context, problems, waitFor } = await openFile(browser(), file);
    await waitFor(DRAWN);
    const fill = `document.querySelector("#chart-scaling .live .role-axis-label text").getAttribute("fill")`;
    const before = await page.evaluate(fill);
    await page.emulateMedia({ colorScheme: "dark" });
    await waitFor(`${fill} !== ${JSON.stringify(before)}`);
    expect(problems).toEqual([]);
    await context.close();
  });

  it("states the answer before the first chart, in one main heading", async () => {
    const { page, context } = await openFile(browser(), file, { viewport: { width: 1280, height: 900 } });
    expect(await page.locator("h1").allTextContents()).toEqual([results.title]);
    const top = (selector: string): Promise<number> =>
      page.evaluate(`document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().top`);
    expect(await top("#table-answer")).toBeLessThan(await top("figure"));
    expect(await top("figure")).toBeLessThan(700);
    expect(await page.locator("#answer figure").count()).toBe(1);
    expect(await page.locator(".verdict").count()).toBe(4);
    expect(await page.locator(".verdict:visible").count()).toBe(0);
    expect(await page.locator("#charts").textContent()).toMatch(/is not drawn: it needs two variants/);
    await context.close();
  });

  it("opens what is folded by keyboard, where a link leads into it, and on paper", async () => {
    const { page, context, problems } = await openFile(browser(), file);
    const rows = page.locator("#table-cost tbody tr:visible");
    expect(await rows.count()).toBe(0);
    await page.locator("#findings summary").press("Enter");
    expect(await page.locator(".verdict:visible").count()).toBe(4);
    await page.locator('nav a[href="#cost"]').press("Enter");
    await rows.first().waitFor();
    const opened = "details[open]:not(.numbers)";
    expect(await page.locator(opened).count()).toBe(2);
    const all = await page.locator("details:not(.numbers)").count();
    await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
    expect(await page.locator(opened).count()).toBe(all);
    expect(await page.locator("details.numbers[open]").count()).toBe(0);
    await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
    expect(await page.locator(opened).count()).toBe(2);
    expect(problems).toEqual([]);
    await context.close();
    const straight = await openFile(browser(), file, { fragment: "table-cost" });
    await straight.page.locator("#table-cost tbody tr").first().waitFor();
    await straight.context.close();
  });

  it("fits a phone of 360 px, charts and all, and a wide window again", async () => {
    const { page, context, problems, waitFor } = await openFile(browser(), file, {
      viewport: { width: 360, height: 740 },
    });
    await waitFor(DRAWN);
    expect(await widthOf(page)).toBeLessThanOrEqual(360);
    for (const id of ["scaling", "ratio", "counted", "unit-seeds"]) {
      const width = (await page.locator(`#chart-${id} .live svg`).first().boundingBox())!.width;
      expect(width, id).toBeLessThanOrEqual(340);
      expect(width, id).toBeGreaterThan(150);
    }
    // A drawing keeps its size and scrolls by itself, by keyboard too.
    expect(await page.locator("#chart-network .live[tabindex='0']").count()).toBe(1);
    await page.setViewportSize({ width: 1200, height: 800 });
    await waitFor(`document.querySelector("#chart-scaling .live svg").getBoundingClientRect().width > 700`);
    expect(await widthOf(page)).toBeLessThanOrEqual(1200);
    expect(problems).toEqual([]);
    await context.close();
  });

  it("sorts a table by keyboard: numbers as numbers, up and down, said in aria-sort", async () => {
    const { page, context } = await openFile(browser(), file);
    const head = page.locator("#table-cost th:has(button)", { hasText: "FMA predicted" });
    const column = async (): Promise<number[]> => {
      const index: number = await head.evaluate((cell) => (cell as HTMLTableCellElement).cellIndex);
      const texts = await page.locator(`#table-cost tbody tr > :nth-child(${index + 1})`).allTextContents();
      return texts.map((text) => Number(text.replace(/\s/g, "")));
    };
    await page.locator("#cost summary").press("Enter");
    const before = await column();
    const ascending = before.toSorted((a, b) => a - b);
    expect(before).not.toEqual(ascending);
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    expect(await column()).toEqual(ascending);
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect(await page.locator("#announcer").textContent()).toBe("Sorted by FMA predicted, ascending.");
    await page.keyboard.press("Space");
    expect(await column()).toEqual(ascending.toReversed());
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    expect(await page.locator("#table-cost [aria-sort]").count()).toBe(1);
    await context.close();
  });

  it("lets the Tab key reach every control that is seen, and shows where it is", async () => {
    const { page, context, waitFor } = await openFile(browser(), file);
    await waitFor(DRAWN);
    const controls = "a[href], button, select, input, summary, [tabindex='0']";
    const seen: number = await page.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(controls)})].filter((one) => one.checkVisibility({ visibilityProperty: true })).length`,
    );
    const reached = new Set<string>();
    for (let i = 0; i < seen + 5; i++) {
      await page.keyboard.press("Tab");
      const focus = await page.evaluate(`(() => {
        const one = document.activeElement;
        if (one === document.body) return "";
        const place = [...document.querySelectorAll("*")].indexOf(one);
        return place + " " + getComputedStyle(one).outlineStyle;
      })()`);
      if (focus !== "") reached.add(String(focus));
    }
    expect(reached.size).toBeGreaterThanOrEqual(seen);
    expect([...reached].filter((focus) => focus.endsWith(" none"))).toEqual([]);
    await context.close();
  });

  it("shows the numbers of a chart as a table that sorts", async () => {
    const { page, context, waitFor } = await openFile(browser(), file);
    await waitFor(DRAWN);
    await page.locator("#chart-scaling details.numbers summary").focus();
    await page.keyboard.press("Enter");
    const rows = page.locator("#chart-scaling details.numbers tbody tr");
    await waitFor(`document.querySelector("#chart-scaling details.numbers tbody tr") !== null`);
    expect(await rows.count()).toBe(48);
    expect(await page.locator("#chart-scaling details.numbers caption").first().textContent()).toMatch(
      /^Numbers/,
    );
    await page.locator("#chart-scaling details.numbers thead button").first().press("Enter");
    expect(await page.locator("#chart-scaling details.numbers [aria-sort=ascending]").count()).toBe(1);
    await context.close();
  });

  it("prints negative numbers of a chart with a minus, and sorts them as numbers", async () => {
    const spec = {
      data: { values: [-0.5, 2, -10].map((x) => ({ x })) },
      mark: "point",
      encoding: { x: { field: "x", type: "quantitative" }, tooltip: [{ field: "x", type: "quantitative" }] },
    } as TopLevelSpec;
    const chart = embedChart(results, chartById("scaling"), spec);
    writeFileSync(
      path("negative.html"),
      await chartPage({ chart, spec, darkSpec: spec, svg: "<svg></svg>" }),
    );
    const { page, context } = await openFile(browser(), path("negative.html"));
    await page.locator("details.numbers summary").press("Enter");
    const cells = page.locator("details.numbers tbody :is(td, th)");
    await cells.first().waitFor();
    expect(await cells.allTextContents()).toEqual(["−0.5", "2", "−10"]);
    await page.locator("details.numbers thead button").press("Enter");
    expect(await cells.allTextContents()).toEqual(["−10", "−0.5", "2"]);
    await context.close();
  });

  it("fades what is not asked for in all charts: by checkbox, case, legend and frame", async () => {
    const { page, context, problems, waitFor } = await openFile(browser(), file, {
      viewport: { width: 1200, height: 900 },
    });
    await waitFor(DRAWN);
    const full = (id: string, count: number): string =>
      `[...document.querySelectorAll("#chart-${id} .live .mark-symbol.role-mark path")].filter((point) => Number(point.getAttribute("opacity") ?? 1) > 0.5).length === ${count}`;
    await waitFor(full("scaling", 48));
    await page.locator("#chart-tools input").first().focus();
    await page.keyboard.press("Space");
    await waitFor(full("scaling", 36));
    await waitFor(full("counted", 36));
    await page.locator("#chart-tools select").selectOption({ index: 1 });
    await waitFor(full("scaling", 3));
    await waitFor(full("counted", 3));
    await page.locator("#chart-tools button").press("Enter");
    await waitFor(full("counted", 48));
    await page.locator("#chart-scaling .live .role-legend-label text").first().click();
    await waitFor(full("counted", 12));
    expect(await page.locator("#chart-tools input:checked").count()).toBe(1);
    await page.locator("#chart-tools button").press("Enter");
    await page.locator("#chart-counted").scrollIntoViewIfNeeded();
    const plot = (await page.locator("#chart-counted .live svg .background").first().boundingBox())!;
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 5);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width - 5, plot.y + plot.height - 5, { steps: 4 });
    await page.mouse.up();
    await waitFor(`/^\\d+ cases framed$/.test(document.querySelector("#chart-tools output").value)`);
    await waitFor(`!(${full("scaling", 48)})`);
    expect(problems).toEqual([]);
    await context.close();
  });

  it("shows a tooltip over a point", async () => {
    const { page, context, waitFor } = await openFile(browser(), file, {
      viewport: { width: 1200, height: 900 },
    });
    await waitFor(DRAWN);
    await page.locator("#chart-scaling .live .mark-symbol.role-mark path").first().hover({ force: true });
    await waitFor(`document.querySelector("#vg-tooltip-element.visible td.value")?.textContent.length > 0`);
    expect(await styleOf(page, "#vg-tooltip-element", "position")).toBe("fixed");
    await context.close();
  });

  it("copies a text", async () => {
    const { page, context, waitFor } = await openFile(browser(), file);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const button = page.locator("#reproduce button[data-copy]");
    await page.locator("#reproduce summary").press("Enter");
    await button.press("Enter");
    await waitFor(`document.getElementById("announcer").textContent === "Copied"`);
    const source = await page.locator("#reproduce pre").textContent();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(source);
    expect(source).toContain("npm ci");
    // Without a clipboard of its own the page selects the text.
    await page.evaluate(`Object.defineProperty(navigator, "clipboard", { value: undefined })`);
    await button.press("Enter");
    expect(await page.evaluate("getSelection().toString().trim()")).toBe(source!.trim());
    await context.close();
  });

  it("prints on white: the still pictures, no controls", async () => {
    const { page, context, waitFor } = await openFile(browser(), file, { colorScheme: "dark" });
    await waitFor(DRAWN);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.locator("figure .static:visible").count()).toBe(CHARTS.length);
    expect(await page.locator("figure .live:visible").count()).toBe(0);
    expect(
      await page.locator("nav:visible, form:visible, [data-copy]:visible, details.numbers:visible").count(),
    ).toBe(0);
    expect(await styleOf(page, "body", "backgroundColor")).toBe("rgb(255, 255, 255)");
    expect((await page.pdf()).subarray(0, 5).toString("latin1")).toBe("%PDF-");
    await context.close();
  });

  it("is complete without scripts: pictures, tables, no dead controls", async () => {
    const { page, context, requests } = await openFile(browser(), file, { javaScriptEnabled: false });
    expect(await page.locator("figure .static svg:visible").count()).toBe(CHARTS.length);
    expect(await page.locator("form:visible, [data-copy]:visible, details.numbers:visible").count()).toBe(0);
    await page.locator("#cost summary").press("Enter");
    expect(await page.locator("#table-cost tbody tr:visible").count()).toBeGreaterThan(10);
    // Paper has all of it, without the script that opens it.
    await page.emulateMedia({ media: "print" });
    expect((await page.locator("#table-exponents").boundingBox())!.height).toBeGreaterThan(50);
    expect(requests).toEqual([]);
    await context.close();
  });

  it("forbids what was not in it to run", async () => {
    const { page, context, problems, waitFor } = await openFile(browser(), file);
    // In a task of the page's own: what the test evaluates itself is above the policy.
    await page.evaluate(`setTimeout(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.foreign = 1";
      document.body.append(script);
      const image = document.createElement("img");
      image.setAttribute("onerror", "globalThis.foreign = 2");
      image.src = "data:,";
      document.body.append(image);
      try {
        new Function("return 1");
        globalThis.tried = "compiled";
      } catch (error) {
        globalThis.tried = error.name;
      }
    })`);
    await waitFor("globalThis.tried !== undefined");
    expect(await page.evaluate("[globalThis.tried, globalThis.foreign]")).toEqual(["EvalError", undefined]);
    expect(problems.filter((text) => /Content Security Policy/.test(text)).length).toBeGreaterThanOrEqual(2);
    await context.close();
  });

  it("leads to files that are there", async () => {
    const { page, context } = await openFile(browser(), file);
    const links: string[] = await page.evaluate(
      `[...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"))`,
    );
    const parts = links.filter((href) => href.startsWith("#"));
    for (const href of parts) expect(await page.locator(`[id="${href.slice(1)}"]`).count(), href).toBe(1);
    const files = links.filter((href) => !href.startsWith("#") && href !== "../index.html");
    for (const href of files) expect(existsSync(join(dirname(file), href)), href).toBe(true);
    expect(files).toEqual(
      expect.arrayContaining(["charts/scaling.svg", "charts/scaling.vl.json", "results.csv", "results.json"]),
    );
    const ids: string[] = await page.evaluate(`[...document.querySelectorAll("[id]")].map((one) => one.id)`);
    expect(ids.length).toBe(new Set(ids).size);
    await context.close();
  });
});
