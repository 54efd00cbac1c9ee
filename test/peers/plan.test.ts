/** @file What peers run of a printed plan: the statements as they stand, and the FMA that they should take. */

import { expect, test } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { planOfChain } from "../../src/peers/plan.ts";
import { frameworkCode } from "../../src/planner/framework-code.ts";

test("the statements are lines of the printed text, and nothing random is among them", () => {
  const shape = buildShape({ widths: [40, 30, 3, 30, 20], activation: "tanh" });
  const { messages } = planOfChain(shape);
  for (const framework of ["jax", "pytorch"] as const) {
    const printed = frameworkCode(shape, framework);
    const { through, statements } = messages[framework]!;
    expect(printed).toContain(`${through}\n`);
    for (const line of statements.split("\n")) expect(printed).toContain(`    ${line}\n`);
    expect(through).toMatch(
      /^def through\(first, last\):[\s\S]* {4}return f\n\ndef with_value[\s\S]* {4}return g$/,
    );
    expect(statements.split("\n").map((line) => line.split(" = ")[0])).toEqual(["J1, z3", "J2", "J"]);
    expect(through + statements).not.toMatch(/rand|normal|import/);
  }
});

test("512-512-8-512-512 is predicted to take 43 times fewer FMA than either mode", () => {
  const { record } = planOfChain(buildShape({ widths: [512, 512, 8, 512, 512] }));
  const sigma = 2 * (512 * 512 + 512 * 8);
  expect(record.forwardFma).toBe(512 * sigma);
  expect(record.reverseFma).toBe(512 * sigma);
  expect(record.fma).toBe(8 * sigma + 512 * 8 * 512);
  expect(record.forwardFma / record.fma).toBeCloseTo(42.9, 1);
  expect(record.code.jax).toContain("J = J2 @ J1");
});
