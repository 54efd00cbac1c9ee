/** @file The planner on long random chains: how its time grows from 500 to 2,000 factors, beside the p³ that is expected. */

import { planChain } from "../../src/planner/chain-product.ts";
import { denseElemental, type Elemental } from "../../src/planner/elemental.ts";
import { createRandom } from "../../src/random.ts";
import { median } from "../../src/statistics/quantile.ts";
import type { RatioTable } from "./ratio.ts";

const SHORT = 500;
const LONG = 2000;
const ROUNDS = 3;

/** A random chain; the same for the same length. */
function chainOf(length: number): Elemental[] {
  const random = createRandom(1);
  const widths = Array.from({ length: length + 1 }, () => random.integer(1, 50));
  return widths
    .slice(1)
    .map((m, i) => denseElemental({ n: widths[i]!, m, edges: random.integer(1000, 10_000) }));
}

function secondsOf(elementals: readonly Elemental[], memory: number): number {
  const start = performance.now();
  planChain(elementals, { memory });
  return (performance.now() - start) / 1000;
}

/** Time for 2,000 factors over that for 500, with and without a bound on memory; labels hold the seconds. */
export function plannerScale(): Promise<RatioTable> {
  const bounds = [
    ["no memory bound", () => Infinity],
    ["tape of a tenth", (chain: readonly Elemental[]) => chain.reduce((sum, { tape }) => sum + tape, 0) / 10],
  ] as const;
  const [short, long] = [chainOf(SHORT), chainOf(LONG)];
  secondsOf(short, Infinity); // compiles
  const rows = bounds.map(([name, memoryOf]) => {
    const rounds = Array.from({ length: ROUNDS }, () => {
      const base = median([1, 2, 3].map(() => secondsOf(short, memoryOf(short))));
      return { base, seconds: secondsOf(long, memoryOf(long)) };
    });
    const ratios = rounds.map(({ base, seconds }) => seconds / base);
    const [few, many] = (["base", "seconds"] as const).map((key) =>
      median(rounds.map((round) => round[key])).toPrecision(2),
    );
    return {
      label: `${name}: ${LONG} factors (${many} s) / ${SHORT} (${few} s)`,
      ratio: median(ratios),
      low: Math.min(...ratios),
      high: Math.max(...ratios),
    };
  });
  const expected = (LONG / SHORT) ** 3;
  return Promise.resolve({ title: `planner, O(p³) would be ${expected}`, rows });
}
