/** @file The command `peers` as a user runs it: fakes that are absent, crash, hang or disagree beside one that is right. */

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseResults } from "../../src/results/parse.ts";
import type { PeerRecord, Results } from "../../src/results/types.ts";
import { temporaryFolder } from "../support/folder.ts";
import { type Finished, MAIN, REPOSITORY, runJacobench } from "../support/run-command.ts";
import { runInside } from "../support/run-inside.ts";

const at = temporaryFolder();
const FAKE = join("test", "support", "fake-peer.ts");

/** Chains of different n, m and Σ, so that exponents can be told apart; m ≠ n in most. */
const CHAIN = {
  activation: "tanh",
  list: [
    [3, 6, 6, 9],
    [9, 6, 6, 3],
    [3, 24, 24, 9],
    [9, 24, 24, 3],
    [3, 12, 12, 3],
    [9, 12, 12, 9],
    [5, 24, 24, 5],
  ],
};

function config(changes: object = {}): string {
  const path = at(`config-${Math.abs(JSON.stringify(changes).length)}.json`);
  const whole = {
    name: "fakes",
    title: "Fakes",
    chain: CHAIN,
    peers: [{ peer: "jacobench", ways: ["forward-typed", "reverse-typed"], threads: [1] }],
    timing: { minTimeSeconds: 0.0001, minSamples: 1 },
    rounds: 2,
    processes: 1,
    ...changes,
  };
  writeFileSync(path, JSON.stringify(whole));
  return path;
}

/** The program that runs the tests may stand in a folder with spaces: it is found by its name. */
function fake(name: string, fault = name): string[] {
  return ["--peer", `${name}=${basename(process.execPath, ".exe")} ${FAKE} ${fault}`];
}

function peers(...args: readonly string[]): Promise<Finished> {
  const path = [join(process.execPath, ".."), process.env.PATH].join(
    process.platform === "win32" ? ";" : ":",
  );
  return runJacobench(["peers", ...args], { cwd: REPOSITORY, env: { PATH: path } });
}

