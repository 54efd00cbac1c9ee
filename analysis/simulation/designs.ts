/** @file The shipped designs that coverage is simulated on: read from the experiments, so that they stay the same. (N) */

import { readFileSync } from "node:fs";
import type { CaseRecord } from "../../src/results/types.ts";
import { caseRecord } from "./machine.ts";

/**
 * The chains of a shipped experiment that is a cartesian grid; activations and losses are left out.
 *
 * @param name - e.g. `scaling`
 */
export function shippedDesign(name: string): CaseRecord[] {
  const file = new URL(`../experiments/${name}.json`, import.meta.url);
  const { grid } = JSON.parse(readFileSync(file, "utf8")).chain as {
    readonly grid: {
      readonly n: readonly number[];
      readonly m: readonly number[];
      readonly hidden: readonly number[];
      readonly depth?: readonly number[];
    };
  };
  return grid.n.flatMap((n) =>
    grid.m.flatMap((m) =>
      grid.hidden.flatMap((hidden) =>
        (grid.depth ?? [4]).map((depth) => caseRecord([n, ...new Array<number>(depth - 1).fill(hidden), m])),
      ),
    ),
  );
}
