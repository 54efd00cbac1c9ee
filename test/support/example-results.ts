/** @file Small made-up results of one case and two variants, for tests of what stores and merges them. */

import type { Environment, Measurement, Results } from "../../src/results/types.ts";

/** An environment with a given id. */
export function exampleEnvironment(id = "m1"): Environment {
  return {
    id,
    runtime: "node",
    runtimeVersion: "24.21.0",
    v8: "13.6",
    os: "Linux 6",
    architecture: "x64",
    cpuModel: "Example CPU",
    cores: 2,
    memoryBytes: 2 ** 33,
    cacheBytes: { l1: 32768, l2: null, l3: null },
    clockResolutionSeconds: 1e-9,
    packages: { jacobench: "0.1.0" },
    gitCommit: "0123456789abcdef0123456789abcdef01234567",
    startedAt: "2026-11-24T00:00:00.000Z",
    finishedAt: null,
    loadAtStart: 0.1,
    loadAtEnd: null,
  };
}

/** One measurement; later arguments override. */
export function exampleMeasurement(changes: Partial<Measurement> = {}): Measurement {
  return {
    case: "3-5-2",
    variant: "forward",
    machine: "m1",
    role: "main",
    repetition: 0,
    process: 0,
    round: 0,
    secondsPrepare: 1e-7,
    samples: [1e-6, 1.1e-6],
    runsPerSample: 1000,
    maxAbsError: 1e-17,
    maxAbsReference: 0.5,
    warnings: [],
    ...changes,
  };
}

/** Results of two rounds, one a process. */
export function exampleResults(): Results<{ rngSeed: number }> {
  const variant = (label: "forward" | "reverse") => ({
    label,
    strategy: label,
    mode: label,
    kernel: "typed",
    blockSize: null,
    linearisation: "shared" as const,
    unitSeeds: "dense" as const,
    withRespectTo: "input" as const,
  });
  const cost = (name: string, fma: number) => ({
    case: "3-5-2",
    variant: name,
    fmaPredicted: fma,
    fmaCounted: fma,
    primalEvaluations: 1,
    primalFmaPredicted: 25,
    primalFmaCounted: 25,
    timedPrimalFma: 0,
    bytesPredicted: 100,
    bytesCounted: 100,
    footprintBytes: 356,
    warnings: [],
  });
  return {
    schemaVersion: 1,
    experiment: "example",
    title: "An example",
    quick: false,
    config: { rngSeed: 1 },
    configHash: "abc",
    environments: [exampleEnvironment()],
    cases: [
      { id: "3-5-2", widths: [3, 5, 2], n: 3, m: 2, depth: 2, sigma: 25, parameters: 32, weightBytes: 256 },
    ],
    variants: [variant("forward"), variant("reverse")],
    costs: [cost("forward", 75), cost("reverse", 50)],
    measurements: [0, 1].flatMap((round) =>
      ["forward", "reverse"].map((name) => exampleMeasurement({ variant: name, process: round, round })),
    ),
  };
}
