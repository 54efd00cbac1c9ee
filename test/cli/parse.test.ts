/** @file Tests of the parsers that commands share. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  MAX_WIDTH,
  MAX_WIDTHS,
  parseBlockSize,
  parseInteger,
  parseSnapshots,
  parseWidths,
  readJsonFile,
} from "../../src/cli/parse.ts";
import { JacobenchError } from "../../src/errors.ts";
import { MAX_DEPTH, MAX_WIDTH as MAX_WIDTH_OF_CONFIGS } from "../../src/experiment/config.ts";

function failure(work: () => unknown): JacobenchError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(JacobenchError);
    return error as JacobenchError;
  }
  throw new Error("expected an error");
}

describe("widths", () => {
  test("are integers separated by commas", () => {
    expect(parseWidths("784,512,256,128,10")).toEqual([784, 512, 256, 128, 10]);
    expect(parseWidths(" 3, 1 ,2 ")).toEqual([3, 1, 2]);
    expect(parseWidths(`1,${MAX_WIDTH}`)).toEqual([1, MAX_WIDTH]);
  });

  test.each([
    ["", "nothing was given"],
    ["5", "`5` is a single width"],
    ["3,0,2", "width 2 of 3 is `0`"],
    ["3,-1,2", "width 2 of 3 is `-1`"],
    ["3,2.5", "width 2 of 2 is `2.5`"],
    ["NaN,2", "width 1 of 2 is `NaN`"],
    ["2,Infinity", "width 2 of 2 is `Infinity`"],
    ["1e3,2", "width 1 of 2 is `1e3`"],
    ["0x10,2", "width 1 of 2 is `0x10`"],
    ["2,,3", "width 2 of 3 is empty"],
    ["2,3,", "width 3 of 3 is empty"],
    ["2 3,4", "width 1 of 2 is `2 3`"],
    [`2,${MAX_WIDTH + 1}`, `from 1 to ${MAX_WIDTH}`],
    ["2,99999999999999999999999", "width 2 of 2 is `99999999999999999999999`"],
    [`${"1,".repeat(MAX_WIDTHS)}1`, `${MAX_WIDTHS + 1} widths were given, the limit is ${MAX_WIDTHS}`],
  ])("%j is refused with its place", (text, message) => {
    const error = failure(() => parseWidths(text));
    expect(error.code).toBe("ERR_RANGE");
    expect(error.message).toContain(message);
    expect(error.message).toContain("expected");
  });

  test("have the limits of experiments' configs", () => {
    expect(MAX_WIDTH).toBe(MAX_WIDTH_OF_CONFIGS);
    expect(MAX_WIDTHS).toBe(MAX_DEPTH + 1);
  });
});

test("block sizes are positive integers or all", () => {
  expect(parseBlockSize("16")).toBe(16);
  expect(parseBlockSize("all")).toBe("all");
  for (const text of ["0", "-4", "1.5", "half", ""]) {
    expect(failure(() => parseBlockSize(text)).message).toContain("or all");
  }
});

test("snapshots are a positive integer or all", () => {
  expect([parseSnapshots("3"), parseSnapshots(" all")]).toEqual([3, "all"]);
  for (const text of ["0", "-1", "2.5", "", "ALL"]) {
    expect(failure(() => parseSnapshots(text)).message).toMatch(
      /^--snapshots is .*; expected an integer .*, or all$/,
    );
  }
});

test("integers stay in their range", () => {
  expect(parseInteger("+7", "--x", 0, 10)).toBe(7);
  expect(failure(() => parseInteger("11", "--x", 0, 10)).message).toBe(
    "--x is `11`; expected an integer from 0 to 10",
  );
});

describe("files", () => {
  let folder: string;
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "jacobench-parse-"));
    mkdirSync(join(folder, "directory"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("hold any JSON", () => {
    expect(readJsonFile(file("good.json", '{"a": [1, 2.5e-3]}'))).toEqual({ a: [1, 0.0025] });
  });

  test.each([
    ["missing.json", null, "no such file"],
    ["directory", null, "folder"],
    ["empty.json", "", "empty.json:1:1"],
    ["comma.json", '{\n  "a": 1,\n}', "comma.json:3:1"],
    ["cut.json", '{"a": [1, 2', "cut.json:1:12"],
    ["word.json", "[1,\n 2,\n nope]", "word.json:3:2"],
  ])("%s is refused with its place", (name, content, message) => {
    if (content !== null) file(name, content);
    const error = failure(() => readJsonFile(join(folder, name)));
    expect(error.code).toBe("ERR_CONFIG");
    expect(error.message).toContain(name);
    expect(error.message).toContain(message);
  });
});
