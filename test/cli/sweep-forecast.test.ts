/** @file Prediction first, as a user runs it: forecast.json is on the disk before the rest is timed, and stays. */

import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { forecastComparison } from "../../analysis/laws/forecast.ts";
import { forecastSource } from "../../src/experiment/forecast.ts";
import { parseResults } from "../../src/results/parse.ts";
import type { ForecastRecord } from "../../src/results/types.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { journaled, startSweep, until, writeConfig } from "../support/sweep.ts";

const path = temporaryFolder();
const CASES = Array.from({ length: 10 }, (_, i) => [2 + i, 4 + 2 * i, 3]);
/** 5 pilots and 5 others, 2 strategies, 2 rounds. */
const PILOT_MEASUREMENTS = 5 * 2 * 2;
const sweep = (...args: readonly string[]) => runJacobench(["sweep", "tiny.json", ...args], { cwd: path() });
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const journalOf = (out: string) => path(out, "tiny.partial", "journal.ndjson");
const lines = (out: string) =>
  readFileSync(journalOf(out), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

function finished(out: string) {
  const file = path(out, "tiny", "results.json");
  const results = parseResults(JSON.parse(readFileSync(file, "utf8")), file);
  return { results, forecast: results.forecast as ForecastRecord };
}

beforeAll(() => void writeConfig(path("tiny.json"), { chain: { list: CASES }, forecast: true, rounds: 2 }));

describe("a finished sweep", () => {
  let stdout: string;
  beforeAll(async () => {
    const run = await sweep("--out", "out");
    expect(run.code).toBe(0);
    stdout = run.stdout;
  });

  test("says at its end how the forecast came true", () => {
    expect(stdout.replaceAll(/\n */g, " ")).toMatch(
      /forecast: \d+ of 10 times that were predicted before they were measured came within 10 %.* median error \d/,
    );
  });

  test("pilots are measured first, and their role says so", () => {
    const { results, forecast } = finished("out");
    const roles = results.measurements.map(({ role }) => role);
    expect(roles).toEqual([
      ...Array(PILOT_MEASUREMENTS).fill("pilot"),
      ...Array(PILOT_MEASUREMENTS).fill("main"),
    ]);
    const pilots = results.measurements.filter(({ role }) => role === "pilot").map((one) => one.case);
    expect(new Set(forecast.pilots)).toEqual(new Set(pilots));
    expect(forecast.pilots).toHaveLength(5);
  });

  test("forecast.json stays, with the time and the hash of what it used; results.json names it", () => {
    const { results, forecast } = finished("out");
    const text = readFileSync(path("out", "tiny", forecast.file), "utf8");
    expect(sha256(text)).toBe(forecast.sha256);
    const { file: _file, sha256: _sha256, ...content } = forecast;
    expect(JSON.parse(text)).toEqual(content);
    const { startedAt, finishedAt } = results.environments[0]!;
    expect(Date.parse(forecast.madeAt)).toBeGreaterThanOrEqual(Date.parse(startedAt));
    expect(Date.parse(forecast.madeAt)).toBeLessThanOrEqual(Date.parse(finishedAt!));
    expect(forecast.measurements).toBe(PILOT_MEASUREMENTS);
    // The journal is gone; what stood in it can be written again from results.json.
    expect(sha256(forecastSource(results.measurements))).toBe(forecast.journalSha256);
  });

  test("every other case is predicted and can be compared", () => {
    const { results, forecast } = finished("out");
    expect(forecast.predictions).toHaveLength(5 * 2);
    for (const { seconds } of forecast.predictions) expect(seconds).toBeGreaterThan(0);
    const comparison = forecastComparison(results, forecast);
    expect(comparison.rows).toHaveLength(5 * 2);
    expect(comparison.shareWithin10).toBeGreaterThanOrEqual(0);
  });
});

test("killed among the rest and resumed: the forecast of before stays, byte by byte", async () => {
  const running = startSweep(["tiny.json", "--out", "killed"], path());
  await until(() => journaled(journalOf("killed")) >= PILOT_MEASUREMENTS + 3, running);
  running.process.kill("SIGKILL");
  await running.ended;
  cpSync(path("killed"), path("late"), { recursive: true });
  const before = readFileSync(path("killed", "tiny.partial", "forecast.json"), "utf8");
  const kinds = lines("killed").map(({ kind, record }) => record?.role ?? kind);
  expect(kinds.indexOf("forecast")).toBe(kinds.lastIndexOf("pilot") + 1);
  expect(kinds.indexOf("main")).toBe(kinds.indexOf("forecast") + 1);
  expect((await sweep("--out", "killed", "--resume")).code).toBe(0);
  expect(readFileSync(path("killed", "tiny", "forecast.json"), "utf8")).toBe(before);
  const { results, forecast } = finished("killed");
  expect(sha256(before)).toBe(forecast.sha256);
  expect(sha256(forecastSource(results.measurements))).toBe(forecast.journalSha256);
});

test("a journal of the rest without the forecast is refused: it would come too late", async () => {
  const text = readFileSync(journalOf("late"), "utf8");
  writeFileSync(journalOf("late"), text.replace(/^\{"kind":"forecast".*\n/m, ""));
  const { code, stderr } = await sweep("--out", "late", "--resume");
  expect(code).toBe(2);
  expect(stderr).toContain("without the forecast that must precede them");
});

test("killed among the pilots: there is no forecast yet, and the resumed run makes it from all of them", async () => {
  const running = startSweep(["tiny.json", "--out", "early"], path());
  await until(() => journaled(journalOf("early")) >= 4, running);
  running.process.kill("SIGKILL");
  await running.ended;
  expect(existsSync(path("early", "tiny.partial", "forecast.json"))).toBe(false);
  const kept = lines("early").filter(({ kind }) => kind === "measurement").length;
  expect((await sweep("--out", "early", "--resume")).code).toBe(0);
  const { results, forecast } = finished("early");
  expect(kept).toBeLessThan(PILOT_MEASUREMENTS);
  expect(forecast.measurements).toBe(PILOT_MEASUREMENTS);
  expect(sha256(forecastSource(results.measurements))).toBe(forecast.journalSha256);
});

test("a quick run skips it", async () => {
  expect((await sweep("--quick", "--out", "quick")).code).toBe(0);
  expect(existsSync(path("quick", "tiny", "forecast.json"))).toBe(false);
  expect(finished("quick").forecast ?? null).toBeNull();
});

test("shards measure without it and say so; so does what is merged from them", async () => {
  for (const index of [1, 2]) {
    const { code, stderr } = await sweep("--shard", `${index}/2`, "--out", `shard-${index}`);
    expect(code).toBe(0);
    expect(stderr).toContain("tiny: no forecast in a shard");
  }
  const merged = await runJacobench(["merge", "shard-1", "shard-2", "--out", "merged"], { cwd: path() });
  expect(merged.code).toBe(0);
  const { results, forecast } = finished("merged");
  expect(forecast ?? null).toBeNull();
  const main = results.measurements.filter(({ role }) => role === "main");
  expect(main).toHaveLength(2 * PILOT_MEASUREMENTS);
  const anchors = results.measurements.filter(({ role }) => role === "anchor");
  expect(main.length + anchors.length).toBe(results.measurements.length);
});

test("too few cases: exit code 2, nothing written", async () => {
  writeConfig(path("few.json"), { forecast: true });
  const { code, stderr } = await runJacobench(["sweep", "few.json", "--out", "few"], { cwd: path() });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("few.json: $.forecast") });
  expect(existsSync(path("few"))).toBe(false);
});
