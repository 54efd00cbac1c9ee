/** @file The one module that writes: atomic replacement, flushed appending, and failures as sentences. */

import fs, { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, describe, expect, test } from "vitest";
import {
  createFileExclusive,
  createFolder,
  listFolder,
  openAppend,
  readTextFile,
  writeFileAtomic,
} from "../src/files.ts";
import { temporaryFolder } from "./support/folder.ts";

const path = temporaryFolder();
const realWrite = fs.writeSync;

afterEach(() => {
  fs.writeSync = realWrite;
  syncBuiltinESMExports();
});

/** Lets `writeSync` fail as a full disk does, after some bytes. */
function fillDisk(code: string, bytesLeft: number): void {
  let left = bytesLeft;
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, offset: number) => {
    const count = Math.min(left, bytes.length - offset);
    if (count === 0) throw Object.assign(new Error(code), { code, syscall: "write" });
    left -= count;
    return realWrite(descriptor, bytes, offset, count);
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
}

describe("writeFileAtomic", () => {
  test("replaces the content", () => {
    writeFileAtomic(path("a"), "one");
    writeFileAtomic(path("a"), "zwei · Σ");
    expect(readFileSync(path("a"), "utf8")).toBe("zwei · Σ");
  });

  test.each([
    ["ENOSPC", /the disk is full/],
    ["EROFS", /read-only/],
    ["EDQUOT", /quota/],
  ])("%s leaves the old content, no other file, and says what is wrong", (code, sentence) => {
    mkdirSync(path(code));
    writeFileAtomic(path(code, "b"), "the old content");
    fillDisk(code, 4);
    const attempt = (): void => writeFileAtomic(path(code, "b"), "the new content");
    expect(attempt).toThrow(sentence);
    expect(attempt).toThrow(expect.objectContaining({ code: "ERR_FILE" }));
    expect(readFileSync(path(code, "b"), "utf8")).toBe("the old content");
    expect(readdirSync(path(code))).toEqual(["b"]);
  });

  test("names a folder that is missing", () => {
    expect(() => writeFileAtomic(path("missing", "c"), "x")).toThrow(/missing.*no such file or folder/);
  });
});

describe("openAppend", () => {
  test("cuts off what is torn, and appends after it", () => {
    writeFileSync(path("journal"), "whole\ntor");
    const file = openAppend(path("journal"), 6);
    file.append("next\n");
    file.close();
    expect(readFileSync(path("journal"), "utf8")).toBe("whole\nnext\n");
  });

  test("a full disk is a clear error", () => {
    const file = openAppend(path("full"));
    fillDisk("ENOSPC", 3);
    expect(() => file.append("a line\n")).toThrow(
      /full: appending to it failed with ENOSPC: the disk is full/,
    );
    file.close();
    expect(readFileSync(path("full"), "utf8")).toBe("a l");
  });
});

test("createFileExclusive succeeds once", () => {
  expect(createFileExclusive(path("lock"), "mine")).toBe(true);
  expect(createFileExclusive(path("lock"), "yours")).toBe(false);
  expect(readFileSync(path("lock"), "utf8")).toBe("mine");
});

test("createFileExclusive leaves no half-written file", () => {
  fillDisk("ENOSPC", 2);
  expect(() => createFileExclusive(path("half"), "mine")).toThrow(/the disk is full/);
  expect(existsSync(path("half"))).toBe(false);
});

test("createFolder creates those above, and is content with what exists", () => {
  createFolder(path("x", "y"));
  createFolder(path("x", "y"));
  expect(existsSync(path("x", "y"))).toBe(true);
  writeFileSync(path("file"), "");
  expect(() => createFolder(path("file", "z"))).toThrow(/a part of the path is a file/);
});

describe("reading", () => {
  test("a missing file and a folder are told apart, with the caller's code", () => {
    createFolder(path("folder"));
    expect(() => readTextFile(path("nothing"), "ERR_CONFIG")).toThrow(
      expect.objectContaining({ code: "ERR_CONFIG", message: expect.stringContaining("no such file") }),
    );
    expect(() => readTextFile(path("folder"))).toThrow(/it is a folder; expected a file/);
    expect(() => listFolder(path("nothing"))).toThrow(/no such file/);
  });
});
