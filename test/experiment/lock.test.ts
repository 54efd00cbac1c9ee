/** @file One sweep at a time in a folder: refused while the owner lives, taken over when it is dead. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { takeLock } from "../../src/experiment/lock.ts";
import { temporaryFolder } from "../support/folder.ts";

const path = temporaryFolder();

function folder(name: string): { out: string; lock: string } {
  mkdirSync(path(name));
  return { out: path(name), lock: path(name, ".jacobench.lock") };
}

test("refused while the owner lives, free afterwards", () => {
  const { out, lock } = folder("alive");
  const release = takeLock(out);
  expect(() => takeLock(out)).toThrow(`another sweep is working in this folder (process ${process.pid})`);
  expect(() => takeLock(out)).toThrow(expect.objectContaining({ code: "ERR_LOCKED" }));
  release();
  expect(existsSync(lock)).toBe(false);
  takeLock(out)();
});

test("the lock of a dead process is taken over", () => {
  const { out, lock } = folder("dead");
  const { pid } = spawnSync(process.execPath, ["--version"]);
  writeFileSync(lock, JSON.stringify({ pid, host: hostname(), started: "1" }));
  takeLock(out);
  expect(JSON.parse(readFileSync(lock, "utf8")).pid).toBe(process.pid);
});

test.runIf(existsSync("/proc/self/stat"))(
  "a number that now belongs to another process is a dead owner",
  () => {
    const { out, lock } = folder("reused");
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), started: "1" }));
    expect(() => takeLock(out)).not.toThrow();
  },
);

test("another host may be alive: refused, with the file to remove", () => {
  const { out, lock } = folder("elsewhere");
  writeFileSync(lock, JSON.stringify({ pid: 1, host: "another-host", started: null }));
  expect(() => takeLock(out)).toThrow(/process 1 on another-host.*remove .*\.jacobench\.lock/);
});

test("an empty lock is somebody just starting, or old and stale", () => {
  const { out, lock } = folder("empty");
  writeFileSync(lock, "");
  expect(() => takeLock(out)).toThrow("it is just starting");
  utimesSync(lock, 1, 1);
  expect(() => takeLock(out)).not.toThrow();
});

test("a lock that was taken over is not given back by its old owner", () => {
  const { out, lock } = folder("taken");
  const release = takeLock(out);
  writeFileSync(lock, "somebody else's");
  release();
  expect(readFileSync(lock, "utf8")).toBe("somebody else's");
});
