/** @file The explorer for everybody: axe in both schemes, no motion for those who ask, parts in frames, phone and paper. */

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { PRESETS } from "../../src/explorer/presets.ts";
import { describeInBrowser, type OpenedPage, openFile } from "../support/browser.ts";
import { drawn, openExplorer, writeExplorer } from "../support/explorer-page.ts";
import { temporaryFolder } from "../support/folder.ts";

const path = temporaryFolder();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { html: string }[];
};

/** What axe finds that is serious or worse, with the elements. */
async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate("axe.run()")) as { violations: readonly Violation[] };
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}

async function closeQuietly({ problems, requests, context }: OpenedPage): Promise<void> {
  expect(problems).toEqual([]);
  expect(requests).toEqual([]);
  await context.close();
}

/** The text after a mode's name in the animation. */
const placeOf = async (page: Page, mode: string): Promise<string> => {
  await drawn(page);
  return (await page.locator(`[data-place="${mode}"]`).textContent()) ?? "";
};

/** How much of a canvas is coloured. */
const inkOf = (page: Page, selector: string): Promise<number> =>
  page.evaluate(`(() => {
    const canvas = document.querySelector(${JSON.stringify(selector)});
    const copy = document.createElement("canvas");
    Object.assign(copy, { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) ink++;
    return ink / (data.length / 4);
  })()`);

