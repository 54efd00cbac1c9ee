/** @file `npm run bench [NAME…]`: runs the benchmarks of this folder; each prints ratios within one run, never bare times. */

import { parseArgs } from "node:util";
import { formatTable } from "../../src/cli/table.ts";
import { kernels } from "./kernels.ts";
import { plannerScale } from "./planner-scale.ts";
import type { RatioTable } from "./ratio.ts";
import { blocked, overhead } from "./strategies.ts";
import { formatTargets, markdownTargets, measureTargets, writeTargets } from "./targets.ts";

/** A benchmark: its rows are made of a label and what two things took, the second being the base. */
const BENCHMARKS = { kernels, overhead, blocked, planner: plannerScale };
const NAMES = ["targets", ...Object.keys(BENCHMARKS)];

const USAGE = `npm run bench -- [NAME…] [--json FILE] [--markdown]

Names: ${NAMES.join(", ")}; all of them if none is given.
--json FILE writes what targets found; --markdown prints its table as Markdown.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, markdown: { type: "boolean" }, help: { type: "boolean", short: "h" } },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const unknown = positionals.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: no ${unknown.join(", ")}; expected some of ${NAMES.join(", ")}\n`);
  process.exit(2);
}
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
if (values.json !== undefined && !wanted("targets")) {
  process.stderr.write("bench: --json writes what targets found; expected the name targets, or no name\n");
  process.exit(2);
}
if (wanted("targets")) {
  const report = await measureTargets();
  process.stdout.write(`${values.markdown ? markdownTargets(report) : formatTargets(report)}\n\n`);
  if (values.json !== undefined) writeTargets(report, values.json);
}
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (!wanted(name)) continue;
  process.stdout.write(`${ratioTable(await run())}\n\n`);
}

function ratioTable({ title, rows }: RatioTable): string {
  const cells = rows.map(({ label, ratio, low, high }) => [
    label,
    ratio.toFixed(2),
    `${low.toFixed(2)} – ${high.toFixed(2)}`,
  ]);
  return formatTable(
    [
      { heading: title, align: "left" },
      { heading: "ratio", align: "right" },
      { heading: "range", align: "left" },
    ],
    cells,
  );
}
