/** @file Instances of the literature, from a file that JACOBENCH_CHAINS names; none is part of this repository. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseChainFile } from "../../src/planner/chain-file.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { planSnapshots } from "../../src/planner/checkpointing.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";

type Instance = {
  readonly id: string;
  readonly elementals: unknown;
  readonly memory?: number;
  readonly expected: Readonly<Record<string, number>>;
};
type CheckpointCase = {
  readonly id: string;
  readonly costs: readonly number[];
  /** Besides the chain's input. */
  readonly checkpoints: number;
  readonly expected_additional: number;
};
type InstanceFile = {
  readonly instances: readonly Instance[];
  readonly checkpointing: { readonly cases: readonly CheckpointCase[] };
};

const path = process.env.JACOBENCH_CHAINS;
const file: InstanceFile | null = path === undefined ? null : JSON.parse(readFileSync(path, "utf8"));
if (file === null) {
  console.warn(
    "SKIPPED: the literature's instances. To run these tests, set JACOBENCH_CHAINS to a JSON file with\n" +
      '  { "instances": [{ "id", "elementals", "memory"?, "expected" }], "checkpointing": { "cases": [{ "costs", … }] } }',
  );
}

test.skipIf(file === null)("every chain has its published optimum and totals", () => {
  for (const { id, elementals: list, memory: bound, expected } of file!.instances) {
    const json = bound === undefined ? { elementals: list } : { elementals: list, memory: bound };
    const { elementals, memory } = parseChainFile(json, id);
    const plan = planChain(elementals, { memory });
    const costs = homogeneousCosts(elementals, memory);
    const found: Record<string, number | null> = {
      optimum: plan.fma,
      tangent: costs.tangentFma,
      adjoint: costs.adjointFma,
      preaccumulation: costs.preaccumulationFma,
      matrix_chain: costs.productsFma,
      preaccumulation_total: costs.preaccumulatedProductsFma,
    };
    for (const [name, value] of Object.entries(expected)) {
      expect({ id, name, value: found[name] }).toEqual({ id, name, value });
    }
    expect(plan.operations.reduce((sum, { fma }) => sum + fma, 0)).toBe(plan.fma);
  }
  expect(file!.instances.length).toBeGreaterThan(0);
});

test.skipIf(file === null)("every checkpointing case has its published cost", () => {
  for (const { id, costs, checkpoints, expected_additional: value } of file!.checkpointing.cases) {
    expect({ id, value: planSnapshots(costs, checkpoints + 1).untapedCost }).toEqual({ id, value });
  }
  expect(file!.checkpointing.cases.length).toBeGreaterThan(0);
});
