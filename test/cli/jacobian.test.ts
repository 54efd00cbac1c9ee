/** @file The command `jacobian` as a user runs it, against Jacobians worked out by other means. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { matrix, zeros } from "../../src/array.ts";
import { expectFiniteMatrix, formatRows } from "../../src/cli/jacobian.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import { runJacobench } from "../support/run-command.ts";

/** W2·tanh(W1·x + b1) from R^3 to R^2, and its Jacobian W2·diag(1 − tanh²)·W1 by plain loops. */
const W1 = [
  [0.3, -0.7, 1.1],
  [0.2, 0.5, -0.4],
  [-1.2, 0.1, 0.6],
  [0.9, 0.8, -0.3],
];
const B1 = [0.1, -0.2, 0.3, 0];
const W2 = [
  [1.5, -0.5, 0.25, 2],
  [-1, 0.75, 1.25, 0.5],
];
const X = [0.4, -1.3, 0.9];
const SLOPES = W1.map((row, i) => 1 - Math.tanh(row.reduce((sum, w, j) => sum + w * X[j]!, B1[i]!)) ** 2);
const EXPECTED = W2.map((row) =>
  X.map((_, j) => row.reduce((sum, w, i) => sum + w * SLOPES[i]! * W1[i]![j]!, 0)),
);
const LAYERS = [
  { type: "dense", weights: W1, bias: B1 },
  { type: "tanh" },
  { type: "dense", weights: W2, bias: [5, 6] },
];

let folder: string;
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jacobench-jacobian-"));
  mkdirSync(join(folder, "directory"));
  file("model.json", { layers: LAYERS, input: X });
  file("no-input.json", { layers: LAYERS });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const jacobian = (...args: readonly string[]) => runJacobench(["jacobian", ...args], { cwd: folder });

