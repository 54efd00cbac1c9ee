/** @file The journal: written and read back, torn lines left out, differences named. */

import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  continueJournal,
  expectResumable,
  type JournalHeader,
  readJournal,
  startJournal,
} from "../../src/experiment/journal.ts";
import { exampleEnvironment, exampleMeasurement, exampleResults } from "../support/example-results.ts";
import { temporaryFolder } from "../support/folder.ts";

const path = temporaryFolder();
const header: JournalHeader = {
  experiment: "e",
  configHash: "abc",
  quick: false,
  shard: null,
  environment: exampleEnvironment(),
};
const [cost] = exampleResults().costs;

function write(name: string): string {
  const file = path(name);
  const journal = startJournal(file, header);
  journal.cost(cost!);
  journal.measurement(exampleMeasurement());
  journal.measurement(exampleMeasurement({ round: 1, maxAbsError: Number.NaN }));
  journal.close();
  return file;
}

test("what is written is read back, NaN too", () => {
  const content = readJournal(write("whole"))!;
  expect(content.header).toEqual(header);
  expect(content.costs).toEqual([cost]);
  expect(content.measurements).toEqual([
    exampleMeasurement(),
    exampleMeasurement({ round: 1, maxAbsError: Number.NaN }),
  ]);
  expect(content.wholeBytes).toBe(readFileSync(path("whole")).length);
});

test("cut off at any byte, it gives the whole lines before and goes on after them", () => {
  const file = write("torn");
  const bytes = readFileSync(file);
  const ends = [...bytes.keys()].filter((i) => bytes[i] === 10).map((i) => i + 1);
  const lengths = [...Array(bytes.length + 1).keys()].filter(
    (length) => length % 29 === 0 || ends.some((end) => Math.abs(end - length) <= 2),
  );
  for (const length of lengths) {
    writeFileSync(file, bytes.subarray(0, length));
    const content = readJournal(file);
    const whole = ends.filter((end) => end <= length);
    if (whole.length === 0) {
      expect(content).toBeNull();
      continue;
    }
    expect(content!.wholeBytes).toBe(whole.at(-1));
    expect(content!.costs.length + content!.measurements.length).toBe(whole.length - 1);
    const journal = continueJournal(file, content!.wholeBytes);
    journal.measurement(exampleMeasurement({ round: 7 }));
    journal.close();
    expect(readJournal(file)!.measurements.at(-1)!.round).toBe(7);
  }
});

test("a last line of zeros, as some file systems leave them, is torn as well", () => {
  const file = write("zeros");
  appendFileSync(file, `${"\0".repeat(20)}\n`);
  expect(readJournal(file)!.measurements).toHaveLength(2);
});

test("damage before the last line is no crash of ours: refused with its place", () => {
  const file = write("damaged");
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [lines[0], "rubbish", ...lines.slice(2)].join("\n"));
  expect(() => readJournal(file)).toThrow(/damaged:2: found a damaged line/);
});

test("no file, and an empty one, are no journal", () => {
  expect(readJournal(path("none"))).toBeNull();
  const file = write("empty");
  truncateSync(file, 0);
  expect(readJournal(file)).toBeNull();
});

describe("resume is refused by name of the difference:", () => {
  const environment = exampleEnvironment();
  test.each<[string, Partial<JournalHeader>, RegExp]>([
    ["config", { configHash: "other" }, /the config has changed/],
    ["quick", { quick: true }, /--quick was false, is true/],
    [
      "shard",
      { shard: { index: 1, count: 2, by: "cases", command: null } },
      /--shard was null, is "1\/2 by cases"/,
    ],
    [
      "Node",
      { environment: { ...environment, runtimeVersion: "22.0.0" } },
      /Node was "24.21.0", is "22.0.0"/,
    ],
    ["commit", { environment: { ...environment, gitCommit: null } }, /the commit was "0123.*", is null/],
    [
      "CPU",
      { environment: { ...environment, cpuModel: "Other" } },
      /the machine's CPU was "Example CPU", is "Other"/,
    ],
    ["cores", { environment: { ...environment, cores: 4 } }, /number of cores was 2, is 4/],
    ["packages", { environment: { ...environment, packages: {} } }, /the packages was/],
    [
      "another machine of the same kind",
      { environment: { ...environment, id: "m2" } },
      /the machine was "m1", is "m2"/,
    ],
  ])("%s", (_, change, message) => {
    const attempt = (): void => expectResumable(header, { ...header, ...change }, "out/e.partial");
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ code: "ERR_MISMATCH" }));
  });

  test("load and time may differ", () => {
    const later = { ...environment, startedAt: "2027-01-01T00:00:00Z", loadAtStart: 3 };
    expect(() => expectResumable(header, { ...header, environment: later }, "f")).not.toThrow();
  });
});