describeInBrowser("the explorer for everybody", (browser) => {
  let file: string;
  beforeAll(async () => {
    file = await writeExplorer(path("explorer.html"));
  });

  it.each(["light", "dark"] as const)(
    "has no serious problem for axe in %s, asked, answered and refused",
    async (scheme) => {
      for (const address of [
        undefined,
        "widths=512-512-8-512-512&activation=relu&loss=softmaxCrossEntropy",
        "widths=0-1",
      ]) {
        const opened = await openExplorer(browser(), file, address, { colorScheme: scheme });
        expect(await seriousProblems(opened.page), address ?? "opening").toEqual([]);
        await closeQuietly(opened);
      }
    },
  );

  it("can be used by keys alone, in the order in which it is read", async () => {
    const opened = await openExplorer(browser(), file);
    const { page } = opened;
    const seen: string[] = [];
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      seen.push(
        (await page.evaluate(
          `document.activeElement.dataset.preset ?? document.activeElement.dataset.column ?? document.activeElement.id ?? ""`,
        )) as string,
      );
    }
    for (const wanted of ["scalar-loss", "0", "4", "width-0", "width-4"]) expect(seen).toContain(wanted);
    expect(seen.indexOf("scalar-loss")).toBeLessThan(seen.indexOf("0"));
    // The guess, by keys.
    await page.locator('input[value="reverse"]').focus();
    await page.keyboard.press("Space");
    await page.locator('input[value="1000"]').focus();
    await page.keyboard.press("Space");
    await opened.waitFor(`!document.querySelector(".guess .primary").disabled`);
    await page.keyboard.press("Enter");
    await opened.waitFor(`document.querySelector(".guessed") !== null`);
    expect(await page.locator(".guessed").textContent()).toContain("You saw it.");
    await closeQuietly(opened);
  });

  it("plays, pauses and ends; both modes on one clock", async () => {
    const opened = await openExplorer(browser(), file, "widths=40-8-2", { reducedMotion: "no-preference" });
    const { page } = opened;
    await opened.waitFor(`document.querySelector("#animation .place").textContent.includes("to do")`);
    await page.locator(".speed input").fill("6");
    await page.locator(".play").click();
    await opened.waitFor(
      `document.querySelector('[data-place="reverse"]').textContent === "done after 2 VJPs"`,
    );
    expect(await placeOf(page, "forward")).toMatch(/^JVP \d+ of 40: column \d+$/);
    await page.locator(".play").click();
    const paused = await placeOf(page, "forward");
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await placeOf(page, "forward")).toBe(paused);
    await page.locator("#animation button", { hasText: "To the end" }).click();
    await opened.waitFor(
      `document.querySelector('[data-place="forward"]').textContent === "done after 40 JVPs"`,
    );
    await page.locator("#animation button", { hasText: "Back to the start" }).click();
    await opened.waitFor(`document.querySelector('[data-place="forward"]').textContent === "40 JVPs to do"`);
    await closeQuietly(opened);
  });

  it("moves nothing by itself where less motion is asked for: steps alone", async () => {
    const opened = await openExplorer(browser(), file, "widths=4-6-3");
    const { page } = opened;
    await opened.waitFor(`document.querySelector("#animation .place").textContent.includes("to do")`);
    expect(await page.locator(".play, .speed").count()).toBe(0);
    expect(await page.locator("#animation .player").textContent()).toContain("asks for less motion");
    await page.locator(".step").click();
    await page.locator(".step").click();
    const says = (text: string) =>
      opened.waitFor(`document.querySelector('[data-place="forward"]').textContent === "${text}"`);
    await says("JVP 1 of 4: column 1");
    const before = await page.evaluate(`document.querySelector('canvas[data-mode="forward"]').toDataURL()`);
    await page.locator(".product").click();
    await page.locator(".product").click();
    await says("JVP 2 of 4: column 2");
    expect(await page.locator(".mode.reverse progress").getAttribute("value")).toBe("2");
    expect(await page.evaluate(`document.querySelector('canvas[data-mode="forward"]').toDataURL()`)).not.toBe(
      before,
    );
    const still = (await page.evaluate(
      `document.getAnimations().length + [...document.querySelectorAll("*")].filter((one) => getComputedStyle(one).transitionDuration !== "0s").length`,
    )) as number;
    expect(still).toBe(0);
    await closeQuietly(opened);
  });

  it.each([
    ["cost", "#network, #costs", "#animation, #measure, #code"],
    ["animation", "#animation", "#network, #costs, #measure, #code"],
    ["measure", "#measure", "#network, #costs, #animation, #code"],
  ])("shows the part %s alone, in a frame of a course page", async (view, shown, hidden) => {
    const course = path(`course-${view}.html`);
    writeFileSync(
      course,
      `<!doctype html><title>Notes</title><iframe title="Explorer" width="760" height="900" src="${basename(file)}?view=${view}#widths=9-5-2"></iframe>`,
    );
    const opened = await openFile(browser(), course);
    const { page, context, problems } = opened;
    await opened.waitFor(`document.querySelector("iframe") !== null`);
    const frame = page.frameLocator("iframe");
    await frame.locator(shown.split(", ")[0]!).waitFor();
    for (const part of shown.split(", ")) expect(await frame.locator(part).count()).toBe(1);
    expect(await frame.locator(hidden).count()).toBe(0);
    expect(await frame.locator(".top").isVisible()).toBe(false);
    expect(await frame.locator("html").evaluate((root) => root.scrollWidth)).toBeLessThanOrEqual(760);
    expect(problems).toEqual([]);
    await context.close();
  });

  it.each([360, 390, 768])("fits %d px, for every preset", async (width) => {
    const opened = await openExplorer(browser(), file, "widths=5-4", { viewport: { width, height: 800 } });
    const { page } = opened;
    for (const { id } of PRESETS) {
      await page.locator(`[data-preset="${id}"]`).click();
      await drawn(page);
      expect(await page.evaluate("document.documentElement.scrollWidth"), id).toBeLessThanOrEqual(width);
      expect(await inkOf(page, 'canvas[data-copies="forward"]'), id).toBeGreaterThan(0);
      const cut =
        await page.evaluate(`[...document.querySelectorAll(".network, .blocks svg, .copy canvas, .widths")].filter((one) =>
        one.getBoundingClientRect().right > document.querySelector("#network").getBoundingClientRect().right).length`);
      expect(cut, id).toBe(0);
    }
    await closeQuietly(opened);
  });

  it("draws its charts again for the dark, and shows more ink for more products", async () => {
    const opened = await openExplorer(browser(), file, "widths=60-20-2");
    const { page } = opened;
    const ink = [
      await inkOf(page, 'canvas[data-copies="forward"]'),
      await inkOf(page, 'canvas[data-copies="reverse"]'),
    ];
    // 60 copies against 2.
    expect(ink[0]! / ink[1]!).toBeGreaterThan(20);
    expect(ink[0]! / ink[1]!).toBeLessThan(45);
    const label = `document.querySelector("#plot-bars .role-axis-label text").getAttribute("fill")`;
    const before = await page.evaluate(label);
    await page.emulateMedia({ colorScheme: "dark" });
    await opened.waitFor(`${label} !== ${JSON.stringify(before)}`);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(15, 17, 19)");
    await closeQuietly(opened);
  });

  it("is painted before Vega is parsed, and prints without its controls", async () => {
    const opened = await openExplorer(browser(), file, "widths=784-128-10");
    const { page } = opened;
    expect(await page.evaluate(`document.querySelectorAll("script:not([type])").length`)).toBe(2);
    const order = await page.evaluate(`(() => {
      const paint = performance.getEntriesByName("first-contentful-paint")[0];
      const vega = performance.getEntriesByName("vega-run")[0];
      return [paint.startTime, vega.startTime];
    })()`);
    expect((order as number[])[0]).toBeLessThanOrEqual((order as number[])[1]!);
    await page.emulateMedia({ media: "print" });
    for (const control of [".presets", ".tools", ".player", "#code .copy"]) {
      expect(await page.locator(control).first().isVisible(), control).toBe(false);
    }
    expect(await page.locator("#answer").isVisible()).toBe(true);
    expect(await page.locator("table.costs").isVisible()).toBe(true);
    await closeQuietly(opened);
  });

  it("copies its code", async () => {
    const opened = await openExplorer(browser(), file, "widths=3-4&code=jax");
    const { page } = opened;
    await page.evaluate(
      `Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } })`,
    );
    await page.locator("#code .copy").click();
    await opened.waitFor("window.copied !== undefined");
    expect(await page.evaluate("window.copied")).toBe(await page.locator("#code-text").textContent());
    await opened.waitFor(`document.querySelector("#code .copy").textContent === "Copied"`);
    await closeQuietly(opened);
  });
});
