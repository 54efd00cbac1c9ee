/** @file Course notes with charts, as a teacher makes them: a stored report, and the real command that embeds from it. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { expect } from "vitest";
import { runJacobench } from "./run-command.ts";
import { gridWidths, syntheticResults, variantOf } from "./synthetic-results.ts";

/** A label in which every kind of page finds something that it could take for markup. */
export const AWKWARD_LABEL = "f {{ a.b }} {x} <b>y</b> $z$ *s* _t_ [l](u) 5 % # & ~ | \\ ^ fit é";

/** Words in the picture of the ratio chart, without the spaces that line ends would replace. */
export const AXIS_WORDS = /JVPs\s?of\s?forward/;

/** Notes in a folder of their own. */
export type CourseNotes = {
  /** Path of a file or folder of the notes. */
  readonly path: (...names: readonly string[]) => string;
  /** Runs `jacobench embed CHART --for …` and gives the snippet. */
  embed(chart: "ratio" | "scaling", ...args: readonly string[]): Promise<string>;
  /** Runs `jacobench export REPORT --format …` and gives the file. */
  numbers(format: "tex-macros" | "myst-substitutions"): Promise<string>;
  /** Writes a file of the notes, line by line. */
  write(name: string, ...lines: readonly string[]): void;
};

/**
 * Begins notes: a report of made-up results, whose forward variant has the {@link AWKWARD_LABEL}.
 *
 * @param folder - empty, or not there yet
 */
export function startNotes(folder: string): CourseNotes {
  const path = (...names: readonly string[]): string => join(folder, ...names);
  const report = path("reports", "scaling");
  mkdirSync(report, { recursive: true });
  const results = syntheticResults({
    widths: gridWidths([4, 16, 64], [4, 16, 64], [16, 144]),
    experiment: "scaling",
    secondsPerProduct: 5e-7,
    variants: [variantOf("forward", { label: AWKWARD_LABEL }), variantOf("reverse")],
  });
  writeFileSync(join(report, "results.json"), JSON.stringify(results));
  const run = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await runJacobench(args, { cwd: folder });
    expect({ args, code, stderr: code === 0 ? "" : stderr }).toEqual({ args, code: 0, stderr: "" });
    return stdout;
  };
  return {
    path,
    embed: (chart, ...args) => run(["embed", `scaling/${chart}`, ...args]),
    numbers: (format) => run(["export", "reports/scaling", "--format", format]),
    write(name, ...lines) {
      mkdirSync(join(path(name), ".."), { recursive: true });
      writeFileSync(path(name), `${lines.join("\n")}\n`);
    },
  };
}

/**
 * Opens a built page and looks for its charts: every picture of ours has arrived, every frame has drawn.
 *
 * @param browser - see launchBrowser
 * @param address - of the page, file: or http:
 * @param expected - how many pictures and frames of charts
 */
export async function expectCharts(
  browser: Browser,
  address: string,
  expected: { readonly pictures: number; readonly frames: number },
): Promise<void> {
  const page: Page = await browser.newPage({ viewport: { width: 1200, height: 3000 } });
  // Themes of site builders ask for fonts and scripts from elsewhere; charts must not need them.
  await page.route(
    (url) => !["file:", "data:", "blob:"].includes(url.protocol) && url.hostname !== "127.0.0.1",
    (route) => route.abort(),
  );
  await page.goto(address, { waitUntil: "domcontentloaded" });
  const pictures = page.locator('img[src*="scaling-"]');
  expect(await pictures.count()).toBe(expected.pictures);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 10_000 })
      .toBeGreaterThan(300);
    expect(await picture.getAttribute("alt")).toMatch(/^\s*Chart: /);
  }
  expect(await page.locator("iframe").count()).toBe(expected.frames);
  for (let i = 0; i < expected.frames; i++) {
    await page.locator("iframe").nth(i).scrollIntoViewIfNeeded();
    const frame: FrameLocator = page.frameLocator("iframe").nth(i);
    await frame.locator("figure.drawn .live svg").first().waitFor({ timeout: 20_000 });
    expect(await frame.locator(".live").first().textContent()).toMatch(/\d/);
  }
  await page.close();
}
