/** @file Reports of synthetic machines on the disk, for tests that open them in a browser. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ExperimentConfigLike } from "../../analysis/config.ts";
import { renderReport } from "../../analysis/report/render-report.ts";
import type { Results } from "../../src/results/types.ts";

/** Writes files into a folder, which is created; folders in names too. */
export function writeAll(folder: string, files: ReadonlyMap<string, string | Uint8Array>): void {
  for (const [name, content] of files) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/**
 * Renders a report and writes it as a sweep does, results.json too.
 *
 * @param folder - is created
 * @returns the path of index.html
 */
export async function writeReport(folder: string, results: Results<ExperimentConfigLike>): Promise<string> {
  writeAll(folder, await renderReport(results));
  writeFileSync(join(folder, "results.json"), JSON.stringify(results));
  return join(folder, "index.html");
}

/** What a config should never be able to smuggle into a page. Its visible text is what remains of it as one line. */
export const HOSTILE =
  '</script><script>globalThis.hacked = 1; alert("1")</script><img src=x onerror="globalThis.hacked = 2"> ' +
  "' onmouseover='globalThis.hacked=3' \" autofocus onfocus=\"globalThis.hacked=4\" <!-- <svg onload=alert(5)> " +
  "&lt;b&gt; `x` javascript:alert(7) {{8}} ]]> \u2028\u2029 Ünïcode Σ 数 🙂 \u202etxet\u202c \ud800 \u0000 end";