async function output(...args: readonly string[]) {
  const { code, stdout, stderr } = await jacobian(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

function expectClose(rows: number[][], tolerance: number): void {
  expect(rows.length).toBe(EXPECTED.length);
  for (const [i, row] of EXPECTED.entries()) {
    expect(rows[i]!.length).toBe(row.length);
    for (const [j, value] of row.entries()) expect(Math.abs(rows[i]![j]! - value)).toBeLessThan(tolerance);
  }
}

describe("JSON", () => {
  const about = STRATEGIES.filter(({ withRespectTo }) => withRespectTo === "input");

  test.each(about.map(({ id, relativeTolerance }) => [id, relativeTolerance] as const))(
    "%s gives the Jacobian and its counted cost",
    async (strategy, relativeTolerance) => {
      const { shape, jacobian: rows, cost } = await output("--model", "model.json", "--strategy", strategy);
      expect(shape).toEqual([2, 3]);
      expectClose(rows, 10 * Math.max(relativeTolerance, 1e-15));
      expect(cost.fma).toBeGreaterThan(0);
      expect(cost.fmaPredicted).toBe(cost.fma);
      expect(cost.bytes).toBeGreaterThan(0);
    },
  );

  test("forward and reverse cost n and m products, worked out by hand", async () => {
    const product = 3 * 4 + 4 + 4 * 2;
    const forward = await output("--model", "model.json", "--strategy", "forward");
    expect(forward.cost).toMatchObject({ fma: 3 * product, primalEvaluations: 1 });
    const reverse = await output("--model", "model.json", "--strategy", "reverse");
    expect(reverse.cost).toMatchObject({ fma: 2 * product, primalEvaluations: 1 });
    const read = await output("--model", "model.json", "--strategy", "reverse", "--unit-seeds", "read");
    expect(read.cost.fma).toBe(2 * (product - 4 * 2));
    expectClose(read.jacobian, 1e-14);
  });

  test("numbers keep all digits of float64", async () => {
    const weights = [[0.1 + 0.2, 1 / 3, Math.PI * 1e-300, -0, Number.MAX_VALUE]];
    file(
      "digits.json",
      `{"layers":[{"type":"linear","jacobian":${JSON.stringify(weights)}}],"input":[0,0,0,0,0]}`,
    );
    const { jacobian: rows } = await output("--model", "digits.json", "--strategy", "reverse");
    for (const [j, value] of weights[0]!.entries()) expect(rows[0][j] === value).toBe(true);
  });

  test("--input takes the point from a file, and wins over the model's own", async () => {
    file("x.json", X);
    const fromFile = await output("--model", "no-input.json", "--input", "x.json", "--strategy", "forward");
    expectClose(fromFile.jacobian, 1e-14);
    file("other.json", { layers: LAYERS, input: [0, 0, 0] });
    const both = await output("--model", "other.json", "--input", "x.json", "--strategy", "forward");
    expect(both.jacobian).toEqual(fromFile.jacobian);
  });

  test("kernels and block sizes change the way, not the Jacobian", async () => {
    const blocked = ["--model", "model.json", "--strategy", "forward-blocked", "--kernel", "reference"];
    const { jacobian: rows, kernel } = await output(...blocked, "--block-size", "all");
    expect(kernel).toBe("reference");
    expectClose(rows, 1e-14);
  });

  test("snapshots change the work, not a bit of the Jacobian", async () => {
    const checkpointed = ["--model", "model.json", "--strategy", "reverse-checkpointed"];
    const plain = await output(
      ...["--model", "model.json", "--strategy", "reverse-blocked", "--block-size", "all"],
    );
    const one = await output(...checkpointed, "--snapshots", "1");
    const all = await output(...checkpointed, "--snapshots", "all");
    expect(one.jacobian).toEqual(plain.jacobian);
    expect(all.jacobian).toEqual(plain.jacobian);
    expect(one.cost.fma).toBe(plain.cost.fma);
    expect(one.cost.primalFma).toBeGreaterThan(all.cost.primalFma);
  });

  test("with respect to parameters it has a column for each weight and bias", async () => {
    const { shape } = await output("--model", "model.json", "--strategy", "reverse-parameters");
    expect(shape).toEqual([2, 4 * 3 + 4 + 2 * 4 + 2]);
  });
});

test("CSV holds the rows alone", async () => {
  const { code, stdout } = await jacobian(
    "--model",
    "model.json",
    "--strategy",
    "reverse",
    "--format",
    "csv",
  );
  expect(code).toBe(0);
  expectClose(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(",").map(Number)),
    1e-14,
  );
});

describe("difference quotients", () => {
  /** f_j(x) = relu(x_j − c_j), whose kink lies in the middle of a step: so the quotient of forward differences is a half. */
  const steps = async (strategy: string, s: number) => {
    const input = [1e-9, 0.5, -2, 1000];
    const kinks = input.map((x) => x + (s * Math.max(1, Math.abs(x))) / 2);
    const weights = input.map((_, i) => input.map((_, j) => (i === j ? 1 : 0)));
    const layers = [{ type: "dense", weights, bias: kinks.map((kink) => -kink) }, { type: "relu" }];
    const model = file(`steps-${strategy}.json`, { layers, input });
    const result = await output("--model", model, "--strategy", strategy);
    return input.map((_, j) => result.jacobian[j][j] as number);
  };

  test("take the step that the help states", async () => {
    const { stdout } = await jacobian("--help");
    expect(stdout).toContain("step s·max(1, |x_j|)");
    expect(stdout).toContain("2^-26 = 1.5e-8 (finite-differences-forward)");
    expect(stdout).toContain("2^(-52/3) = 6.1e-6\n(finite-differences-central)");
    for (const quotient of await steps("finite-differences-forward", 2 ** -26)) {
      expect(quotient).toBeCloseTo(1 / 2, 5);
    }
    // Half of the half above x, none below.
    for (const quotient of await steps("finite-differences-central", 2 ** (-52 / 3))) {
      expect(quotient).toBeCloseTo(1 / 4, 5);
    }
  });

  test.each([
    ["finite-differences-forward", 2 ** -26],
    ["finite-differences-central", 2 ** (-52 / 3)],
  ])("are described with their step: %s", (id, s) => {
    const { description } = STRATEGIES.find((strategy) => strategy.id === id)!;
    expect(description).toContain(`step ${s.toExponential(1)}·max(1, |x_j|)`);
  });
});

describe("bad input leaves with 2, a sentence, and nothing on stdout", () => {
  const MODEL = ["--model", "model.json", "--strategy"];

  test.each<[string, () => string[], string]>([
    ["a missing file", () => ["--model", "nowhere.json", "--strategy", "forward"], "nowhere.json"],
    ["a folder", () => ["--model", "directory", "--strategy", "forward"], "folder"],
    ["broken JSON", () => ["--model", file("b.json", "{,}"), "--strategy", "forward"], "b.json:1:2"],
    ["a model without layers", () => ["--model", file("e.json", {}), "--strategy", "forward"], "layers"],
    ["no input", () => ["--model", "no-input.json", "--strategy", "forward"], "an array of 3 numbers"],
    ["a short input", () => [...MODEL, "forward", "--input", file("s.json", [1])], "expected n = 3"],
    [
      "an input of text",
      () => [...MODEL, "forward", "--input", file("t.json", ["1", "2", "3"])],
      "array of numbers",
    ],
    ["a misspelt strategy", () => [...MODEL, "forwrad"], 'did you mean "forward"?'],
    ["an unknown kernel", () => [...MODEL, "forward", "--kernel", "typd"], 'did you mean "typed"?'],
    ["an option without effect", () => [...MODEL, "forward", "--block-size", "3"], "has no option blockSize"],
    ["a bad block size", () => [...MODEL, "forward-blocked", "--block-size", "0"], "or all"],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await jacobian(...args());
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("a Jacobian that overflows is not printed as null", async () => {
    const huge = { type: "dense", weights: [[1e200]], bias: [0] };
    file("huge.json", { layers: [huge, huge], input: [0] });
    const { code, stdout, stderr } = await jacobian("--model", "huge.json", "--strategy", "forward");
    expect(stderr).toContain("entry [0, 0] is Infinity");
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

test("rows are written so that they can be read back the same", () => {
  const rows = [
    [1, -0, 1e21, 5e-324],
    [0.1, 1e-7, -2.5, 123456789012345680000],
  ];
  const back = formatRows(matrix(rows)).map((line) => JSON.parse(`[${line}]`));
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of row.entries()) expect(Object.is(back[i][j], value)).toBe(true);
  }
});

test("NaN is found wherever it stands", () => {
  const array = zeros(2, 3);
  expectFiniteMatrix(array);
  array.set(1, 2, Number.NaN);
  expect(() => expectFiniteMatrix(array)).toThrow("entry [1, 2] is NaN");
});
