/** @file One sweep at a time in an output folder: a lock file that names its owner. (N) */

import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { JacobenchError } from "../errors.ts";
import { createFileExclusive, inside, removePath } from "../files.ts";

const LOCK = ".jacobench.lock";
/** A lock without content is being written just now, unless it is older than this. */
const EMPTY_LOCK_SECONDS = 5;

type Owner = { readonly pid: number; readonly host: string; readonly started: string | null };

/**
 * Takes the lock of an output folder; a lock whose owner is dead is taken over.
 *
 * @param out - the folder; must exist
 * @returns gives the lock back
 * @throws {JacobenchError} `ERR_LOCKED` while the owner lives; `ERR_FILE`
 */
export function takeLock(out: string): () => void {
  const path = inside(out, LOCK);
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) });
  for (let attempt = 0; ; attempt++) {
    if (createFileExclusive(path, mine)) {
      return () => {
        if (read(path) === mine) removePath(path);
      };
    }
    const owner = livingOwner(path);
    if (owner !== null || attempt === 2) {
      throw new JacobenchError(
        "ERR_LOCKED",
        `${out}: another sweep is working in this folder${owner === null ? "" : ` (${owner})`}; wait for its end or ` +
          `choose another folder with --out; if it is dead for certain, remove ${path}`,
      );
    }
    removePath(path);
  }
}

/** A description of the owner if it lives, or may live; null if the lock is stale. */
function livingOwner(path: string): string | null {
  const text = read(path);
  if (text === null) return null;
  let owner: Owner;
  try {
    owner = JSON.parse(text) as Owner;
  } catch {
    return ageSeconds(path) > EMPTY_LOCK_SECONDS ? null : "it is just starting";
  }
  if (owner.host !== hostname()) return `process ${owner.pid} on ${owner.host}`;
  if (!isAlive(owner.pid)) return null;
  // A process of the same number that started at another time is somebody else.
  return owner.started === startOf(owner.pid) ? `process ${owner.pid}` : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When a process started, in the kernel's ticks; null where the system does not tell. */
function startOf(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  // The name in parentheses may hold spaces; the start time is the 20th field after it.
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function ageSeconds(path: string): number {
  try {
    return (Date.now() - statSync(path).mtimeMs) / 1000;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