describe("fakes beside our own strategies", () => {
  const FAULTS = [
    "none",
    "absent",
    "crash-at-once",
    "crash",
    "throw",
    "hang",
    "babble",
    "wrong",
    "transpose",
    "flat",
    "nan",
    "integers",
    "single",
    "single-as-double",
  ];
  const out = at("out");
  let run: Finished;
  let results: Results<unknown>;
  const record = (fault: string): PeerRecord => results.peers!.peers.find(({ peer }) => peer === fault)!;
  const way = (fault: string, id = "reverse") => record(fault).ways.find((one) => one.way === id)!;

  beforeAll(async () => {
    const args = FAULTS.flatMap((fault) => fake(fault));
    run = await peers(config(), "--out", out, "--limit", "5", ...args);
    if (run.code === 0) {
      const file = join(out, "fakes", "results.json");
      results = parseResults(JSON.parse(readFileSync(file, "utf8")), file);
    }
  }, 120_000);

  test("the comparison is finished, with its report", () => {
    expect({ code: run.code, stderr: run.code === 0 ? "" : run.stderr }).toEqual({ code: 0, stderr: "" });
    for (const name of ["index.html", "index.md", "results.csv", "charts/peers.svg"]) {
      expect(existsSync(join(out, "fakes", name))).toBe(true);
    }
    expect(run.stdout).toMatch(/^fakes: Fakes\n/);
    expect(run.stdout.split("\n").every((line) => line.startsWith("Report:") || [...line].length <= 80)).toBe(
      true,
    );
  });

  test("who is right is timed on every chain, in every round", () => {
    for (const mode of ["forward", "reverse"]) {
      const label = `${mode} · Fake none · 1 thread`;
      const own = results.measurements.filter(({ variant }) => variant === label);
      expect(new Set(own.map((one) => `${one.case} ${one.round}`)).size).toBe(2 * CHAIN.list.length);
      for (const { maxAbsError, samples } of own) {
        expect(maxAbsError).toBeLessThan(1e-12);
        expect(Math.min(...samples)).toBeGreaterThan(0);
      }
    }
    expect(record("none").versions).toEqual({ fake: "1.2.3" });
    expect(way("none")).toMatchObject({ status: "measured", dtype: "float64", message: null });
    expect(way("none").cpuPerWall).toBeCloseTo(1, 6);
  });

  test("one that is absent is one line, and no failure", () => {
    expect(record("absent")).toMatchObject({ status: "absent", ways: [] });
    const lines = run.stderr.split("\n").filter((line) => line.startsWith("absent:"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("the fake is not installed");
  });

  test("one that dies at once is reported with its last words", () => {
    expect(record("crash-at-once").status).toBe("failed");
    expect(record("crash-at-once").message).toMatch(/ended with code 1; it said: /);
  });

  test.each([
    ["crash", /on 3-6-6-9, ended with code 7/],
    ["throw", /on 3-6-6-9, thrown on purpose/],
    ["hang", /gave no answer to "time" within 5 s and was ended/],
    ["babble", /answered "time" with something else than timed/],
  ])("%s: the way is struck off with its message", (fault, message) => {
    const struck = record(fault).ways.filter(({ status }) => status === "failed");
    expect(struck.length).toBeGreaterThan(0);
    expect(struck[0]!.message).toMatch(message);
  });

  test("the other way of a peer that crashed or hung is measured all the same", () => {
    for (const fault of ["crash", "throw", "hang", "wrong"]) {
      expect(way(fault, "forward")).toMatchObject({ status: "measured" });
      const own = results.measurements.filter(({ variant }) => variant === way(fault, "forward").variant);
      expect(own).toHaveLength(2 * CHAIN.list.length);
    }
  });

  test.each([
    ["wrong", /differs from ours by 1\.0e-3 of the largest entry/],
    ["transpose", /on 3-6-6-9, it gives the transpose: its Jacobian is 3 × 9, expected 9 × 3/],
    ["flat", /its Jacobian is 27; expected 9 × 3/],
    ["nan", /differs from ours by NaN/],
    ["integers", /of dtype int32; expected float64 or float32/],
    ["single-as-double", /differs from ours by \d\.\de-8 of the largest entry; expected at most 1e-8/],
  ])("%s: refused before it is timed", (fault, message) => {
    expect(way(fault).status).toBe("refused");
    expect(way(fault).message).toMatch(message);
    expect(results.measurements.some(({ variant }) => variant === way(fault).variant)).toBe(false);
    expect(run.stdout.replace(/\s+/g, " ")).toContain(`Fake, fake reverse: refused; ${way(fault).message}`);
  });

  test("single precision passes where it is said to be that", () => {
    expect(way("single")).toMatchObject({ status: "measured", dtype: "float32" });
    expect(way("single").relativeError).toBeGreaterThan(1e-9);
  });

  test("the same order for the same rngSeed: every round visits each chain and way once", () => {
    const keys = results.measurements.map((one) => `${one.round} ${one.case} ${one.variant}`);
    expect(new Set(keys).size).toBe(keys.length);
    const order = results.measurements.filter(({ round }) => round === 0).map((one) => one.case);
    // Cases are shuffled as wholes: as many runs of equal cases as there are cases.
    expect(order.filter((id, i) => id !== order[i - 1])).toHaveLength(CHAIN.list.length);
  });
});

describe("nothing to measure with", () => {
  test("Python that is not there: one line a framework, and our own strategies are measured", async () => {
    const out = at("no-python");
    const { code, stdout, stderr } = await peers(
      config({ peers: ["jax", "autograd", { peer: "jacobench", ways: ["forward-typed"], threads: [1] }] }),
      ...["--out", out, "--python", "no-such-python"],
    );
    expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stderr.split("\n").filter((line) => line.includes("not measured"));
    expect(lines).toEqual([
      "JAX: not measured, since it is not there (no-such-python: no such program); install it with: jacobench peers --setup",
      "autograd: not measured, since it is not there (no-such-python: no such program); install it with: jacobench peers --setup",
    ]);
    expect(stdout).toContain("install it with: jacobench peers --setup");
    const page = readFileSync(join(out, "fakes", "index.md"), "utf8");
    expect(page).toMatch(/\| JAX \| 1 thread \|.*absent: no-such-python: no such program; install it with/);
  }, 60_000);

  test("no peer at all is a failure with the reasons", async () => {
    const { code, stderr } = await peers(
      config({ peers: ["jax"] }),
      ...["--out", at("nobody"), "--python", "no-such-python"],
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/jacobench: .*nothing was measured \(JAX: no-such-python: no such program/);
    expect(existsSync(at("nobody", "fakes", "index.md"))).toBe(false);
  }, 60_000);
});

test.skipIf(process.platform === "win32")(
  "an interrupt ends peers that hang, and writes nothing",
  async () => {
    const out = at("interrupted");
    const env = { ...process.env, PATH: [join(process.execPath, ".."), process.env.PATH].join(":") };
    const child = spawn(
      process.execPath,
      [MAIN, "peers", config(), ...fake("hang"), "--limit", "600", "--out", out],
      {
        cwd: REPOSITORY,
        env,
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      // The first waits for the answer that never comes; the second does not.
      if (text.includes("round 1")) {
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGINT"), 1000);
      }
    });
    expect(await ended).toBe(130);
    expect(told).toContain("interrupted");
    expect(existsSync(join(out, "fakes"))).toBe(false);
  },
  60_000,
);

describe("bad input", () => {
  test.each([
    [["--peer", "no command"], /--peer: found "no command"; expected NAME=COMMAND/],
    [["--limit", "0"], /--limit: found "0"/],
    [["--activation", "tanh"], /--activation: found it without --plan/],
    [["--only", "jaks"], /peer "jaks" is not known.*did you mean "jax"/],
    [["--plan", "3,x"], /3,x|x/],
    [["no-such-file.json"], /no-such-file\.json/],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await runInside(["peers", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("a chart that there is not, before anything is measured", async () => {
    const { code, stderr } = await runInside(["peers", config({ report: { charts: ["piers"] } })]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\$\.report\.charts\[0\]: found "piers".*did you mean "peers"/);
  });
});

test("--setup with a Python that is not there says what is needed", async () => {
  const cache = at("cache");
  mkdirSync(cache);
  const { code, stderr } = await peers("--setup", "--python", "no-such-python", "--cache", cache);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/--setup: no-such-python could not make a virtual environment in .*peers-venv/);
});
