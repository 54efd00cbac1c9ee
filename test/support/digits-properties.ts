/** @file The properties that results keep their digits, for a number of draws: few in `npm test`, many in the integration tests. */

import { expect } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { entries, toRows, vector, zeros } from "../../src/array.ts";
import type { LayerKind } from "../../src/chain/shape.ts";
import { SILENT } from "../../src/cost/operation.ts";
import { createCountingKernel } from "../../src/kernels/counting.ts";
import { usableKernels } from "../../src/kernels/index.ts";
import { createWorkspace } from "../../src/kernels/types.ts";
import { preparePullThrough, preparePushThrough } from "../../src/linear-map/compose.ts";
import type { Workspace } from "../../src/linear-map/types.ts";
import { createAllocator } from "../../src/memory.ts";
import { createRandom } from "../../src/random.ts";
import { COMPLEX_STEP } from "../../src/strategies/complex-step.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import { lineariseOnce } from "../../src/strategies/linearise.ts";
import { type BigNumber, exactly, sumOf } from "./arbitrary-precision.ts";
import { factorsOf, pushExactly, sizeOf } from "./chain-digits.ts";
import { type DigitsCase, drawDigitsCase, type Truth } from "./layer-digits.ts";
import { jacobiansOf, valuesOf, type Way } from "./layer-ways.ts";
import { drawChain, uniformVector } from "./random-chains.ts";

const SMALLEST = 5e-324;
/** From here on float64 rounds to infinity. */
const LARGEST = exactly(Number.MAX_VALUE).plus(exactly(2 ** 970));

/** All kernels that can be had here, the counting one too. */
export function workspaces(): Workspace[] {
  return [
    ...usableKernels().map(createWorkspace),
    { kernel: createCountingKernel(), allocator: createAllocator() },
  ];
}

/**
 * Holds the values and Jacobians of one kind of layer, over the whole range of float64, against arbitrary precision.
 *
 * @param kind - of the layers
 * @param draws - how many layers and points
 * @param rngSeed - of the draws
 */
export function expectDigits(kind: LayerKind, draws: number, rngSeed: number): void {
  const random = createRandom(rngSeed);
  for (let draw = 0; draw < draws; draw++) {
    const drawn = drawDigitsCase(kind, random);
    for (const workspace of workspaces()) {
      const on = (way: Way): string =>
        `${drawn.name} [${entries(drawn.x)}], ${way.name} on ${workspace.kernel.id}`;
      for (const way of valuesOf(drawn.layer, drawn.x, workspace))
        expectEntries(way, drawn.y, drawn, on(way));
      for (const way of jacobiansOf(drawn.layer, drawn.x, workspace)) {
        expectEntries(way, drawn.jacobian.flat(), drawn, on(way));
      }
    }
  }
}

function expectEntries(way: Way, truths: readonly Truth[], drawn: DigitsCase, where: string): void {
  const actual = entries(way.result);
  expect(actual.length, where).toBe(truths.length);
  const { relative, smallest } = drawn;
  // The imaginary part is COMPLEX_STEP times the derivative, and below the normal range so much sooner.
  const coarser = way.isComplex ? 1 / COMPLEX_STEP : 1;
  for (const [i, { value, size }] of truths.entries()) {
    const found = actual[i]!;
    if (value.abs().greaterThan(LARGEST)) {
      expect(found, where).toBe(value.isNegative() ? -Infinity : Infinity);
      continue;
    }
    if (!Number.isFinite(found))
      expect.fail(`${where}: entry ${i} is ${found} instead of ${value.toString().slice(0, 25)}`);
    const error = exactly(found).minus(value).abs();
    const allowed = size
      .times(way.isComplex ? Math.max(relative, 1e-15) : relative)
      .plus(smallest * coarser * SMALLEST);
    if (error.greaterThan(allowed)) {
      expect.fail(`${where}: entry ${i} is ${found} instead of ${value.toPrecision(20)}`);
    }
  }
}

/** Rounding below the normal range is not relative to anything; a chain may enlarge it, by far less than this. */
const BELOW_NORMAL = 1e-280;

/**
 * Holds JVPs, VJPs and the Jacobians of all exact strategies of random chains against the exact product of the layers'
 * float64 Jacobians: the error of ūᵀ·J·v is at most 8·K·max(d)·2⁻⁵³·|ū|ᵀ·|J_K|⋯|J_1|·|v|.
 *
 * @param draws - how many chains and points
 * @param rngSeed - of the draws
 */
export function expectChainDigits(draws: number, rngSeed: number): void {
  const random = createRandom(rngSeed);
  for (let draw = 0; draw < draws; draw++) {
    const drawn = drawChain(random.integer(1, 1e9), random.integer(1, 6), random.integer(1, 6), 6);
    const { chain } = drawn;
    // From ordinary points to those that saturate.
    const scale = 10 ** (2 * random.uniform());
    const x = vector(entries(drawn.x).map((value) => scale * value));
    const [u, v] = [uniformVector(chain.m, random), uniformVector(chain.n, random)];
    for (const workspace of workspaces()) {
      const { maps } = lineariseOnce(chain, x, { ...workspace, observer: SILENT });
      const factors = factorsOf(maps, workspace);
      const product = (of: (entry: BigNumber) => BigNumber): BigNumber =>
        dot(
          entries(u).map((entry) => of(exactly(entry))),
          pushExactly(factors, entries(v).map(exactly), of),
        );
      const truth = product((entry) => entry);
      const size = product((entry) => entry.abs());
      const { count, widest } = sizeOf(chain.layers);
      const allowed = size.times(8 * count * widest * 2 ** -53).plus(BELOW_NORMAL);
      const expectClose = (actual: BigNumber, way: string): void => {
        if (!actual.minus(truth).abs().greaterThan(allowed)) return;
        const kinds = chain.layers.map(({ kind }) => kind).join(" ");
        expect.fail(
          `${way} on ${workspace.kernel.id}, ${kinds}: ${actual.toPrecision(20)}, not ${truth.toPrecision(20)}`,
        );
      };
      const [y, w] = [zeros(chain.m), zeros(chain.n)];
      preparePushThrough(maps, workspace, null)(v, y);
      preparePullThrough(maps, workspace, null)(u, w);
      const bigU = entries(u).map(exactly);
      const bigV = entries(v).map(exactly);
      expectClose(dot(bigU, entries(y).map(exactly)), "JVP");
      expectClose(dot(entries(w).map(exactly), bigV), "VJP");
      if (workspace.kernel.id === "counting") continue;
      for (const { id } of EXACT) {
        const J = prepareJacobian(chain, x, { strategy: id, kernel: workspace.kernel.id }).run();
        const rows = toRows(J).map((row) => dot(row.map(exactly), bigV));
        expectClose(dot(bigU, rows), id);
      }
    }
  }
}

/** Strategies whose error is that of products alone; the complex step evaluates the layers anew, at points rounded anew. */
const EXACT = STRATEGIES.filter(
  ({ id, withRespectTo, relativeTolerance }) =>
    withRespectTo === "input" && relativeTolerance <= 1e-10 && id !== "complex-step",
);

function dot(a: readonly BigNumber[], b: readonly BigNumber[]): BigNumber {
  return sumOf(a.map((entry, i) => entry.times(b[i]!)));
}
