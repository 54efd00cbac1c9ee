/** @file Sweeps that are killed, interrupted, torn, locked and resumed. */

import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../src/random.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { journaled, measuredKeys, startSweep, until, writeConfig } from "../support/sweep.ts";

const path = temporaryFolder();
const sweep = (...args: readonly string[]) => runJacobench(["sweep", "tiny.json", ...args], { cwd: path() });
const journalOf = (out: string) => path(out, "tiny.partial", "journal.ndjson");
let undisturbed: string[];

beforeAll(async () => {
  writeConfig(path("tiny.json"));
  expect((await sweep("--out", "undisturbed")).code).toBe(0);
  undisturbed = measuredKeys(path("undisturbed", "tiny"));
});

/** Starts a sweep and ends it by a signal when its journal has at least so many measurements. */
async function stopAfter(out: string, measurements: number, signal: "SIGKILL" | "SIGINT" | "SIGTERM") {
  const running = startSweep(["tiny.json", "--out", out], path());
  await until(() => journaled(journalOf(out)) >= measurements, running);
  running.process.kill(signal);
  return await running.ended;
}

describe("kill -9", () => {
  test("at many random moments, again and again, ends with the measurements of an undisturbed sweep", async () => {
    writeConfig(path("many.json"), { rounds: 24, processes: 4 });
    const random = createRandom(20261124);
    let kept = 0;
    let kills = 0;
    for (let i = 0; i < 12 && !existsSync(path("killed", "tiny")); i++) {
      const running = startSweep(["many.json", "--out", "killed", "--resume"], path());
      // From before the lock is taken to somewhere among the rounds.
      const milliseconds = 60 + random.uniform() * 1000;
      await Promise.race([running.ended, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
      if (running.process.kill("SIGKILL")) kills++;
      await running.ended;
      // What was on the disk stays there.
      const now = journaled(journalOf("killed"));
      expect(now).toBeGreaterThanOrEqual(kept);
      kept = now;
    }
    expect(kills).toBeGreaterThanOrEqual(4);
    const args = (out: string) => ["sweep", "many.json", "--out", out, "--resume"];
    expect((await runJacobench(args("killed"), { cwd: path() })).code).toBe(0);
    expect((await runJacobench(args("whole"), { cwd: path() })).code).toBe(0);
    expect(measuredKeys(path("killed", "tiny"))).toEqual(measuredKeys(path("whole", "tiny")));
    expect(readdirSync(path("killed"))).toEqual(["index.html", "index.md", "tiny"]);
  });

  test("keeps the old report whole, and loses nothing that was measured", async () => {
    mkdirSync(path("old", "tiny"), { recursive: true });
    writeFileSync(path("old", "tiny", "index.md"), "the old report");
    await stopAfter("old", 5, "SIGKILL");
    expect(readFileSync(path("old", "tiny", "index.md"), "utf8")).toBe("the old report");
    const before = readFileSync(journalOf("old"), "utf8").split("\n").slice(0, -1);
    appendFileSync(journalOf("old"), '{"kind":"measurement","record":{"case":"3-5');
    const resumed = await sweep("--out", "old", "--resume");
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toMatch(
      new RegExp(`^tiny: ${before.filter((line) => line.includes('"measurement"')).length} of 16`, "m"),
    );
    expect(measuredKeys(path("old", "tiny"))).toEqual(undisturbed);
    // The very records of before are in the results.
    const results = readFileSync(path("old", "tiny", "results.json"), "utf8");
    const records = before.map((line) => JSON.parse(line)).filter((entry) => entry.kind === "measurement");
    for (const { record } of records) expect(results).toContain(JSON.stringify(record.samples));
  });

  test("without --resume begins afresh and says what is thrown away", async () => {
    await stopAfter("fresh", 3, "SIGKILL");
    const again = await sweep("--out", "fresh");
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/tiny: starting afresh; \d+ measurements .* thrown away/);
    expect(measuredKeys(path("fresh", "tiny"))).toEqual(undisturbed);
  });
});

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  test("finishes the record, exits with 130, and says how to go on", async () => {
    const { code, stdout, stderr } = await stopAfter(signal, 2, signal);
    expect(code).toBe(130);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/interrupted; finishing the measurement in progress/);
    expect(stderr).toMatch(/what was measured is kept in SIG.*--resume/);
    const text = readFileSync(journalOf(signal), "utf8");
    expect(text.endsWith("\n")).toBe(true);
    for (const line of text.trimEnd().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
    expect(existsSync(path(signal, ".jacobench.lock"))).toBe(false);
    expect((await sweep("--out", signal, "--resume")).code).toBe(0);
    expect(measuredKeys(path(signal, "tiny"))).toEqual(undisturbed);
  });
});

describe("--resume is refused with exit code 2 by name of the difference:", () => {
  /** Makes the journal say that it was begun in another way. */
  function pretend(change: (header: Record<string, Record<string, unknown>>) => void): void {
    const [first, ...rest] = original.split("\n");
    const header = JSON.parse(first!);
    change(header);
    writeFileSync(journalOf("differs"), [JSON.stringify(header), ...rest].join("\n"));
  }
  let original: string;
  beforeAll(async () => {
    await stopAfter("differs", 2, "SIGKILL");
    original = readFileSync(journalOf("differs"), "utf8");
  });

  test.each<[string, string, RegExp]>([
    ["machine", "cpuModel", /the machine's CPU was "other"/],
    ["Node", "runtimeVersion", /Node was "other"/],
    ["commit", "gitCommit", /the commit was "other"/],
  ])("%s", async (_, field, message) => {
    pretend(({ environment }) => {
      environment![field] = "other";
    });
    const { code, stderr } = await sweep("--out", "differs", "--resume");
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(readFileSync(journalOf("differs"), "utf8")).toContain("other");
  });

  test("config", async () => {
    writeFileSync(journalOf("differs"), original);
    writeConfig(path("changed.json"), { rngSeed: 2 });
    const args = ["sweep", "changed.json", "--out", "differs", "--resume"];
    const { code, stderr } = await runJacobench(args, { cwd: path() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("the config has changed") });
    expect(readFileSync(journalOf("differs"), "utf8")).toBe(original);
  });
});

test("a second sweep into the folder is refused while the first lives", async () => {
  writeConfig(path("long.json"), { rounds: 400 });
  const first = startSweep(["long.json", "--out", "shared"], path());
  await until(() => journaled(journalOf("shared")) >= 1, first);
  const second = await sweep("--out", "shared");
  expect(second.code).toBe(2);
  expect(second.stderr).toMatch(/shared: another sweep is working in this folder \(process \d+\)/);
  first.process.kill("SIGKILL");
  await first.ended;
  expect((await sweep("--out", "shared")).code).toBe(0);
});
