/** @file Each chart as a picture, compared with the stored one; draw anew with `npm run golden`, and look. */

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { expect, it } from "vitest";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { drawGolden, GOLDEN_FOLDER, GOLDENS } from "../support/golden-charts.ts";

/**
 * Share of pixels that may differ visibly. Pictures were alike to the pixel wherever they were drawn; a single point
 * that has moved is more than this.
 */
const TOLERANCE = 0.0001;

function share(stored: PNG, drawn: PNG, difference: PNG | null = null): number {
  const { width, height } = stored;
  const data = difference === null ? undefined : difference.data;
  return pixelmatch(stored.data, drawn.data, data, width, height, { threshold: 0.1 }) / (width * height);
}

it.each(GOLDENS)("$name", async (golden) => {
  const file = join(GOLDEN_FOLDER, golden.name);
  expect(existsSync(file), `no stored picture ${golden.name}: npm run golden`).toBe(true);
  const stored = PNG.sync.read(readFileSync(file));
  const drawn = PNG.sync.read(Buffer.from(await drawGolden(golden)));
  expect([drawn.width, drawn.height]).toEqual([stored.width, stored.height]);
  const difference = new PNG({ width: stored.width, height: stored.height });
  const changed = share(stored, drawn, difference);
  const seen = join(tmpdir(), `jacobench-difference-${golden.name}`);
  if (changed > TOLERANCE) writeFileSync(seen, PNG.sync.write(difference));
  expect(
    changed,
    `${golden.name} has changed, see ${seen}; if it is better so: npm run golden`,
  ).toBeLessThanOrEqual(TOLERANCE);
});

it("a single point that moves by a tenth is seen", async () => {
  const golden = GOLDENS.find(({ name }) => name === "memory-page-light.png")!;
  const stored = PNG.sync.read(readFileSync(join(GOLDEN_FOLDER, golden.name)));
  const { costs, ...rest } = CHART_RESULTS.standard;
  const middle = Math.floor(costs.length / 2);
  const moved = costs.map((cost, i) =>
    i === middle ? { ...cost, bytesCounted: 1.1 * cost.bytesCounted } : cost,
  );
  const drawn = PNG.sync.read(Buffer.from(await drawGolden(golden, { ...rest, costs: moved })));
  expect(share(stored, drawn)).toBeGreaterThan(TOLERANCE);
});

it("every stored picture belongs to a chart and is small", () => {
  const files = readdirSync(GOLDEN_FOLDER);
  expect(files.sort()).toEqual(GOLDENS.map(({ name }) => name).sort());
  for (const file of files) expect(statSync(join(GOLDEN_FOLDER, file)).size).toBeLessThanOrEqual(40 * 1024);
});
