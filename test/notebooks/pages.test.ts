/** @file The lessons' pages in a real browser: quiet, drawn, narrow, dark, on paper, by keyboard, for everybody. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { notebookText } from "../../notebooks/tools/notebook.ts";
import { writePages } from "../../notebooks/tools/pages.ts";
import { lessonNames, placesOf, readLessons } from "../../notebooks/tools/places.ts";
import { createFolder } from "../../src/files.ts";
import { describeInBrowser, openFile } from "../support/browser.ts";
import { temporaryFolder } from "../support/folder.ts";
import { REPOSITORY } from "../support/run-command.ts";
import { sampleNotebook } from "../support/sample-notebook.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LESSONS = join(REPOSITORY, "reports", "lessons");
const NAMES = lessonNames(placesOf());
const PHONE = { viewport: { width: 390, height: 844 } };

type Violation = {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
};

describeInBrowser("the page of a lesson", (browser) => {
  const path = temporaryFolder();
  let file: string;

  beforeAll(async () => {
    const places = placesOf(join(REPOSITORY, "test/fixtures/lessons"), path("made"));
    const [lesson] = readLessons(places, lessonNames(places));
    createFolder(places.notebooks);
    const notebook = await sampleNotebook(lesson!);
    const next = { ...notebook, metadata: { ...notebook.metadata, title: "The next <one>" } };
    writeFileSync(join(places.notebooks, "01-sample.ipynb"), notebookText(notebook));
    writeFileSync(join(places.notebooks, "02-next.ipynb"), notebookText(next));
    await writePages(places);
    file = join(places.pages, "01-sample.html");
  });

  it("shows text, code, outputs, formulas and charts, and asks for nothing", async () => {
    const { page, context, problems, requests } = await openFile(browser(), file);
    expect(await page.locator("h1").allTextContents()).toEqual(["A small lesson"]);
    expect(await page.locator("pre.code").count()).toBe(9);
    expect(await page.locator("pre.output.text").first().textContent()).toBe("[ -0.431928  -0.357743 ]");
    expect(await page.locator("pre.output.error").textContent()).toMatch(/^JacobenchError: jvp: tangent/);
    expect(await page.locator("div.output table tbody tr").count()).toBe(2);
    const chart = page.locator("figure.chart svg[role=img]");
    expect(await chart.getAttribute("aria-labelledby")).toBe("chart-1-title chart-1-desc");
    expect(await page.locator("#chart-1-desc").textContent()).toMatch(/^Line chart of the relative error/);
    expect((await chart.boundingBox())!.width).toBeGreaterThan(400);
    expect(problems).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  });

  it("draws formulas with fonts that are in it", async () => {
    const { page, context } = await openFile(browser(), file);
    expect(await page.locator(".katex").count()).toBe(8);
    expect(await page.locator(".katex-mathml math").count()).toBe(8);
    await page.evaluate("document.fonts.ready");
    const faces: string[] = await page.evaluate(
      "[...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family.replaceAll('\"', ''))",
    );
    expect(faces).toEqual(expect.arrayContaining(["KaTeX_Main", "KaTeX_Math", "KaTeX_AMS"]));
    const size = (await page.locator(".formula .katex-display").first().boundingBox())!;
    expect(size.height).toBeGreaterThan(20);
    await context.close();
  });

  it("leads to its neighbours, to all lessons and to its notebook", async () => {
    const { page, context } = await openFile(browser(), file);
    const links: string[] = await page.evaluate(
      "[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))",
    );
    for (const href of links.filter((href) => !href.startsWith("#")))
      expect(existsSync(join(file, "..", href)), href).toBe(true);
    expect(links).toEqual(expect.arrayContaining(["index.html", "02-next.html", "../01-sample.ipynb"]));
    expect(await page.locator("nav.lessons a[href='02-next.html']").first().textContent()).toBe(
      "The next <one> →",
    );
    await page.locator("a[href='index.html']").first().click();
    expect(await page.locator("ol.lessons > li").count()).toBe(2);
    await context.close();
  });

  it("keeps solutions folded, and unfolds them by keyboard", async () => {
    const { page, context } = await openFile(browser(), file);
    const solutions = page.locator("details.solution");
    expect(await solutions.count()).toBe(2);
    expect(await page.locator("details.solution[open]").count()).toBe(0);
    expect(await page.getByText("secretly").isVisible()).toBe(false);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    for (let i = 0; i < 60 && (await page.locator("details.solution[open]").count()) === 0; i++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate("document.activeElement.matches('details.solution:last-of-type > summary')"))
        await page.keyboard.press("Enter");
    }
    expect(await page.getByText("secretly").isVisible()).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
    await context.close();
  });

  it("prints on white, with all of its chart, and without what only a screen can do", async () => {
    const { page, context } = await openFile(browser(), file, { colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(18, 20, 22)");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.locator("nav:visible").count()).toBe(0);
    expect(await page.locator("figure.chart svg:visible").count()).toBe(1);
    expect((await page.pdf()).subarray(0, 5).toString("latin1")).toBe("%PDF-");
    await context.close();
  });

  it("forbids every script", async () => {
    const { page, context, problems } = await openFile(browser(), file);
    await page.evaluate(`setTimeout(() => {
      const script = document.createElement("script");
      script.textContent = "globalThis.foreign = 1";
      document.body.append(script);
    })`);
    for (let i = 0; i < 50 && problems.length === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(problems.join()).toMatch(/Content Security Policy/);
    expect(await page.evaluate("globalThis.foreign")).toBe(undefined);
    await context.close();
  });

  it.each(["light", "dark"] as const)(
    "has no serious problem for axe in %s, on a phone",
    async (colorScheme) => {
      const { page, context } = await openFile(browser(), file, { ...PHONE, colorScheme });
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
      expect(await seriousProblems(page)).toEqual([]);
      await context.close();
    },
  );
});

describeInBrowser("all pages", (browser) => {
  it("are there, with the list that leads to them", () => {
    expect(NAMES.length).toBeGreaterThan(0);
    for (const name of [...NAMES, "index"])
      expect(existsSync(join(LESSONS, `${name}.html`)), name).toBe(true);
  });

  it.each([...NAMES, "index"])("%s is quiet, drawn, fits a phone, and is for everybody", async (name) => {
    const { page, context, problems, requests } = await openFile(
      browser(),
      join(LESSONS, `${name}.html`),
      PHONE,
    );
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await page.evaluate("document.fonts.ready");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    // No formula was left as text: dollars stand in code alone.
    const dollars = `[...document.querySelectorAll("main p, main li, main td, main h2, main h3")].filter((one) => {
      const copy = one.cloneNode(true);
      for (const part of copy.querySelectorAll("code, pre, .katex")) part.remove();
      return /\\$/.test(copy.textContent);
    }).map((one) => one.textContent)`;
    expect(await page.evaluate(dollars)).toEqual([]);
    const unnamed: number = await page.evaluate(
      "[...document.querySelectorAll('figure.chart svg')].filter((svg) => (svg.querySelector('desc')?.textContent ?? '').length < 30).length",
    );
    expect(unnamed).toBe(0);
    expect(await seriousProblems(page)).toEqual([]);
    const ids: string[] = await page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)");
    expect(ids.length).toBe(new Set(ids).size);
    const inside: string[] = await page.evaluate(
      "[...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))",
    );
    for (const href of inside) {
      if (href.startsWith("#")) expect(ids, href).toContain(href.slice(1));
      else if (!/^https?:/.test(href))
        expect(existsSync(join(LESSONS, href.replace(/#.*$/, ""))), `${name}: ${href}`).toBe(true);
    }
    expect(problems).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  });
});

/** What axe finds that is serious or worse, with the elements. */
async function seriousProblems(page: Awaited<ReturnType<typeof openFile>>["page"]): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate("axe.run()")) as { violations: readonly Violation[] };
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
