/** @file The Jacobians that the command prints, against those of NumPy, for all layer kinds and all strategies. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../src/random.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import { findPython } from "../support/python.ts";
import { runJacobench, runProcess } from "../support/run-command.ts";

const python = findPython("numpy");
const SCRIPT = fileURLToPath(new URL("numpy_jacobian.py", import.meta.url));

const random = createRandom(20_261_124);
const numbers = (length: number, scale = 1): number[] =>
  Array.from({ length }, () => scale * (2 * random.uniform() - 1));
const rows = (m: number, n: number): number[][] =>
  Array.from({ length: m }, () => numbers(n, 2 / Math.sqrt(n)));
const dense = (m: number, n: number) => ({ type: "dense", weights: rows(m, n), bias: numbers(m) });
const of = (type: string, more: object = {}): { type: string } => ({ type, ...more });

/** Models that are neither square nor symmetric, with every layer kind among them. */
const MODELS = {
  "one dense layer, 7 → 3": { layers: [dense(3, 7)], input: numbers(7) },
  "n = 1": { layers: [dense(5, 1), of("tanh"), dense(4, 5)], input: numbers(1) },
  "m = 1": { layers: [dense(6, 9), of("sigmoid"), dense(1, 6)], input: numbers(9) },
  "relu and softplus, 4 → 12 → 9 → 2": {
    layers: [dense(12, 4), of("relu"), dense(9, 12), of("softplus"), dense(2, 9)],
    input: numbers(4),
  },
  "softmax in the middle and at the end": {
    layers: [dense(6, 5), of("softmax"), dense(8, 6), of("identity"), of("softmax")],
    input: numbers(5),
  },
  "residual around a bottleneck, then log-softmax": {
    layers: [
      dense(7, 3),
      of("residual", { layers: [dense(2, 7), of("relu"), dense(7, 2)] }),
      dense(5, 7),
      of("logSoftmax"),
    ],
    input: numbers(3),
  },
  "log-softmax and negative log-likelihood": {
    layers: [dense(6, 8), of("logSoftmax"), of("negativeLogLikelihood", { label: 4 })],
    input: numbers(8),
  },
  "softmax cross-entropy of large logits": {
    layers: [
      dense(10, 6),
      of("linear", { jacobian: rows(4, 10).map((row) => row.map((value) => 30 * value)) }),
      of("softmaxCrossEntropy", { label: 2 }),
    ],
    input: numbers(6),
  },
  "bare Jacobians, 5 → 2 → 11": {
    layers: [of("linear", { jacobian: rows(2, 5) }), of("linear", { jacobian: rows(11, 2) })],
    input: numbers(5),
  },
};

const about = STRATEGIES.filter(({ withRespectTo }) => withRespectTo === "input");

describe.skipIf(python === null).each(Object.entries(MODELS))("%s", (_, model) => {
  let folder: string;
  let path: string;
  let expected: number[][];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jacobench-numpy-"));
    path = join(folder, "model.json");
    writeFileSync(path, JSON.stringify(model));
    const { code, stdout, stderr } = await runProcess(python!, [SCRIPT, path]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expected = JSON.parse(stdout);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(about.map(({ id, relativeTolerance }) => [id, relativeTolerance] as const))(
    "%s",
    async (strategy, relativeTolerance) => {
      const { code, stdout, stderr } = await runJacobench([
        "jacobian",
        "--model",
        path,
        "--strategy",
        strategy,
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const { shape, jacobian } = JSON.parse(stdout);
      expect(shape).toEqual([expected.length, expected[0]!.length]);
      const scale = Math.max(...expected.flat().map(Math.abs));
      expect(scale).toBeGreaterThan(0);
      // Finite differences have errors of their own; all others are exact to rounding.
      const isExact = relativeTolerance < 1e-8;
      const error = Math.max(
        ...expected.flatMap((row, i) => row.map((value, j) => Math.abs(jacobian[i][j] - value))),
      );
      expect(error).toBeLessThanOrEqual((isExact ? 1e-12 : relativeTolerance) * scale);
    },
  );
});
