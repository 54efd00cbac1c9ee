/** @file Strategies against what they are made of: their overhead at small widths, and what blocks of seeds gain. */

import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { zeros } from "../../src/array.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { kernelById } from "../../src/kernels/index.ts";
import { createAllocator } from "../../src/memory.ts";
import { type RatioTable, timeRatio } from "./ratio.ts";

/** A strategy at width 8, over its bare matrix-vector products with the same kernel: 1 would be no overhead. */
export async function overhead(): Promise<RatioTable> {
  const width = 8;
  const depth = 3;
  const chain = buildChain({ widths: Array(depth + 1).fill(width), rngSeed: 1 });
  const x = randomPoint(width, 1);
  const kernel = kernelById("typed").create(createAllocator());
  const [A, v, y] = [zeros(width, width), randomPoint(width, 2), zeros(width)];
  const bare = (product: () => void) => () => {
    for (let i = 0; i < width * depth; i++) product();
    return y;
  };
  const matvec = bare(() => kernel.matvec(A, v, y));
  const vecmat = bare(() => kernel.vecmat(v, A, y));
  const rows = [
    await timeRatio("forward, 8-8-8-8", prepareJacobian(chain, x, { strategy: "forward" }).run, matvec),
    await timeRatio("reverse, 8-8-8-8", prepareJacobian(chain, x, { strategy: "reverse" }).run, vecmat),
  ];
  return { title: "seconds, over those of the bare products", rows };
}

/** Blocked strategies over plain ones on wider chains: below 1 is faster. */
export async function blocked(): Promise<RatioTable> {
  const rows = [];
  for (const [mode, widths] of [
    ["forward", [64, 128, 128, 32]],
    ["reverse", [32, 128, 128, 64]],
  ] as const) {
    const chain = buildChain({ widths: [...widths], rngSeed: 1 });
    const x = randomPoint(widths[0], 1);
    const plain = prepareJacobian(chain, x, { strategy: mode }).run;
    for (const blockSize of [4, 16, "all"] as const) {
      const block = prepareJacobian(chain, x, { strategy: `${mode}-blocked`, blockSize }).run;
      rows.push(await timeRatio(`${mode}-blocked[${blockSize}], ${widths.join("-")}`, block, plain));
    }
  }
  return { title: "seconds, over those of the plain strategy", rows };
}
