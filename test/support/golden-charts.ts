/** @file The stored pictures of charts: which they are, how they are drawn, and how they are drawn anew. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { CHARTS } from "../../analysis/charts/index.ts";
import type { AnyResults } from "../../analysis/config.ts";
import { renderSpec } from "../../analysis/render/render-spec.ts";
import { CHART_RESULTS } from "./chart-results.ts";
import { REPOSITORY } from "./run-command.ts";

/** Where the pictures are. */
export const GOLDEN_FOLDER = join(REPOSITORY, "test/golden/charts");

/** px of a picture for one px of the chart: small files in which text can still be read. */
const SCALE = { page: 0.52, slide: 0.4, column: 0.9 } as const;

/** Every chart on a light page; two on a dark slide and in a column as well. */
export const GOLDENS = [
  ...CHARTS.map((chart) => ({ chart, size: "page" as const, theme: "light" as const })),
  ...["scaling", "ratio"].flatMap((id) => {
    const chart = CHARTS.find((one) => one.id === id)!;
    return [
      { chart, size: "slide" as const, theme: "dark" as const },
      { chart, size: "column" as const, theme: "light" as const },
    ];
  }),
].map((golden) => ({ ...golden, name: `${golden.chart.id}-${golden.size}-${golden.theme}.png` }));

/** One stored picture. */
export type Golden = (typeof GOLDENS)[number];

/** Draws one of them as it is now, or of other results. */
export function drawGolden(
  { chart, size, theme }: Golden,
  results: AnyResults = Object.values(CHART_RESULTS).find((one) => chart.wants(one) === null)!,
): Promise<Uint8Array> {
  return renderSpec(chart.draw(results, { size, theme }), "png", { id: chart.id, scale: SCALE[size] });
}

/** Stores all pictures as they are drawn now: `npm run golden`. Look at them before you commit. */
async function refresh(): Promise<void> {
  mkdirSync(GOLDEN_FOLDER, { recursive: true });
  for (const golden of GOLDENS) {
    const picture = PNG.sync.read(Buffer.from(await drawGolden(golden)));
    const bytes = PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 });
    writeFileSync(join(GOLDEN_FOLDER, golden.name), bytes);
    console.log(`${golden.name}: ${bytes.length} bytes`);
  }
}

if (import.meta.main) await refresh();
