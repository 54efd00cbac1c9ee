/** @file A real browser for tests: Chromium from npm on Linux, elsewhere an installed Chrome or Edge, or a loud skip. */

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";

/** How to get a browser where none was found. */
const INSTALL =
  "on Linux run npm ci (@sparticuz/chromium is a dev dependency for x64); elsewhere install Chrome or Edge";

/** A page that was opened, and everything that it did which a page should not. */
export type OpenedPage = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the console, uncaught exceptions, violations of the content security policy. */
  readonly problems: string[];
  /** Addresses that were asked for and are not the page itself nor data inside of it. */
  readonly requests: string[];
  /** Waits for this condition in the page, given as an expression of JavaScript; throws after 20 s. */
  waitFor(expression: string): Promise<void>;
};

/**
 * A group of tests that need a browser: one browser for all of them, closed at the end. Where there is none the group
 * is skipped, with a warning that says what to install.
 *
 * @param name - of the group
 * @param body - defines the tests; the function that it gets returns the browser, inside of tests and hooks alone
 */
export function describeInBrowser(name: string, body: (browser: () => Browser) => void): void {
  const plan = browserPlan();
  if (plan === null) console.warn(`SKIPPED: ${name}: no browser was found. To run these tests: ${INSTALL}.`);
  describe.skipIf(plan === null)(name, () => {
    let browser: Browser | null = null;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser?.close();
    });
    body(() => browser!);
  });
}

/**
 * Starts a headless browser; the caller closes it.
 *
 * @throws {Error} if none is there, or none can be started: what was tried, and what to install
 */
export async function launchBrowser(): Promise<Browser> {
  const plan = browserPlan();
  if (plan === null) throw new Error(`no browser was found; ${INSTALL}`);
  const { chromium } = await import("playwright-core");
  if (plan.kind === "installed")
    return chromium.launch({ channel: plan.channel, args: ["--font-render-hinting=none"] });
  const folder = await unpackChromium();
  const fonts = join(folder, "fonts.conf");
  writeFileSync(`${fonts}.${process.pid}`, fontConfig(join(folder, "font-cache")));
  renameSync(`${fonts}.${process.pid}`, fonts);
  const options = {
    executablePath: join(folder, "chromium"),
    // Its sandbox wants rights of the system that containers and root do not have; pages of tests are our own.
    args: ["--no-sandbox", "--font-render-hinting=none", "--disable-gpu"],
    env: { ...process.env, FONTCONFIG_FILE: fonts } as Record<string, string>,
  };
  try {
    return await chromium.launch(options);
  } catch (error) {
    // A slim container lacks libnss3 and the like; the package brings them.
    const libraries = [join(folder, "al2023", "lib"), process.env.LD_LIBRARY_PATH ?? ""].filter(Boolean);
    const env = { ...options.env, LD_LIBRARY_PATH: libraries.join(":") };
    return chromium.launch({ ...options, env }).catch(() => {
      throw error;
    });
  }
}

/**
 * Opens a file of the disk, with the network cut off, and notes what goes wrong from the first moment.
 *
 * @param browser - from {@link describeInBrowser}
 * @param path - of an HTML file; a fragment may be given apart
 * @param options - of playwright's context, e.g. `{ viewport: { width: 360, height: 740 }, colorScheme: "dark" }`
 * @returns close `context` when done
 */
