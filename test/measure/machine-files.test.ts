/** @file Tests of what is read from files of the operating system and of git, on folders made for the purpose. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  parseCacheSize,
  readCacheBytes,
  readLinuxCaches,
  readMacCaches,
} from "../../src/measure/cpu-caches.ts";
import { readGitCommit } from "../../src/measure/git-commit.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jacobench-files-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

describe("caches", () => {
  test("of a Linux core: data and unified ones, in any order", () => {
    const indices: [string, string, string][] = [
      ["1", "Instruction", "64K\n"],
      ["3", "Unified", "32M\n"],
      ["1", "Data", "48K\n"],
      ["2", "Unified", "1280K\n"],
    ];
    for (const [i, [level, type, size]] of indices.entries()) {
      write(`index${i}/level`, `${level}\n`);
      write(`index${i}/type`, `${type}\n`);
      write(`index${i}/size`, size);
    }
    expect(readLinuxCaches(folder)).toEqual({ l1: 48 * 1024, l2: 1280 * 1024, l3: 32 * 1024 ** 2 });
  });

  test("are unknown where Linux tells nothing (virtual machines, other processors)", () => {
    expect(readLinuxCaches(join(folder, "missing"))).toEqual({ l1: null, l2: null, l3: null });
    write("index0/level", "2");
    write("index0/type", "Unified");
    expect(readLinuxCaches(folder)).toEqual({ l1: null, l2: null, l3: null });
  });

  test("of a Mac: performance cores first, the common names otherwise", () => {
    const apple: Record<string, string> = {
      "hw.perflevel0.l1dcachesize": "131072\n",
      "hw.l1dcachesize": "65536\n",
    };
    const intel: Record<string, string> = {
      "hw.l1dcachesize": "32768",
      "hw.l3cachesize": "6291456",
      "hw.l2cachesize": "0",
    };
    expect(readMacCaches((name) => apple[name] ?? null)).toEqual({ l1: 131072, l2: null, l3: null });
    expect(readMacCaches((name) => intel[name] ?? null)).toEqual({ l1: 32768, l2: null, l3: 6291456 });
  });

  test("sizes as Linux writes them", () => {
    expect(["32K", "1M", "2G", "512", "32768K\n"].map(parseCacheSize)).toEqual([
      32 * 1024,
      1024 ** 2,
      2 * 1024 ** 3,
      512,
      32 * 1024 ** 2,
    ]);
    expect(["", "K", "-1K", "0", "12 apples"].map(parseCacheSize)).toEqual([null, null, null, null, null]);
  });

  test("of this machine are positive or unknown", () => {
    for (const bytes of Object.values(readCacheBytes())) expect(bytes ?? 1).toBeGreaterThan(0);
  });
});

describe("git commit", () => {
  const A = "a".repeat(40);
  const B = "0123456789".repeat(4);

  test("of a branch", () => {
    write(".git/HEAD", "ref: refs/heads/main\n");
    write(".git/refs/heads/main", `${A}\n`);
    expect(readGitCommit(folder)).toBe(A);
  });

  test("of a detached head", () => {
    write(".git/HEAD", `${B}\n`);
    expect(readGitCommit(folder)).toBe(B);
  });

  test("of a packed branch, not of one whose name ends the same", () => {
    write(".git/HEAD", "ref: refs/heads/main\n");
    write(
      ".git/packed-refs",
      `# pack-refs with: peeled\n${A} refs/remotes/refs/heads/main\n${B} refs/heads/main\n`,
    );
    expect(readGitCommit(folder)).toBe(B);
  });

  test("of a worktree, whose branches stand elsewhere", () => {
    write("tree/.git", `gitdir: ${join(folder, "repo/.git/worktrees/tree")}\n`);
    write("repo/.git/worktrees/tree/HEAD", "ref: refs/heads/topic\n");
    write("repo/.git/worktrees/tree/commondir", "../..\n");
    write("repo/.git/refs/heads/topic", `${A}\n`);
    expect(readGitCommit(join(folder, "tree"))).toBe(A);
  });

  test("is null without a repository, without a commit, and inside of someone else's repository", () => {
    expect(readGitCommit(folder)).toBeNull();
    write(".git/HEAD", "ref: refs/heads/main\n");
    expect(readGitCommit(folder)).toBeNull();
    write(".git/refs/heads/main", `${A}\n`);
    mkdirSync(join(folder, "node_modules/jacobench"), { recursive: true });
    expect(readGitCommit(join(folder, "node_modules/jacobench"))).toBeNull();
  });
});
