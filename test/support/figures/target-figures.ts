/** @file The figures of CONTRIBUTING: the table of targets, from the benchmark's own constants. */

import { JAX_CASES } from "../../bench/target-jax.ts";
import { COMPARISONS } from "../../bench/target-products.ts";
import { BLOCKED, OVERHEAD } from "../../bench/target-strategies.ts";
import type { Figure } from "./figure.ts";

/** A line of the table of targets. */
function productTarget(name: string, first: string, second: string, products: readonly string[]): Figure {
  const of = (product: string) =>
    COMPARISONS.find((one) => one.first === first && one.second === second && one.product === product)!;
  const { widths } = of(products[0]!);
  return {
    page: "CONTRIBUTING.md",
    sentence: `| ${name} ${widths.map(() => "#").join(", ")}: ${first} / ${second === "numpy" ? "NumPy" : second} | ≥ # |`,
    source: "test/bench/target-products.ts",
    values: () => {
      const lines = products.map((product) => [...of(product).widths, of(product).least].map(String));
      if (new Set(lines.map(String)).size !== 1)
        throw new Error(`${name}: found several targets; expected a line for each`);
      return lines[0]!;
    },
  };
}

function jaxTarget(least: (value: number) => boolean): Figure {
  const cases = JAX_CASES.filter((one) => least(one.least));
  return {
    page: "CONTRIBUTING.md",
    sentence: `| Jacobian of ${cases.map(() => "@").join(", ")} / JAX | ≥ # |`,
    source: "test/bench/target-jax.ts",
    values: () => [
      ...cases.map(({ widths }) => widths.join("-")),
      String(Number(Math.max(...cases.map((one) => one.least)).toFixed(2))),
    ],
  };
}

/** In the order of the page. */
export const TARGET_FIGURES: readonly Figure[] = [
  productTarget("matrix-vector", "wasm", "openblas", ["matvec"]),
  productTarget("transposed", "wasm", "openblas", ["vecmat"]),
  productTarget("matrix-vector and transposed", "wasm", "numpy", ["matvec", "vecmat"]),
  productTarget("matrix-matrix", "wasm", "openblas", ["matmul"]),
  productTarget("matrix-vector", "openblas", "numpy", ["matvec"]),
  productTarget("matrix-matrix", "openblas", "numpy", ["matmul"]),
  {
    page: "CONTRIBUTING.md",
    sentence: "| forward-blocked, reverse-blocked at # / bare matrix-matrix: typed, wasm, openblas | ≥ # |",
    source: "test/bench/target-strategies.ts",
    values: () => [String(BLOCKED.width), String(BLOCKED.least)],
  },
  {
    page: "CONTRIBUTING.md",
    sentence: "| one JVP, one VJP through # layers of # / # bare products: wasm (seconds) | ≤ # |",
    source: "test/bench/target-strategies.ts",
    values: () => [OVERHEAD.layers, OVERHEAD.width, OVERHEAD.layers, OVERHEAD.most].map(String),
  },
  jaxTarget((least) => least === 1),
  jaxTarget((least) => least < 1),
];
