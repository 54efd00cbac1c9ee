/** @file Results of known laws, among them at least one for each chart of the catalogue. */

import type { ExperimentConfigLike } from "../../analysis/config.ts";
import type { Results } from "../../src/results/types.ts";
import { gridWidths, syntheticResults, variantOf } from "./synthetic-results.ts";

type Named = Readonly<Record<string, Results<ExperimentConfigLike>>>;

const BLOCK_SIZES = [2, 8, "all"] as const;

/** Speed of a block against single products on the synthetic machine. */
const BLOCK_SPEED: Readonly<Record<string, number>> = { "2": 1.3, "8": 2.5, all: 1.9 };

const standard = syntheticResults({ secondsPerProduct: 5e-7 });

/** Result sets by name; a chart is drawn from the first that has what it wants. */
export const CHART_RESULTS = {
  standard,
  depth: syntheticResults({
    widths: [1, 2, 4, 8, 16].map((depth) => [12, ...Array<number>(depth - 1).fill(24), 5]),
    secondsPerProduct: 1e-7,
  }),
  isoSigma: syntheticResults({
    widths: [
      [32, 512, 16],
      [32, 112, 164, 16],
      [32, 32, 360, 32, 16],
      [32, 360, 32, 32, 16],
    ],
  }),
  twoKernels: syntheticResults({
    widths: gridWidths([3, 12], [4, 20], [8, 32]),
    variants: ["typed", "reference"].flatMap((kernel) => [
      variantOf("forward", { kernel, label: `forward · ${kernel}` }),
      variantOf("reverse", { kernel, label: `reverse · ${kernel}` }),
    ]),
  }),
  blocks: syntheticResults({
    widths: gridWidths([16, 64], [12, 48], [32]),
    variants: [
      variantOf("forward"),
      variantOf("reverse"),
      ...BLOCK_SIZES.flatMap((blockSize) => [
        variantOf("forward-blocked", { label: `forward-blocked[${blockSize}]`, blockSize }),
        variantOf("reverse-blocked", { label: `reverse-blocked[${blockSize}]`, blockSize }),
      ]),
    ],
    law: ({ n, m, sigma }, { mode, blockSize }) =>
      ((mode === "reverse" ? m : n) * 1e-9 * sigma) / (blockSize === null ? 1 : BLOCK_SPEED[blockSize]!),
  }),
  aa: syntheticResults({
    widths: [[8, 16, 4]],
    variants: [variantOf("forward", { label: "A" }), variantOf("forward", { label: "B" })],
    repetitions: 12,
    noise: { case: 0, process: 0.02, round: 0.03 },
  }),
  quick: syntheticResults({
    quick: true,
    rounds: 2,
    processes: 1,
    widths: gridWidths([3, 12], [4, 20], [8, 32]),
  }),
} as const satisfies Named;