export async function openFile(
  browser: Browser,
  path: string,
  options: BrowserContextOptions & { readonly fragment?: string } = {},
): Promise<OpenedPage> {
  const { fragment, ...rest } = options;
  const context = await browser.newContext({ offline: true, reducedMotion: "reduce", ...rest });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  const address = pathToFileURL(path).href;
  page.on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type()))
      problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => problems.push(`popup: ${popup.url()}`));
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address && !request.url().startsWith("data:"))
      requests.push(request.url());
  });
  await page.goto(address + (fragment === undefined ? "" : `#${fragment}`));
  return {
    page,
    context,
    problems,
    requests,
    waitFor: async (expression) => {
      // Not the library's own waiting: it evaluates in the page, which a page's policy may forbid.
      const end = Date.now() + 20_000;
      while (!(await page.evaluate(`Boolean(${expression})`))) {
        if (Date.now() > end) {
          const said = problems.join(" | ") || "nothing";
          throw new Error(`${path}: waited in vain for ${expression}; the page said: ${said}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    },
  };
}

/**
 * The browser as a program, for tools that start it themselves.
 *
 * @returns its path and what it needs in the environment; null where there is none
 */
export async function browserProgram(): Promise<{ path: string; env: Record<string, string> } | null> {
  const plan = browserPlan();
  if (plan === null) return null;
  if (plan.kind === "installed") return { path: installedPaths(plan.channel).find(existsSync)!, env: {} };
  const folder = await unpackChromium();
  return { path: join(folder, "chromium"), env: { FONTCONFIG_FILE: join(folder, "fonts.conf") } };
}

type Plan = { readonly kind: "npm" } | { readonly kind: "installed"; readonly channel: "chrome" | "msedge" };

/** Which browser there is; null for none. */
function browserPlan(): Plan | null {
  if (process.platform === "linux" && process.arch === "x64" && packageFolder() !== null)
    return { kind: "npm" };
  const channel = (["chrome", "msedge"] as const).find((name) => installedPaths(name).some(existsSync));
  return channel === undefined ? null : { kind: "installed", channel };
}

/** The version's folder of the package, or null where it is not installed. */
function packageFolder(): string | null {
  try {
    return dirname(dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium"))));
  } catch {
    return null;
  }
}

/** Where Chrome and Edge are installed, as playwright looks for them. */
function installedPaths(channel: "chrome" | "msedge"): string[] {
  if (process.platform === "linux")
    return [channel === "chrome" ? "/opt/google/chrome/chrome" : "/opt/microsoft/msedge/msedge"];
  if (process.platform === "darwin") {
    const name = channel === "chrome" ? "Google Chrome" : "Microsoft Edge";
    return [`/Applications/${name}.app/Contents/MacOS/${name}`];
  }
  const rest =
    channel === "chrome"
      ? ["Google", "Chrome", "Application", "chrome.exe"]
      : ["Microsoft", "Edge", "Application", "msedge.exe"];
  return ["LOCALAPPDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"]
    .map((name) => process.env[name])
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, ...rest));
}

/**
 * Unpacks Chromium once a version, into a folder that is renamed into place when it is whole: several test files do
 * this at once, and the package itself would hand out a file that another process is still writing.
 *
 * @returns the folder: `chromium`, `al2023/lib`
 */
async function unpackChromium(): Promise<string> {
  const home = packageFolder()!;
  const { version } = createRequire(import.meta.url)(join(home, "package.json")) as { version: string };
  const user = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `jacobench-chromium-${version}-${user}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const kept = { TMPDIR: process.env.TMPDIR };
  process.env.TMPDIR = fresh;
  try {
    const { inflate } = (await import(pathToFileURL(join(home, "build", "esm", "lambdafs.js")).href)) as {
      inflate: (file: string) => Promise<string>;
    };
    for (const name of ["chromium.br", "al2023.tar.br"]) await inflate(join(home, "bin", name));
  } finally {
    if (kept.TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = kept.TMPDIR;
  }
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** One font, that of the charts, on every machine. */
function fontConfig(cache: string): string {
  const font = createRequire(import.meta.url).resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf");
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    `  <dir>${dirname(font)}</dir>`,
    "  <selectfont>",
    // What is left is DejaVu Sans and its monospaced sister, upright and bold.
    ...["Serif", "SansCondensed", "MathTeX", "Sans-ExtraLight"].map(
      (name) => `    <rejectfont><glob>*/DejaVu${name}*</glob></rejectfont>`,
    ),
    "  </selectfont>",
    `  <cachedir>${cache}</cachedir>`,
    "</fontconfig>",
    "",
  ].join("\n");
}
