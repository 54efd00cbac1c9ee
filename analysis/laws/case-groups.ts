/** @file Groups of cases that model selection leaves out one by one. Pure. */

import type { VerdictConfigLike } from "../config.ts";
import { groupBy } from "../grouping.ts";
import type { TimeCell } from "./cells.ts";

/** What the groups differ in. */
export type GroupKind = Exclude<NonNullable<VerdictConfigLike["groups"]>, "auto">;

/** Words for people. */
export const GROUP_WORDS: Readonly<Record<GroupKind, string>> = {
  depth: "depth K",
  hidden: "hidden width",
  sigma: "thirds of Σ",
  n: "n",
  m: "m",
};

/** By depth, hidden width or third of Σ: more groups than this say too little each. */
const MOST_GROUPS = 8;

/**
 * Groups cases.
 *
 * @param cases - one cell a case
 * @param wanted - by what; `auto`: by depth where it varies, else by the hidden widths where there are 2 to 8 of them,
 *   else by thirds of Σ
 * @returns what they were grouped by, and at least two groups; null where all cases are alike in it
 */
export function groupCases(
  cases: readonly TimeCell[],
  wanted: NonNullable<VerdictConfigLike["groups"]>,
): { readonly kind: GroupKind; readonly groups: readonly (readonly TimeCell[])[] } | null {
  const kinds: readonly GroupKind[] = wanted === "auto" ? ["depth", "hidden", "sigma"] : [wanted];
  for (const kind of kinds) {
    const groups = [...groupBy(cases, keyOf(kind, cases)).values()];
    if (groups.length >= 2 && (wanted !== "auto" || groups.length <= MOST_GROUPS)) return { kind, groups };
  }
  return null;
}

function keyOf(kind: GroupKind, cases: readonly TimeCell[]): (cell: TimeCell) => string {
  switch (kind) {
    case "depth":
      return (cell) => String(cell.depth);
    case "hidden":
      return (cell) => cell.widths.slice(1, -1).join("-");
    case "n":
      return (cell) => String(cell.inputs);
    case "m":
      return (cell) => String(cell.m);
    case "sigma": {
      const sorted = cases.map(({ sigma }) => sigma).sort((a, b) => a - b);
      const [first, second] = [1, 2].map((third) => sorted[Math.floor((third * sorted.length) / 3)]!);
      return ({ sigma }) => String(Number(sigma >= first!) + Number(sigma >= second!));
    }
  }
}
