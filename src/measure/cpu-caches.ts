/** @file Sizes of the processor's caches, as far as the operating system tells. (N) */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Bytes of the level 1 data cache and of levels 2 and 3; null where unknown. */
export type CacheBytes = {
  readonly l1: number | null;
  readonly l2: number | null;
  readonly l3: number | null;
};

const UNKNOWN: CacheBytes = { l1: null, l2: null, l3: null };

/**
 * Reads the cache sizes of the first core: from /sys on Linux, from sysctl on macOS; unknown elsewhere.
 *
 * @returns bytes
 */
export function readCacheBytes(): CacheBytes {
  if (process.platform === "linux") return readLinuxCaches("/sys/devices/system/cpu/cpu0/cache");
  if (process.platform === "darwin") return readMacCaches(sysctl);
  return UNKNOWN;
}

/**
 * Reads the caches of one core from the folders that Linux keeps for them.
 *
 * @param folder - holds `index0`, `index1`, …, each with the files `level`, `type` and `size`
 * @returns bytes; null for each level that is not there
 */
export function readLinuxCaches(folder: string): CacheBytes {
  const found: { l1: number | null; l2: number | null; l3: number | null } = { ...UNKNOWN };
  for (const index of list(folder).filter((name) => name.startsWith("index"))) {
    const file = (name: string): string => readText(join(folder, index, name)).trim();
    if (file("type") === "Instruction") continue;
    const level = `l${file("level")}`;
    if (level === "l1" || level === "l2" || level === "l3") found[level] = parseCacheSize(file("size"));
  }
  return found;
}

/**
 * Reads the caches by macOS's sysctl; on Apple silicon those of the performance cores.
 *
 * @param query - gives the value of one sysctl name, or null
 * @returns bytes; null for each level that is not there
 */
export function readMacCaches(query: (name: string) => string | null): CacheBytes {
  const first = (...names: string[]): number | null => {
    for (const name of names) {
      const bytes = Number(query(name)?.trim());
      if (Number.isInteger(bytes) && bytes > 0) return bytes;
    }
    return null;
  };
  return {
    l1: first("hw.perflevel0.l1dcachesize", "hw.l1dcachesize"),
    l2: first("hw.perflevel0.l2cachesize", "hw.l2cachesize"),
    l3: first("hw.perflevel0.l3cachesize", "hw.l3cachesize"),
  };
}

/**
 * Reads a size as Linux writes it.
 *
 * @param text - e.g. `32K`, `1M`, `512`
 * @returns bytes; null if it is nothing of the kind
 */
export function parseCacheSize(text: string): number | null {
  const match = /^(\d+)([KMG]?)$/.exec(text.trim());
  if (match === null) return null;
  const bytes = Number(match[1]) * 1024 ** ["", "K", "M", "G"].indexOf(match[2]!);
  return bytes > 0 ? bytes : null;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function sysctl(name: string): string | null {
  try {
    return execFileSync("sysctl", ["-n", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return null;
  }
}
