/** @file `devices` as a user runs it: the numbers of known laws in table, page and picture; bad files loud, copies once, names harmless. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { formatResults } from "../../src/results/parse.ts";
import type { Environment, Results } from "../../src/results/types.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { gridWidths, type SyntheticOptions, syntheticResults } from "../support/synthetic-results.ts";
import { vegaLiteProblem } from "../support/vega-lite-schema.ts";

const path = temporaryFolder();
const devices = (...args: readonly string[]) => runJacobench(["devices", ...args], { cwd: path() });
const QUIET = { case: 0, process: 0, round: 0 };
const HOSTILE = "<img src=x onerror=alert(1)>|`*_[a](b)";

/** One student's file: t = c · n^a·Σ^b forward and c · m^a·Σ^b reverse, exactly. */
function student(a: number, b: number, change: Partial<Environment>, more: SyntheticOptions = {}): Results {
  const results = syntheticResults({
    widths: gridWidths([4, 16], [4, 16], [16, 48]),
    noise: QUIET,
    law: ({ n, m, sigma }, { mode }) => 1e-9 * (mode === "reverse" ? m : n) ** a * sigma ** b,
    experiment: "explorer",
    ...more,
  });
  return { ...results, environments: [{ ...results.environments[0]!, ...change }] };
}

const browser = (runtimeVersion: string, second: number): Partial<Environment> => ({
  runtime: "browser",
  runtimeVersion,
  cpuModel: null,
  startedAt: `2026-11-24T10:00:0${second}.000Z`,
});

function store(name: string, results: Results): void {
  mkdirSync(path(name, ".."), { recursive: true });
  writeFileSync(path(name), formatResults(results));
}

type Dot = { device: string; quantity: string; x: number; low: number; high: number; group: string };

/** The dots of the written picture. */
function dotsIn(folder: string): Dot[] {
  const spec = JSON.parse(readFileSync(path(folder, "devices.vl.json"), "utf8"));
  return spec.hconcat.flatMap(
    (panel: { layer: { data: { values: Dot[] } }[] }) => panel.layer[3]!.data.values,
  );
}

beforeAll(() => {
  store("class/alice.json", student(1, 0.9, browser("Chrome 147", 1)));
  store("class/bob.json", student(1.1, 1, browser("Firefox 151", 2)));
  store("class/carol.json", student(1, 0.95, {}));
  store("class/copy-of-alice.json", student(1, 0.9, browser("Chrome 147", 1)));
  store("reports/scaling/results.json", student(0.97, 0.98, { startedAt: "2026-11-24T11:00:00.000Z" }));
  store(
    `odd/${HOSTILE}.json`,
    student(1, 1, { ...browser('"><script>alert(2)</script> 9', 3), os: "</svg>" }),
  );
  writeFileSync(path("odd", "broken.json"), "{ no JSON");
  writeFileSync(path("odd", "else.json"), '{"schemaVersion": 99}');
  store("odd/forward-only.json", {
    ...student(1, 1, browser("Chrome 147", 4)),
    variants: student(1, 1, {}).variants.slice(0, 1),
    costs: [],
    measurements: [],
  });
  mkdirSync(path("nothing"));
});

