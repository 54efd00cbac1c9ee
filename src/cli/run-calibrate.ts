/** @file The work of `calibrate`. (N) */

import { expectUsable } from "../kernels/index.ts";
import { calibrateKernel } from "../measure/calibrate.ts";
import { readCacheBytes } from "../measure/cpu-caches.ts";
import { measureMemoryRates } from "../measure/memory-rates.ts";
import { machineFingerprint } from "../measure/node-environment.ts";
import {
  CALIBRATION_VERSION,
  type Calibration,
  calibrationOf,
  type MemoryRate,
  peakFmaPerSecond,
  secondsAt,
} from "../planner/calibration.ts";
import { storeCalibration, usableCalibration } from "./calibration-store.ts";
import { formatBytes, formatSeconds, formatTable } from "./table.ts";

/**
 * Calibrates kernels and memory and stores what was found, beside that of other kernels of the same environment.
 *
 * @param kernels - ids
 * @param folder - the cache folder
 * @returns all that is stored now, and the file's path
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`, `ERR_ABSENT`, `ERR_FILE`
 */
export async function calibrateAndStore(
  kernels: readonly string[],
  folder: string,
): Promise<{ calibration: Calibration; path: string }> {
  expectUsable(kernels);
  const environment = await machineFingerprint();
  const stored = usableCalibration(folder);
  const kept = stored?.environment === environment ? stored.kernels : [];
  const fresh = kernels.map((kernel) => calibrateKernel(kernel, 1, showProgress(kernel)));
  const memory = measureMemoryRates(readCacheBytes(), showProgress("memory"));
  const calibration: Calibration = {
    version: CALIBRATION_VERSION,
    environment,
    measuredAt: new Date().toISOString(),
    kernels: [...kept.filter(({ kernel }) => !kernels.includes(kernel)), ...fresh],
    memory,
  };
  return { calibration, path: storeCalibration(calibration, folder) };
}

/**
 * The work of the command.
 *
 * @param kernels - ids
 * @param folder - the cache folder
 * @returns a table of some rates, and where the file is
 * @throws {JacobenchError} as {@link calibrateAndStore}
 */
export async function calibrateCommand(kernels: readonly string[], folder: string): Promise<string> {
  const { calibration, path } = await calibrateAndStore(kernels, folder);
  const fresh = kernels.map((kernel) => calibrationOf(calibration, kernel));
  const rate = (seconds: number, fma: number): string => `${(fma / seconds / 1e9).toPrecision(3)}`;
  const rows = fresh.flatMap((one) =>
    [8, 64, 256].map((width) => [
      one.kernel,
      String(width),
      formatSeconds(secondsAt(one.matvec, [width, width])),
      rate(secondsAt(one.matvec, [width, width]), width ** 2),
      rate(secondsAt(one.vecmat, [width, width]), width ** 2),
      rate(secondsAt(one.matmul, [width, width, width]), width ** 3),
      `±${(100 * (Math.exp(one.spread) - 1)).toFixed(0)} %`,
    ]),
  );
  const headings = ["kernel", "width", "matvec", "GFMA/s", "transposed", "matmul", "spread"];
  const table = formatTable(
    headings.map((heading, i) => ({ heading, align: i === 0 ? "left" : "right" })),
    rows,
  );
  const peaks = fresh.map((one) => `${one.kernel} ${rate(1, peakFmaPerSecond(one))}`);
  return [
    table,
    `Peak of any shape, GFMA/s: ${peaks.join(", ")}`,
    memoryTable(calibration.memory ?? []),
    `Written to ${path}`,
  ].join("\n\n");
}

/** What one core reads a second from each level of memory. */
function memoryTable(rates: readonly MemoryRate[]): string {
  return formatTable(
    ["read from", "bytes read", "GB/s", "by"].map((heading, i) => ({
      heading,
      align: i === 1 || i === 2 ? "right" : "left",
    })),
    rates.map(({ level, bytes, bytesPerSecond, kernel }) => [
      level,
      formatBytes(bytes),
      (bytesPerSecond / 1e9).toPrecision(3),
      kernel,
    ]),
  );
}

/** Progress on a terminal; silent elsewhere. */
function showProgress(kernel: string): (done: number) => void {
  if (process.stderr.isTTY !== true) return () => {};
  let shown = -1;
  return (done) => {
    const percent = Math.floor(100 * done);
    if (percent === shown) return;
    shown = percent;
    process.stderr.write(percent === 100 ? "\r\u001b[K" : `\rcalibrating ${kernel}: ${percent} %`);
  };
}
