/** @file `node test/bench/planner-scale.ts [LENGTH…]`: seconds that the planner takes for long random chains. For reading, not for tests. */

import { planChain } from "../../src/planner/chain-product.ts";
import { denseElemental } from "../../src/planner/elemental.ts";
import { createRandom } from "../../src/random.ts";

const lengths = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [500, 2000];
for (const length of lengths) {
  const random = createRandom(1);
  const widths = Array.from({ length: length + 1 }, () => random.integer(1, 50));
  const elementals = widths
    .slice(1)
    .map((m, i) => denseElemental({ n: widths[i]!, m, edges: random.integer(1000, 10_000) }));
  const whole = elementals.reduce((sum, { tape }) => sum + tape, 0);
  for (const [name, memory] of [
    ["no memory bound", Infinity],
    ["tape of a tenth", whole / 10],
  ] as const) {
    const start = performance.now();
    const { fma } = planChain(elementals, { memory });
    const seconds = (performance.now() - start) / 1000;
    process.stdout.write(`${length} factors, ${name}: ${seconds.toFixed(2)} s, optimum ${fma} FMA\n`);
  }
}