describe("a class", () => {
  let run: Awaited<ReturnType<typeof devices>>;
  beforeAll(async () => {
    run = await devices("class", "reports/scaling", "--out", "picture");
  });

  test("the picture's numbers are those of the laws, one dot a device and quantity", () => {
    const dots = dotsIn("picture");
    expect(dots).toHaveLength(4 * 7);
    const at = (device: string, quantity: string): number =>
      dots.find((dot) => dot.device === device && dot.quantity === quantity)!.x;
    for (const [name, own, sigma] of [
      ["alice", 1, 0.9],
      ["bob", 1.1, 1],
      ["carol", 1, 0.95],
      ["scaling", 0.97, 0.98],
    ] as const) {
      expect(at(name, "forward-n")).toBeCloseTo(own, 5);
      expect(at(name, "forward-m")).toBeCloseTo(0, 5);
      expect(at(name, "forward-sigma")).toBeCloseTo(sigma, 5);
      expect(at(name, "reverse-n")).toBeCloseTo(0, 5);
      expect(at(name, "reverse-m")).toBeCloseTo(own, 5);
      expect(at(name, "reverse-sigma")).toBeCloseTo(sigma, 5);
      expect(at(name, "crossover")).toBeCloseTo(1, 5);
    }
    expect(new Set(dots.map(({ group }) => group))).toEqual(new Set(["Chrome", "Firefox", "Node"]));
    const spec = JSON.parse(readFileSync(path("picture", "devices.vl.json"), "utf8"));
    expect(vegaLiteProblem()(spec)).toBeNull();
    // 0.97, 1, 1, 1.1 and 0.9, 0.95, 0.98, 1: the median lies between the two in the middle.
    expect(spec.title.text.join(" ")).toMatch(
      /^4 devices, in the median n\^1\.00·Σ\^0\.9[67] forward, m\^1\.00·Σ\^0\.9[67] reverse, crossover at n\/m = 1\.00$/,
    );
  });

  test("exit code 0, a table within 80 columns, sentences, the same session once", () => {
    const { code, stdout, stderr } = run;
    expect(code).toBe(0);
    expect(stderr).toBe(
      "jacobench: class/copy-of-alice.json: the same session as class/alice.json; counted once\n",
    );
    for (const line of stdout.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^bob +Firefox 151, no… +1\.10 +1\.00 +1\.10 +1\.00 +1\.00$/m);
    expect(stdout).toMatch(/^4 devices \(2 Node, 1 Chrome and 1 Firefox\)\.$/m);
    expect(stdout.replace(/\n/g, " ")).toMatch(
      /The exponent of n forward is 1\.00 in the median of 4 \(half of them 0\.99 to 1\.0[23], all 0\.97 to 1\.10\); [0-4] of 4 intervals cover 1\./,
    );
    expect(readdirSync(path("picture")).sort()).toEqual([
      "devices.png",
      "devices.svg",
      "devices.vl.json",
      "index.md",
    ]);
    const page = readFileSync(path("picture", "index.md"), "utf8");
    expect(page).toMatch(/\| carol \| Node v24\.21\.0, none 1\.0 \| typed \| 8 × 15 \| 1\.00 \[/);
    expect(page).not.toContain("## Left out");
  });
});

test("intervals cover as they should: of a hundred noisy devices about 95", async () => {
  for (let i = 0; i < 40; i++) {
    const noise = { case: 0.03, process: 0.02, round: 0.03 };
    const startedAt = `2026-11-24T12:00:${10 + i}.000Z`;
    store(
      `many/student-${i}.json`,
      student(1, 1, { ...browser("Chrome 147", 0), startedAt }, { noise, rngSeed: i + 1 }),
    );
  }
  const { code, stdout } = await devices("many", "--format", "json", "--out", "many-picture");
  expect(code).toBe(0);
  const { summary, devices: all } = JSON.parse(stdout);
  expect(all).toHaveLength(40);
  for (const { devices: count, intervals, covering, median, predicted } of summary) {
    expect([count, intervals]).toEqual([40, 40]);
    expect(Math.abs(median - predicted)).toBeLessThan(0.03);
    // 95 % of 40 is 38; fewer than 33 has a chance of 1 in 4000 for each, and the seeds are fixed.
    expect(covering).toBeGreaterThanOrEqual(33);
  }
});

test("bad files are named and left out, the exit code says so; texts of files are texts", async () => {
  const { code, stdout, stderr } = await devices("odd", "missing.json", "nothing", "--out", "odd-picture");
  expect(code).toBe(1);
  expect(stderr).toMatch(/left out: odd\/broken\.json: .*found `no`; expected/);
  expect(stderr).toMatch(/left out: odd\/else\.json: schemaVersion is 99/);
  expect(stderr).toMatch(/left out: odd\/forward-only\.json: holds no forward and reverse variant/);
  expect(stderr).toMatch(/left out: missing\.json: there is no such file or folder/);
  expect(stderr).toMatch(/left out: nothing: holds no results/);
  expect(stderr).not.toMatch(/ at .*\.ts:\d+/);
  expect(stdout).toMatch(/^1 device \(1 .*script.*\)\.$/m);
  const page = readFileSync(path("odd-picture", "index.md"), "utf8");
  expect(page).not.toMatch(/<img|<script|<\/svg|\]\(b\)/);
  expect(page).toMatch(/## Left out\n\n- odd\/broken\.json/);
  const svg = readFileSync(path("odd-picture", "devices.svg"), "utf8");
  expect(svg).not.toMatch(/<img|<script|onerror=alert\(1\)>\|/);
  expect(svg.match(/<\/svg>/g)).toHaveLength(1);
});

test("no usable file at all: bad input, and nothing is written", async () => {
  const { code, stdout, stderr } = await devices("odd/broken.json", "--out", "never");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/devices: none of the 1 path holds usable results/);
  expect(readdirSync(path())).not.toContain("never");
});
