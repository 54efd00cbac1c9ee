/** @file The explorer for tests in a browser: the page built once a file of tests, opened with an address, and read. */

import { writeFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { explorerPage } from "../../src/explorer/build/page.ts";
import { type OpenedPage, openFile } from "./browser.ts";

/** Writes the page to a file. */
export async function writeExplorer(path: string): Promise<string> {
  writeFileSync(path, await explorerPage());
  return path;
}

/** The page is there, and its charts, if it shows any. */
export const READY = `document.querySelector("#explorer section") !== null &&
  [...document.querySelectorAll("#plot-bars, #plot-grid")].every((plot) => plot.dataset.drawn)`;

/** Waits until the page has drawn what was done to it: it draws once a frame. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

/**
 * Opens the page and waits until it is drawn.
 *
 * @param browser - of the group of tests
 * @param file - from {@link writeExplorer}
 * @param address - what stands after the `#`; the opening if left out
 * @param options - of playwright's context
 */
export async function openExplorer(
  browser: Browser,
  file: string,
  address?: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const opened = await openFile(browser, file, {
    viewport: { width: 1280, height: 900 },
    ...options,
    ...(address !== undefined && { fragment: address }),
  });
  await opened.waitFor(READY);
  return opened;
}
