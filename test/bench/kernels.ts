/** @file Every kernel against the reference kernel, by operation and size. */

import { usableKernels } from "../../src/kernels/index.ts";
import { PRODUCTS, type ProductName, type Ready, readyKernel } from "./kernel-operands.ts";
import { type RatioTable, timeRatio } from "./ratio.ts";

/** Seconds of each kernel over seconds of the reference: below 1 is faster. */
export async function kernels(): Promise<RatioTable> {
  const rows = [];
  for (const { id } of usableKernels().filter((factory) => factory.id !== "reference")) {
    for (const name of Object.keys(PRODUCTS) as ProductName[]) {
      for (const size of [8, 64]) {
        const [kernel, reference] = [id, "reference"].map((each) => readyKernel(each) as Ready);
        const label = `${id}, ${name}, ${size} × ${size}`;
        const [work, base] = [PRODUCTS[name](kernel!, size), PRODUCTS[name](reference!, size)];
        rows.push(await timeRatio(label, work, base));
        kernel!.release();
      }
    }
  }
  return { title: "seconds, over those of the reference kernel", rows };
}
