/** @file How busy the machine is with other work: the one-minute load, and the warning where it is too high. (N) */

import { loadavg } from "node:os";
import type { Warning } from "../warnings.ts";

/** A sweep runs one thing at a time: this much of the load is its own. */
const OWN_LOAD = 1;
/** Other work may keep less than this share of the cores busy. */
const OTHER_SHARE = 0.5;

/** The one-minute load average; Windows keeps none and answers zero, which is not idle but unknown: null. */
export function oneMinuteLoad(): number | null {
  return process.platform === "win32" ? null : loadavg()[0]!;
}

/**
 * Warns where the load exceeds what a sweep makes itself by half of the cores or more: other work then shares caches,
 * memory and clock with it.
 *
 * @param load - one-minute load average at the start; null where unknown
 * @param cores - that the process may use; null where unknown
 * @returns null where there is nothing to warn of
 */
export function loadWarning(load: number | null, cores: number | null): Warning | null {
  if (load === null || cores === null || load < OWN_LOAD + OTHER_SHARE * cores) return null;
  return {
    code: "load-high",
    message:
      `the load of the last minute was ${load.toFixed(1)} at the start, of which a sweep makes at most ${OWN_LOAD}, on ` +
      `${cores} ${cores === 1 ? "core" : "cores"}; other work disturbs the times: measure again on a quieter machine`,
  };
}
