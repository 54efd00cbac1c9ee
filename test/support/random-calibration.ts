/** @file Calibrations of machines that do not exist: of any prices, or of one price for each FMA. */

import type { KernelCalibration, SecondsGrid } from "../../src/planner/calibration.ts";
import { CALIBRATION_VERSION, type Calibration } from "../../src/planner/calibration.ts";
import { createRandom, type Random } from "../../src/random.ts";

const SIZES = [1, 8, 64];

function gridOf(axes: number, price: (at: readonly number[]) => number): SecondsGrid {
  const seconds = Array.from({ length: SIZES.length ** axes }, (_, index) =>
    price(
      Array.from(
        { length: axes },
        (_unused, axis) => SIZES[Math.floor(index / SIZES.length ** (axes - 1 - axis)) % SIZES.length]!,
      ),
    ),
  );
  return { sizes: SIZES, seconds };
}

function calibrationWith(price: (at: readonly number[]) => number, kernel: string): KernelCalibration {
  return {
    kernel,
    matmul: gridOf(3, price),
    matvec: gridOf(2, price),
    vecmat: gridOf(2, price),
    scaleRows: gridOf(2, price),
    spread: 0.1,
    drift: 0.02,
  };
}

/** Every operation costs what it likes, up to a factor of 100. */
export function randomCalibration(rngSeed: number): KernelCalibration {
  const random: Random = createRandom(rngSeed);
  return calibrationWith(() => 1e-6 * (0.01 + random.uniform()), "typed");
}

/** Every FMA costs the same. */
export function evenCalibration(secondsPerFma = 1e-9, kernel = "typed"): KernelCalibration {
  return calibrationWith((at) => secondsPerFma * at.reduce((product, size) => product * size, 1), kernel);
}

/** A whole calibration, as a file holds it. */
export function calibrationFile(environment: string, kernels = [evenCalibration()]): Calibration {
  return { version: CALIBRATION_VERSION, environment, measuredAt: "2026-11-24T05:00:00.000Z", kernels };
}
