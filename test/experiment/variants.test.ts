/** @file Variants that minimize time: their labels, records, and the calibration that each kernel needs. */

import { expect, test } from "vitest";
import { parseConfig } from "../../src/experiment/load-config.ts";
import { calibratedKernels, expandVariants } from "../../src/experiment/variants.ts";
import { calibrationFile, evenCalibration } from "../support/random-calibration.ts";
import { tinyConfig } from "../support/sweep.ts";

const choice = (changes: object) => parseConfig(tinyConfig(changes), "f");
const timed = { strategy: "optimal", minimize: "time" };

test("labels say what is minimized, and what is read only where that is a choice", () => {
  const { strategies, ...rest } = choice({
    strategies: [
      "optimal",
      { strategy: "forward", unitSeeds: "read" },
      timed,
      { ...timed, label: "fastest" },
      "product-left-to-right",
    ],
  });
  const variants = expandVariants({ strategies, ...rest }, "f", calibrationFile("here"));
  expect(variants.map(({ record }) => record.label)).toEqual([
    "optimal",
    "forward (read)",
    "optimal (time)",
    "fastest",
    "product-left-to-right",
  ]);
  expect(variants.map(({ record }) => record.minimize)).toEqual([
    undefined,
    undefined,
    "time",
    "time",
    undefined,
  ]);
  expect(variants.map(({ record }) => record.unitSeeds)).toEqual(["read", "read", "read", "read", "read"]);
  expect(variants[0]!.options.calibration).toBeNull();
  expect(variants[2]!.options).toMatchObject({ minimize: "time", calibration: evenCalibration() });
});

test("each kernel plans by its own calibration", () => {
  const both = choice({ strategies: [timed], kernels: ["typed", "reference"] });
  expect(calibratedKernels(both)).toEqual(["typed", "reference"]);
  expect(calibratedKernels(choice({ strategies: ["optimal", "forward"] }))).toEqual([]);
  const kernels = [evenCalibration(1e-9, "typed"), evenCalibration(5e-9, "reference")];
  const variants = expandVariants(both, "f", calibrationFile("here", kernels));
  expect(variants.map(({ options }) => options.calibration?.kernel)).toEqual(["typed", "reference"]);
  expect(() => expandVariants(both, "f", calibrationFile("here"))).toThrow(/strategies\[0\].*"reference"/);
});

test("without a calibration, or on another strategy, it is refused", () => {
  expect(() => expandVariants(choice({ strategies: [timed] }), "f")).toThrow(
    /f: \$\.strategies\[0\].*not calibrated; run jacobench calibrate/,
  );
  const wrong = choice({ strategies: [{ strategy: "forward", minimize: "time" }] });
  expect(() => expandVariants(wrong, "f", calibrationFile("here"))).toThrow(
    /"forward": has no option minimize/,
  );
});

test("threads are a choice of the variant: in its label and record where there are several, refused where a kernel has one", () => {
  const strategies = ["forward-blocked", { strategy: "forward-blocked", blockSize: 8, threads: 2 }];
  const variants = expandVariants(choice({ strategies, kernels: ["wasm"] }), "f");
  expect(variants.map(({ record }) => [record.label, record.threads])).toEqual([
    ["forward-blocked[16]", undefined],
    ["forward-blocked[8] (2 threads)", 2],
  ]);
  expect(() => expandVariants(choice({ strategies }), "f")).toThrow(
    'f: $.strategies[1]: kernel "typed": computes in one thread, but threads is 2; expected the kernel "wasm", or threads 1',
  );
  expect(() => choice({ strategies: [{ strategy: "forward-blocked", threads: 0 }] })).toThrow(
    /threads: found 0; expected an integer from 1 to 64/,
  );
});
