/** @file `npm run bench [NAME…]`: runs the benchmarks of this folder; each prints ratios within one run, never bare times. */

import { formatTable } from "../../src/cli/table.ts";
import { kernels } from "./kernels.ts";
import { plannerScale } from "./planner-scale.ts";
import { blocked, overhead } from "./strategies.ts";

/** A benchmark: its rows are made of a label and what two things took, the second being the base. */
const BENCHMARKS = { kernels, overhead, blocked, planner: plannerScale };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  process.stderr.write(
    `bench: no ${unknown.join(", ")}; expected some of ${Object.keys(BENCHMARKS).join(", ")}\n`,
  );
  process.exit(2);
}
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { title, rows } = await run();
  const cells = rows.map(({ label, ratio, low, high }) => [
    label,
    ratio.toFixed(2),
    `${low.toFixed(2)} – ${high.toFixed(2)}`,
  ]);
  const table = formatTable(
    [
      { heading: title, align: "left" },
      { heading: "ratio", align: "right" },
      { heading: "range", align: "left" },
    ],
    cells,
  );
  process.stdout.write(`${table}\n\n`);
}
