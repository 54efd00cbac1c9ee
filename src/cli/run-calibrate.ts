/** @file The work of `calibrate`. (N) */

import { kernelById } from "../kernels/index.ts";
import { calibrateKernel } from "../measure/calibrate.ts";
import { machineFingerprint } from "../measure/node-environment.ts";
import { CALIBRATION_VERSION, type Calibration, calibrationOf, secondsAt } from "../planner/calibration.ts";
import { storeCalibration, usableCalibration } from "./calibration-store.ts";
import { formatSeconds, formatTable } from "./table.ts";

/**
 * Calibrates kernels and stores what was found, beside that of other kernels of the same environment.
 *
 * @param kernels - ids
 * @param folder - the cache folder
 * @returns all that is stored now, and the file's path
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`, `ERR_FILE`
 */
export async function calibrateAndStore(
  kernels: readonly string[],
  folder: string,
): Promise<{ calibration: Calibration; path: string }> {
  for (const kernel of kernels) kernelById(kernel);
  const environment = await machineFingerprint();
  const stored = usableCalibration(folder);
  const kept = stored?.environment === environment ? stored.kernels : [];
  const fresh = kernels.map((kernel) => calibrateKernel(kernel, 1, showProgress(kernel)));
  const calibration: Calibration = {
    version: CALIBRATION_VERSION,
    environment,
    measuredAt: new Date().toISOString(),
    kernels: [...kept.filter(({ kernel }) => !kernels.includes(kernel)), ...fresh],
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
  return `${table}\n\nWritten to ${path}`;
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
