/** @file `npm run explorer:picture`: the picture of the explorer in the README, taken of the page as it is now. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "./browser.ts";
import { openExplorer, writeExplorer } from "./explorer-page.ts";

const reports = fileURLToPath(new URL("../../reports", import.meta.url));
const file = await writeExplorer(join(reports, "explorer.html"));
const browser = await launchBrowser();
const { page, waitFor } = await openExplorer(browser, file, "widths=784-128-64-10-1", {
  viewport: { width: 1120, height: 900 },
});
await waitFor("document.fonts.ready");
await page.locator("#network").screenshot({ path: join(reports, "explorer.png") });
await browser.close();
