/** @file Charts embedded in plain HTML and Markdown, opened in a browser: there, readable, silent, without network. */

import { mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import MarkdownIt from "markdown-it";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { assetContent } from "../../analysis/embed/assets.ts";
import { assetName, type EmbedChart, embedChart } from "../../analysis/embed/chart.ts";
import { imageText } from "../../analysis/embed/escape.ts";
import { embedSnippet, embedTargetById } from "../../analysis/embed/index.ts";
import { type AssetFormat, type EmbedForm, SHARED_SCRIPT } from "../../analysis/embed/target.ts";
import { describeInBrowser, openFile } from "../support/browser.ts";
import { temporaryFolder } from "../support/folder.ts";
import { serveFolder } from "../support/serve-folder.ts";
import { syntheticResults } from "../support/synthetic-results.ts";

const inside = temporaryFolder();
const results = syntheticResults({ secondsPerProduct: 5e-7, experiment: "scaling" });
const IDS = ["scaling", "ratio"] as const;
const charts = new Map<string, EmbedChart>();

/** What the axes of each chart say. */
const AXES = { scaling: /FMA/, ratio: /VJPs of\s?reverse/ } as const;

/** The least height of letters that a reader can be asked to read, in px on the screen. */
const READABLE_PX = 9;

beforeAll(async () => {
  mkdirSync(inside("page"));
  for (const id of IDS) {
    const chart = chartById(id);
    const words = embedChart(results, chart, chart.draw(results));
    charts.set(id, words);
    for (const format of ["svg", "html", "vl.json"] as const) {
      writeFileSync(
        inside("page", assetName(words.stem, format, "page")),
        await assetContent(results, chart, format, "page"),
      );
    }
  }
  const script: AssetFormat = "js";
  writeFileSync(
    inside("page", SHARED_SCRIPT),
    await assetContent(results, chartById("ratio"), script, "page"),
  );
});

/** A page of plain HTML around some snippets. */
function htmlPage(name: string, form: EmbedForm, ids: readonly string[]): string {
  const target = embedTargetById("html");
  const snippets = ids.map((id) => embedSnippet(target, charts.get(id)!, { form }).text);
  return writePage(name, snippets.join("\n"));
}

function writePage(name: string, body: string): string {
  const path = inside("page", name);
  const head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notes</title></head>';
  writeFileSync(path, `${head}\n<body style="max-width: 900px; margin: 0 auto">\n${body}\n</body></html>\n`);
  return path;
}

/** Smallest letters of the SVG in a page or frame, in px on the screen. */
const SMALLEST_TEXT = `Math.min(...[...document.querySelectorAll("svg text")]
  .filter((text) => text.textContent.trim() !== "" && text.getBoundingClientRect().width > 0)
  .map((text) => parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b)))`;

/** Distinct colours in the picture of an element: one is a blank. */
async function coloursOf(page: Page, selector: string): Promise<number> {
  const { data } = PNG.sync.read(await page.locator(selector).first().screenshot());
  const colours = new Set<number>();
  for (let i = 0; i < data.length; i += 4) colours.add(data.readUInt32BE(i));
  return colours.size;
}

/** Every picture of the page has arrived and shows something. */
async function expectPictures(page: Page, count: number): Promise<void> {
  const sizes = await page.evaluate(`[...document.querySelectorAll("img")].map((image) =>
    [image.complete, image.naturalWidth, image.width / image.naturalWidth])`);
  expect(sizes).toHaveLength(count);
  for (const [complete, width, scale] of sizes as [boolean, number, number][]) {
    expect(complete).toBe(true);
    expect(width).toBeGreaterThan(300);
    // Labels of a page's chart have 12 px.
    expect(12 * scale).toBeGreaterThan(READABLE_PX);
  }
  expect(await coloursOf(page, "img")).toBeGreaterThan(20);
}

function expectOwn(requests: readonly string[]): void {
  const folder = pathToFileURL(inside("page")).href;
  expect(requests.filter((address) => !address.startsWith(folder))).toEqual([]);
}

describeInBrowser("embedded charts in a browser", (browser) => {
  describe("HTML", () => {
    it.each([
      // In narrow windows the legend goes below the chart, and the frame scrolls a little.
      { width: 1100, height: 1500, scrolls: 0 },
      { width: 380, height: 1500, scrolls: 150 },
    ])("frames show the chart, whole and readable, at %o", async ({ scrolls, ...viewport }) => {
      const path = htmlPage("interactive.html", "interactive", IDS);
      const { page, context, problems, requests, waitFor } = await openFile(browser(), path, { viewport });
      await waitFor("document.querySelectorAll('iframe').length === 2");
      for (const [index, id] of IDS.entries()) {
        await page.locator("iframe").nth(index).scrollIntoViewIfNeeded();
        const frame = page.frames().find((one) => one.url().includes(`scaling-${id}`))!;
        await frame.waitForFunction("document.querySelector('figure.drawn .live svg')");
        const text = (await frame.evaluate("document.querySelector('.live').textContent")) as string;
        expect(text).toMatch(AXES[id]);
        expect(await frame.evaluate(SMALLEST_TEXT)).toBeGreaterThan(READABLE_PX);
        // The page around it has the words; nothing is cut off below.
        expect(await frame.evaluate("document.querySelectorAll('h3, figcaption').length")).toBe(0);
        expect(
          await frame.evaluate(
            "document.documentElement.scrollHeight - document.documentElement.clientHeight",
          ),
        ).toBeLessThanOrEqual(scrolls);
      }
      expect(await page.locator("figcaption").first().textContent()).toContain(
        charts.get("scaling")!.finding,
      );
      expect(problems).toEqual([]);
      expectOwn(requests);
      await context.close();
    });

    it("pictures are there", async () => {
      const path = htmlPage("picture.html", "picture", IDS);
      const { page, context, problems, requests, waitFor } = await openFile(browser(), path);
      await waitFor("[...document.images].every((image) => image.complete)");
      await expectPictures(page, 2);
      expect(problems).toEqual([]);
      expectOwn(requests);
      await context.close();
    });

    it("the shared script keeps the pictures of a page from disk, without an error", async () => {
      const path = htmlPage("script.html", "script", IDS);
      const { page, context, problems, requests, waitFor } = await openFile(browser(), path);
      await waitFor("document.querySelectorAll('[data-jacobench-chart=kept]').length === 2");
      await expectPictures(page, 2);
      expect(problems).toEqual([]);
      expectOwn(requests);
      await context.close();
    });

    it("the shared script draws from .vl.json on a server, and keeps the picture of a missing one", async () => {
      htmlPage("script.html", "script", IDS);
      const broken = embedSnippet(embedTargetById("html"), charts.get("ratio")!, { form: "script" }).text;
      writePage("broken.html", broken.replace(".vl.json", "-gone.vl.json"));
      const { server, address } = await serveFolder(inside("page"));
      const context = await browser().newContext();
      const page = await context.newPage();
      const problems: string[] = [];
      const requests: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
      });
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(`${address}/script.html`);
      await page.waitForFunction("document.querySelectorAll('[data-jacobench-chart=drawn]').length === 2");
      const text = (await page.evaluate("document.body.textContent")) as string;
      for (const id of IDS) expect(text).toMatch(AXES[id]);
      expect(await page.evaluate("document.images.length")).toBe(0);
      expect(await page.evaluate(SMALLEST_TEXT)).toBeGreaterThan(READABLE_PX);
      expect(problems).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(address) && !/^(data|blob):/.test(url))).toEqual([]);
      await page.goto(`${address}/broken.html`);
      await page.waitForFunction("document.querySelector('[data-jacobench-chart=kept]')");
      await expectPictures(page, 1);
      await context.close();
      server.close();
    });
  });

  it("a chart's own page says everything, follows dark pages, and prints its picture", async () => {
    const path = inside("page", "scaling-scaling.html");
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, context, problems, requests, waitFor } = await openFile(browser(), path, { colorScheme });
      await waitFor("document.querySelector('figure.drawn .live svg')");
      const { finding, conditions } = charts.get("scaling")!;
      expect(await page.title()).toBe(finding);
      expect(await page.locator("h3").textContent()).toBe(finding);
      const caption = await page.locator("figcaption").textContent();
      expect(caption?.replaceAll("\u00a0", " ")).toBe(conditions);
      await page.locator("details summary").click();
      await expect.poll(() => page.locator("details tbody tr").count()).toBeGreaterThan(20);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(".static").isVisible()).toBe(true);
      expect(await page.locator(".live").isVisible()).toBe(false);
      expect(problems).toEqual([]);
      expect(requests).toEqual([]);
      await context.close();
    }
  });

  it("a chart's own page shows its picture without scripts", async () => {
    const path = inside("page", "scaling-ratio.html");
    const { page, context } = await openFile(browser(), path, { javaScriptEnabled: false });
    expect(await page.locator(".static svg").isVisible()).toBe(true);
    expect(await page.locator(".static svg").textContent()).toMatch(AXES.ratio);
    await context.close();
  });

  it("Markdown shows the picture with its words", async () => {
    const target = embedTargetById("markdown");
    const notes = IDS.map((id) => embedSnippet(target, charts.get(id)!).text).join("\n\n");
    const path = writePage("markdown.html", new MarkdownIt({ html: false, linkify: true }).render(notes));
    const { page, context, problems, requests, waitFor } = await openFile(browser(), path);
    await waitFor("[...document.images].every((image) => image.complete)");
    await expectPictures(page, 2);
    const alts = await page.evaluate("[...document.images].map((image) => image.alt)");
    expect(alts).toEqual(IDS.map((id) => imageText(charts.get(id)!.alt)));
    const captions = await page.locator("em").allTextContents();
    expect(captions).toEqual(IDS.map((id) => charts.get(id)!.caption));
    expect(problems).toEqual([]);
    expectOwn(requests);
    await context.close();
  });
});
