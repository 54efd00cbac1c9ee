/** @file Targets of the strategies: how near they come to the bare products of the same kernel. */

import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { freshProduct, PRODUCTS, readyKernel } from "./kernel-operands.ts";
import { inRounds, ratioRow, type TargetRow, work } from "./rounds.ts";

/** Blocked sweeps: the width of their chain, and how near they come to the bare products at least. */
export const BLOCKED = { width: 256, least: 0.9 } as const;

/** Single products: layers and width of their chain, and how many times the bare products' seconds they take at most. */
export const OVERHEAD = { layers: 4, width: 8, most: 3 } as const;

const LAYERS = OVERHEAD.layers;
const NARROW = OVERHEAD.width;

/**
 * Blocked sweeps over a chain of four layers of width 256 with tanh between them, all seeds at once: FMA a second over
 * those of a bare product of two matrices of that width.
 */
export async function blockedTargets(): Promise<TargetRow[]> {
  const chain = buildChain({ widths: Array(LAYERS + 1).fill(BLOCKED.width), activation: "tanh", rngSeed: 1 });
  const x = randomPoint(BLOCKED.width, 1);
  const rows: TargetRow[] = [];
  for (const kernel of ["typed", "wasm", "openblas"]) {
    const ready = readyKernel(kernel);
    const target = { kind: "least", value: BLOCKED.least } as const;
    const label = (mode: string): string => `${mode}-blocked ${BLOCKED.width} / matmul, ${kernel}`;
    if (typeof ready === "string") {
      rows.push(...["forward", "reverse"].map((mode) => ({ label: label(mode), target, missing: ready })));
      continue;
    }
    const prepared = (mode: string) =>
      prepareJacobian(chain, x, { strategy: `${mode}-blocked`, blockSize: "all", kernel });
    const [forward, reverse] = [prepared("forward"), prepared("reverse")];
    const seconds = await inRounds({
      bare: freshProduct(ready, "matmul", BLOCKED.width),
      forward: work(forward.run),
      reverse: work(reverse.run),
    });
    for (const [mode, { prediction }] of [
      ["forward", forward],
      ["reverse", reverse],
    ] as const) {
      const ideal = seconds.bare!.map((bare) => (bare * prediction.fma) / BLOCKED.width ** 3);
      rows.push(ratioRow(label(mode), target, ideal, seconds[mode]!));
    }
  }
  return rows;
}

/** One JVP and one VJP through four layers of width 8 with tanh between them, over the four bare products. */
export async function overheadTargets(): Promise<TargetRow[]> {
  const chain = buildChain({ widths: Array(LAYERS + 1).fill(NARROW), activation: "tanh", rngSeed: 1 });
  const x = randomPoint(NARROW, 1);
  const target = { kind: "most", value: OVERHEAD.most } as const;
  const pairs = [
    ["JVP", "forward", "matvec"],
    ["VJP", "reverse", "vecmat"],
  ] as const;
  const ready = readyKernel("wasm");
  const rows: TargetRow[] = [];
  for (const [product, strategy, operation] of pairs) {
    const label = `one ${product} at ${NARROW} / ${LAYERS} bare products, wasm`;
    if (typeof ready === "string") {
      rows.push({ label, target, missing: ready });
      continue;
    }
    const bare = PRODUCTS[operation](ready, NARROW);
    const seconds = await inRounds({
      sweep: work(prepareJacobian(chain, x, { strategy, kernel: "wasm" }).run),
      // The sweep does as many products as there are seeds.
      bare: work(() => {
        for (let i = 1; i < LAYERS * NARROW; i++) bare();
        return bare();
      }),
    });
    rows.push(ratioRow(label, target, seconds.sweep!, seconds.bare!));
  }
  return rows;
}
