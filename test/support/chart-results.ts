/** @file Results of known laws, among them at least one for each chart of the catalogue. */

import type { ExperimentConfigLike } from "../../analysis/config.ts";
import type { Results } from "../../src/results/types.ts";
import { PEERS_RESULTS } from "./peers-results.ts";
import { BOTTLENECK_RESULTS, REGRET_RESULTS } from "./planner-results.ts";
import { ROOFLINE_RESULTS } from "./roofline-results.ts";
import { gridWidths, syntheticResults, variantOf } from "./synthetic-results.ts";

type Named = Readonly<Record<string, Results<ExperimentConfigLike>>>;

const BLOCK_SIZES = [2, 8, "all"] as const;

/** Speed of a block against single products on the synthetic machine. */
const BLOCK_SPEED: Readonly<Record<string, number>> = { "2": 1.3, "8": 2.5, all: 1.9 };

/** Time of a checkpointed sweep in times of one product, by snapshots. */
const CHECKPOINT_TIMES: Readonly<Record<string, number>> = { "1": 9, "2": 4.5, "4": 3.2, all: 3 };

const standard = syntheticResults({ secondsPerProduct: 5e-7 });

/** One experiment on several machines, each with its own law: as files of a class, put together. */
function severalMachines(): Results<ExperimentConfigLike> {
  const machines = ["Node", "Chrome 147", "Chrome 146", "Firefox 151", "Safari 26"].map((name, i) => {
    const one = syntheticResults({
      widths: gridWidths([4, 16], [4, 16], [16, 64]),
      secondsPerProduct: 2e-7 * i,
      rngSeed: 10 + i,
    });
    const environment = {
      ...one.environments[0]!,
      id: `machine-${i + 1}`,
      ...(name === "Node" ? {} : { runtime: "browser" as const, runtimeVersion: name, cpuModel: null }),
    };
    return { ...one, environments: [environment] };
  });
  return {
    ...machines[0]!,
    environments: machines.flatMap(({ environments }) => environments),
    measurements: machines.flatMap(({ environments, measurements }) =>
      measurements.map((one) => ({ ...one, machine: environments[0]!.id })),
    ),
  };
}

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
  cheapGradient: syntheticResults({
    widths: [
      [8, 8, 1],
      [8, 8, 8, 8, 1],
      [40, 40, 1],
      [40, 40, 40, 40, 1],
    ],
    variants: [
      variantOf("forward"),
      variantOf("forward", { label: "forward (recomputed)", linearisation: "recomputed" }),
      variantOf("reverse"),
      variantOf("reverse-parameters", { withRespectTo: "parameters" }),
    ],
    secondsValue: ({ sigma }) => 1e-9 * sigma,
    secondsPrepare: ({ sigma }, { linearisation }) => (linearisation === "recomputed" ? 0 : 1e-9 * sigma),
    law: ({ n, sigma }, { mode, linearisation, withRespectTo }) =>
      1e-9 *
      sigma *
      (mode === "reverse"
        ? withRespectTo === "parameters"
          ? 2
          : 1
        : linearisation === "recomputed"
          ? 2 * n
          : n),
  }),
  checkpoints: syntheticResults({
    widths: [[24, ...Array<number>(15).fill(24), 1]],
    variants: [
      variantOf("reverse"),
      ...([1, 2, 4, "all"] as const).map((snapshots) =>
        variantOf("reverse-checkpointed", { label: `reverse-checkpointed[${snapshots}]`, snapshots }),
      ),
      variantOf("forward"),
    ],
    config: { report: { time: "with-preparation" } },
    law: ({ n, sigma }, { mode, snapshots }) =>
      1e-9 * sigma * (mode === "forward" ? n : snapshots ? CHECKPOINT_TIMES[snapshots]! : 1),
    bytes: (_, { snapshots }) => 8 * 24 * (snapshots ? 4 + (snapshots === "all" ? 15 : snapshots) : 17),
  }),
  machines: severalMachines(),
  planner: REGRET_RESULTS,
  bottleneck: BOTTLENECK_RESULTS,
  peers: PEERS_RESULTS,
  roofline: ROOFLINE_RESULTS,
  quick: syntheticResults({
    quick: true,
    rounds: 2,
    processes: 1,
    widths: gridWidths([3, 12], [4, 20], [8, 32]),
  }),
} as const satisfies Named;
