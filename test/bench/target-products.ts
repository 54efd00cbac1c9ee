/** @file Targets of the bare products: `wasm` against OpenBLAS and NumPy, `openblas` against NumPy. */

import { freshProduct, type ProductName, type Ready, readyKernel } from "./kernel-operands.ts";
import { INSTALL_PYTHON, type PythonPeer } from "./python.ts";
import { BATCH_SECONDS, type Contender, inRounds, ratioRow, type TargetRow } from "./rounds.ts";

type Name = "wasm" | "openblas" | "numpy";

/** What is compared with what: the rate of the first over that of the second, at least so much. */
type Comparison = {
  readonly first: Name;
  readonly second: Name;
  readonly product: ProductName;
  readonly widths: readonly number[];
  readonly least: number;
};

/** All that is compared. */
export const COMPARISONS: readonly Comparison[] = [
  { first: "wasm", second: "openblas", product: "matvec", widths: [256, 512, 1024], least: 0.7 },
  { first: "wasm", second: "openblas", product: "vecmat", widths: [256, 512, 1024], least: 0.7 },
  { first: "wasm", second: "numpy", product: "matvec", widths: [16], least: 5 },
  { first: "wasm", second: "numpy", product: "vecmat", widths: [16], least: 5 },
  { first: "wasm", second: "openblas", product: "matmul", widths: [128, 256, 512, 1024], least: 0.5 },
  { first: "openblas", second: "numpy", product: "matvec", widths: [256, 512, 1024], least: 0.95 },
  { first: "openblas", second: "numpy", product: "matmul", widths: [256, 512, 1024], least: 0.95 },
];

/**
 * Times every product at every width by all that take part there, in the same rounds.
 *
 * @param python - null where there is none
 * @returns a row for each comparison and width
 */
export async function productTargets(python: PythonPeer | null): Promise<TargetRow[]> {
  const kernels: Readonly<Record<"wasm" | "openblas", Ready | string>> = {
    wasm: readyKernel("wasm"),
    openblas: readyKernel("openblas"),
  };
  const contender = (name: Name, product: ProductName, width: number): Contender | string => {
    if (name !== "numpy") {
      const ready = kernels[name];
      return typeof ready === "string" ? ready : freshProduct(ready, product, width);
    }
    if (python === null || python.versions.numpy === null) return `needs NumPy: ${INSTALL_PYTHON}`;
    const command = { do: "numpy", operation: product, width, seconds: BATCH_SECONDS };
    return async () => (await python.ask(command)).seconds;
  };
  const measured = new Map<string, Awaited<ReturnType<typeof measure>>>();
  const measure = async (product: ProductName, width: number) => {
    const taking = COMPARISONS.filter((one) => one.product === product && one.widths.includes(width));
    const names = [...new Set(taking.flatMap(({ first, second }) => [first, second]))];
    const all = names.map((name) => [name, contender(name, product, width)] as const);
    const missing = new Map(all.filter((entry) => typeof entry[1] === "string")) as Map<Name, string>;
    const present = all.filter((entry) => typeof entry[1] !== "string");
    return { missing, seconds: await inRounds(Object.fromEntries(present) as Record<Name, Contender>) };
  };
  const rows: TargetRow[] = [];
  for (const { first, second, product, widths, least } of COMPARISONS) {
    for (const width of widths) {
      const label = `${product} ${width}, ${first} / ${second}`;
      const target = { kind: "least", value: least } as const;
      const key = `${product} ${width}`;
      const { missing, seconds } = measured.get(key) ?? (await measure(product, width));
      measured.set(key, { missing, seconds });
      const lacks = missing.get(first) ?? missing.get(second);
      rows.push(
        lacks === undefined
          ? ratioRow(label, target, seconds[second]!, seconds[first]!)
          : { label, target, missing: lacks },
      );
    }
  }
  return rows;
}
