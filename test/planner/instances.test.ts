/** @file Instances of the literature: a small table of published optima here, and all that JACOBENCH_INSTANCES has. */

import { expect, test } from "vitest";
import { parseChainFile } from "../../src/planner/chain-file.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { planSnapshots } from "../../src/planner/checkpointing.ts";
import { homogeneousCosts } from "../../src/planner/homogeneous.ts";
import { literatureInstances } from "../support/instances.ts";
import { mersenneTwister64 } from "../support/mersenne-twister-64.ts";
import { compareWithPublished, publishedChains } from "../support/published-chains.ts";
import published from "./published-chains.json" with { type: "json" };

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

const file = literatureInstances<InstanceFile>("chains.json");

test("forty chains of a published data set, five of each length 1 to 8, have their published optimum", () => {
  for (const { length, row, optimum, elementals } of published.chains) {
    const { fma, operations } = planChain(parseChainFile({ elementals }, `length ${length}`).elementals);
    expect({ length, row, fma }).toEqual({ length, row, fma: optimum });
    expect(operations.reduce((sum, operation) => sum + operation.fma, 0)).toBe(optimum);
  }
  const rows = published.chains.map(({ length, row, elementals }) => ({
    length,
    row,
    factors: elementals.length,
  }));
  const wanted = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((length) =>
    [0, 5, 10, 15, 20].map((row) => ({ length, row, factors: length })),
  );
  expect(rows).toEqual(wanted);
});

test("the 64-bit Mersenne Twister draws as the C++ standard demands", () => {
  const draw = mersenneTwister64(5489n);
  for (let i = 1; i < 10_000; i++) draw();
  expect(draw()).toBe(9981545732273789042n);
});

test("the script for the whole data set draws its chains and counts what is not equal", () => {
  const drawn = publishedChains(3);
  const known = published.chains.filter(({ length }) => length <= 3);
  for (const { length, row, elementals } of known) expect(drawn[length - 1]![row]).toEqual(elementals);
  expect(drawn.map((chains) => chains.length)).toEqual([9999, 9999, 9999]);

  const some = known.filter(({ length }) => length === 3);
  const chains = some.map(({ elementals }) => elementals);
  const csv = (optima: readonly number[]): string =>
    `BnB_BnB/1/finished,DP/1\n${optima.map((optimum) => `true,${optimum}`).join("\n")}\n`;
  const optima = some.map(({ optimum }) => optimum);
  expect(compareWithPublished(chains, csv(optima), "a.csv")).toEqual({ equal: 5, unequal: [] });
  const [first, ...others] = optima;
  expect(compareWithPublished(chains, csv([first! - 1, ...others]), "a.csv")).toEqual({
    equal: 4,
    unequal: [`a.csv row 0: planned ${first}, published ${first! - 1}`],
  });
  expect(() => compareWithPublished(chains, csv(others), "a.csv")).toThrow(/found 4 rows; expected 5/);
  expect(() => compareWithPublished(chains, "DP/2\n1", "a.csv")).toThrow(/no column DP\/1/);
});

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
