/** @file `npm run explorer`: builds reports/explorer.html, and says how large it is. (N) */

import { join } from "node:path";
import { writeFileAtomic } from "../../files.ts";
import { packageRoot } from "../../package-root.ts";
import { explorerPage } from "./page.ts";

/** The page opens at once from a stick and over a slow network; a larger one is a mistake. */
const MOST_BYTES = 2.5e6;

const file = process.argv[2] ?? join(packageRoot(), "reports", "explorer.html");
const page = await explorerPage();
const bytes = Buffer.byteLength(page);
if (bytes > MOST_BYTES) throw new Error(`${file}: ${bytes} bytes; expected at most ${MOST_BYTES}`);
writeFileAtomic(file, page);
console.log(`${file}: ${(bytes / 1e6).toFixed(2)} MB, opens in any browser`);
