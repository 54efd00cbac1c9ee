/** @file Bytes that the products of a sweep move, in closed form: with the FMA they give its arithmetic intensity. */

import { FLOAT64_BYTES } from "../array.ts";

/** The products of a sweep through dense layers. */
export type SweepTraffic = {
  /** FMA of the products through dense layers. */
  readonly fma: number;
  /** Bytes of their operands. */
  readonly bytes: number;
};

/**
 * FMA and bytes of S seeds that go through dense layers in blocks of b. Every product reads its weights once and its
 * vectors once and writes its result once: so weights are read once a seed for single seeds, once a block for blocks,
 *
 *     bytes = 8 · ( ⌈S/b⌉ · Σ + S · Σ_i (d_{i−1} + d_i) ),   FMA = S · Σ,   Σ = Σ_i d_{i−1}·d_i over the layers.
 *
 * For single seeds and wide layers that is 1/8 FMA a byte, for blocks about b/8 while b is small against the widths.
 * It is the traffic if nothing stays in a cache; weights that stay there move less from memory, and the sweep lies above
 * the line that memory's rate draws. (S. Williams, A. Waterman, D. Patterson, Roofline, CACM 52, 2009, count the same
 * way, in floating-point operations: two an FMA.)
 *
 * @param widths - d_0, …, d_K: those of the layers that the seeds go through
 * @param seeds - S, n for tangents and m for cotangents
 * @param blockSize - b; 1 for single seeds
 */
export function sweepTraffic(widths: readonly number[], seeds: number, blockSize: number): SweepTraffic {
  let sigma = 0;
  let ends = 0;
  for (let i = 1; i < widths.length; i++) {
    sigma += widths[i - 1]! * widths[i]!;
    ends += widths[i - 1]! + widths[i]!;
  }
  const blocks = Math.ceil(seeds / blockSize);
  return { fma: seeds * sigma, bytes: FLOAT64_BYTES * (blocks * sigma + seeds * ends) };
}

/** What decides the traffic of a strategy; the fields are those of a variant's record. */
export type SweepChoice = {
  readonly strategy: string;
  readonly blockSize: number | "all" | null;
  readonly linearisation: "shared" | "recomputed";
  readonly unitSeeds: "dense" | "read";
};

/**
 * {@link sweepTraffic} of a strategy on a chain of dense layers (elementwise ones between them are left out: their few
 * operations work on vectors that the products have just written). Read unit seeds skip the first product; so do the
 * products from the right and from the left, which are blocks of all n or all m seeds.
 *
 * @param choice - strategy and options
 * @param widths - d_0 = n, …, d_K = m
 * @returns null for strategies of another form (plans, finite differences, checkpointed and recomputed sweeps,
 *   parameters), and where no product is left
 */
export function strategyTraffic(choice: SweepChoice, widths: readonly number[]): SweepTraffic | null {
  if (choice.linearisation === "recomputed") return null;
  const sweep = SWEEPS[choice.strategy];
  if (sweep === undefined) return null;
  const reads = sweep.always === "read" || choice.unitSeeds === "read";
  const seeds = sweep.mode === "forward" ? widths[0]! : widths.at(-1)!;
  const left = !reads ? widths : sweep.mode === "forward" ? widths.slice(1) : widths.slice(0, -1);
  if (left.length < 2) return null;
  const { blockSize } = choice;
  const block =
    sweep.blocks === "one" ? 1 : sweep.blocks === "all" || blockSize === "all" ? seeds : blockSize;
  return block === null ? null : sweepTraffic(left, seeds, Math.min(block, seeds));
}

const SWEEPS: Readonly<
  Record<string, { mode: "forward" | "reverse"; blocks: "one" | "some" | "all"; always?: "read" } | undefined>
> = {
  forward: { mode: "forward", blocks: "one" },
  reverse: { mode: "reverse", blocks: "one" },
  "forward-blocked": { mode: "forward", blocks: "some" },
  "reverse-blocked": { mode: "reverse", blocks: "some" },
  "product-right-to-left": { mode: "forward", blocks: "all", always: "read" },
  "product-left-to-right": { mode: "reverse", blocks: "all", always: "read" },
};
