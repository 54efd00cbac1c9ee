/** @file The command `check` as a student of any language runs it: instance out, answer in, exit code. */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/index.ts";
import { MAIN, runJacobench } from "../support/run-command.ts";

let folder: string;
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jacobench-check-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (...args: readonly string[]) => runJacobench(["check", ...args], { cwd: folder });

/** (p − e_y) of the classifier, from what the command printed. */
async function solve(...args: readonly string[]) {
  const { code, stdout, stderr } = await run("problem3", "--instance", ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { given, asked, rngSeed } = JSON.parse(stdout);
  const z: number[] = given.W.map((row: number[], i: number) =>
    row.reduce((sum, w, j) => sum + w * given.x[j], given.b[i]),
  );
  const powers = z.map((value) => Math.exp(value - Math.max(...z)));
  const sum = powers.reduce((a, value) => a + value, 0);
  const p = powers.map((value) => value / sum);
  const delta = p.map((value, i) => value - Number(i === given.label));
  return { given, asked, rngSeed, p, delta };
}

test("a right answer: exit code 0", async () => {
  const { given, asked, delta } = await solve();
  expect(given).toEqual({ ...check.problem3.instance() });
  expect(Object.keys(asked)).toEqual(["W", "b", "z", "batchW", "batchb", "largeZ"]);
  const W = delta.map((d) => given.x.map((value: number) => d * value));
  const { code, stdout, stderr } = await run(
    "problem3",
    "--answer",
    file("right.json", { W, b: delta, z: delta }),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^problem3: right\.\n {2}W: right \(to rounding\)\.\n {2}b: right/);
  const bare = await run("problem3", "--answer", file("bare.json", W));
  expect(bare.code).toBe(0);
});

test("a wrong answer: exit code 1, a hint within 80 columns, and all of it as JSON", async () => {
  const { given, p } = await solve("--rng-seed", "7");
  const answer = file("wrong.json", { W: p.map((d) => given.x.map((value: number) => d * value)) });
  const { code, stdout, stderr } = await run("problem3", "--answer", answer, "--rng-seed", "7");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(/^problem3: not right yet\.\n/);
  expect(stdout).toContain("Hint: e_y is missing");
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  const json = await run("problem3", "--answer", answer, "--rng-seed", "7", "--format", "json");
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toMatchObject({
    correct: false,
    slip: "label-missing",
    problem: "problem3",
  });
  // The same file is no known slip at the instance that it was not made for.
  const other = await run("problem3", "--answer", answer);
  expect(other.stdout).toContain("No usual slip");
});

test("numbers that are not finite are a wrong answer, as Python writes them", async () => {
  const { code, stdout } = await run(
    "problem3",
    "--answer",
    file("nan.json", '{"largeZ": [NaN, -Infinity, 0.5]}'),
  );
  expect(code).toBe(1);
  expect(stdout).toContain("largeZ: not finite at [0]");
  expect(stdout).toMatch(/Subtract the\s+largest logit/);
});

test("an answer through a pipe, for widths of one's own", async () => {
  const child = spawn(process.execPath, [
    MAIN,
    "check",
    "problem2",
    "--widths",
    "784,512,10",
    "--answer",
    "-",
  ]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stdin.end('{"jvps": 784, "vjps": 10, "sigma": 406528, "cheapest": "reverse"}');
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(stdout).toMatch(/^problem2: right\./);
  expect(code).toBe(0);
});

describe("bad input: exit code 2, a sentence on stderr", () => {
  test.each([
    ["an unknown problem", ["problm3"], 'did you mean "problem3"?'],
    ["no answer", ["problem3"], "no answer was given; expected --answer FILE"],
    ["a missing file", ["problem3", "--answer", "none.json"], "no such file"],
    ["no JSON", ["problem3", "--answer", "broken.json"], "broken.json:1:6: found the end of the file"],
    ["instance and answer", ["problem3", "--instance", "--answer", "broken.json"], "cannot be used with"],
    ["widths for problem 3", ["problem3", "--instance", "--widths", "3,2"], "takes no widths"],
    [
      "widths and a seed",
      ["problem2", "--instance", "--widths", "3,2", "--rng-seed", "3"],
      "expected one of them",
    ],
    ["a seed that is no integer", ["problem3", "--instance", "--rng-seed", "x"], "--rng-seed is `x`"],
  ])("%s", async (_, args, message) => {
    file("broken.json", '{"W":');
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});
