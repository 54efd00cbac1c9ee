/** @file `node analysis/simulation/planner-chains.ts`: draws the chains that analysis/experiments/planner.json lists. */

import { createRandom } from "../../src/random.ts";

const CHAINS = 100;
const FACTORS = [2, 6] as const;
const WIDTHS = [4, 128] as const;

/**
 * Draws chains of dense layers: their number uniform from 2 to 6, each width uniform in its logarithm from 4 to 128.
 *
 * @param rngSeed - the same chains for the same number
 * @returns widths [n, …, m] of each, no two alike
 */
export function drawChains(rngSeed: number): number[][] {
  const random = createRandom(rngSeed);
  const width = (): number =>
    Math.round(WIDTHS[0] * Math.exp(random.uniform() * Math.log(WIDTHS[1] / WIDTHS[0])));
  const chains = new Map<string, number[]>();
  while (chains.size < CHAINS) {
    const widths = Array.from({ length: random.integer(...FACTORS) + 1 }, width);
    chains.set(widths.join("-"), widths);
  }
  return [...chains.values()];
}

if (import.meta.main) {
  process.stdout.write(
    `${drawChains(1)
      .map((widths) => `      [${widths.join(", ")}]`)
      .join(",\n")}\n`,
  );
}
