/** @file Results of a machine with known roofs: what the roofline is drawn from and judged against. */

import type { ExperimentConfigLike } from "../../analysis/config.ts";
import { strategyTraffic } from "../../src/cost/traffic.ts";
import {
  CALIBRATION_VERSION,
  type Calibration,
  type KernelCalibration,
  type SecondsGrid,
} from "../../src/planner/calibration.ts";
import type { Results } from "../../src/results/types.ts";
import { gridWidths, syntheticResults, variantOf } from "./synthetic-results.ts";

/** FMA a second at best, bytes a second, and seconds of a call. */
const MACHINE = {
  typed: { peak: 2e9, rate: 30e9, call: 4e-8 },
  wasm: { peak: 13e9, rate: 80e9, call: 8e-8 },
} as const;

const SIZES = [1, 4, 16, 64, 256, 1024];

/** Seconds of an operation under the roofs. */
function price(kernel: keyof typeof MACHINE, fma: number, bytes: number): number {
  const { peak, rate, call } = MACHINE[kernel];
  return call + Math.max(fma / peak, bytes / rate);
}

function calibrated(kernel: keyof typeof MACHINE): KernelCalibration {
  const pairs = SIZES.flatMap((m) => SIZES.map((n) => [m, n] as const));
  const grid = (seconds: number[]): SecondsGrid => ({ sizes: SIZES, seconds });
  const vectors = grid(pairs.map(([m, n]) => price(kernel, m * n, 8 * (m * n + m + n))));
  return {
    kernel,
    matvec: vectors,
    vecmat: vectors,
    scaleRows: grid(pairs.map(([m, n]) => price(kernel, m * n, 16 * m * n))),
    matmul: grid(
      pairs.flatMap(([m, k]) => SIZES.map((n) => price(kernel, m * k * n, 8 * (m * k + k * n + m * n)))),
    ),
    spread: 0.05,
    drift: 0.02,
  };
}

/** The calibration of that machine. */
export const ROOFLINE_CALIBRATION: Calibration = {
  version: CALIBRATION_VERSION,
  environment: "synthetic",
  measuredAt: "2026-11-24T05:00:00.000Z",
  kernels: [calibrated("typed"), calibrated("wasm")],
  memory: [
    { level: "L1", bytes: 2 ** 14, bytesPerSecond: 88e9, kernel: "wasm" },
    { level: "L2", bytes: 2 ** 19, bytesPerSecond: 80e9, kernel: "wasm" },
    { level: "L3", bytes: 2 ** 24, bytesPerSecond: 45e9, kernel: "wasm" },
    { level: "memory", bytes: 2 ** 27, bytesPerSecond: 12e9, kernel: "wasm" },
  ],
};

/** Sweeps of single seeds and of blocks that go as fast as those roofs allow. */
export const ROOFLINE_RESULTS: Results<ExperimentConfigLike> = {
  ...syntheticResults({
    widths: gridWidths([8, 64], [8, 64], [64, 256]),
    variants: [
      variantOf("forward", { label: "forward · typed" }),
      variantOf("forward", { kernel: "wasm", label: "forward · wasm" }),
      variantOf("forward-blocked", { kernel: "wasm", label: "forward-blocked[8] · wasm", blockSize: 8 }),
      variantOf("reverse-blocked", { kernel: "wasm", label: "reverse-blocked[8] · wasm", blockSize: 8 }),
    ],
    law: ({ widths, n, m }, variant) => {
      const { fma, bytes } = strategyTraffic(variant, widths)!;
      const kernel = variant.kernel as keyof typeof MACHINE;
      const products =
        ((variant.mode === "forward" ? n : m) / (variant.blockSize === 8 ? 8 : 1)) * (widths.length - 1);
      return price(kernel, fma, bytes) + (products - 1) * MACHINE[kernel].call;
    },
  }),
  calibration: ROOFLINE_CALIBRATION,
};
