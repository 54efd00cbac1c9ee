/** @file The kernel `openblas` where the library is there: its arithmetic is that of the reference kernel. */

import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, it } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { entries, type Matrix, maxAbsDifference, vector, zeros } from "../../src/array.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { kernelById } from "../../src/kernels/index.ts";
import type { Kernel } from "../../src/kernels/types.ts";
import { createAllocator } from "../../src/memory.ts";
import { createRandom, type Random } from "../../src/random.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import { runJacobench } from "../support/run-command.ts";

const absent = kernelById("openblas").unavailable?.() ?? null;
if (absent !== null) console.warn(`SKIPPED: the tests of the kernel openblas. ${absent}`);

/** What surrounds an array in its memory, and what outputs hold before: no operation may read or write it. */
const UNTOUCHED = Number.NaN;

type Layout = { gap: number; pad: number; transposed: boolean; offset: number };

const layout: fc.Arbitrary<Layout> = fc.record({
  gap: fc.constantFrom(1, 1, 1, 2, 3, -1),
  pad: fc.integer({ min: 0, max: 3 }),
  transposed: fc.boolean(),
  offset: fc.integer({ min: 0, max: 5 }),
});

/** An array within a larger memory of NaN, with some layout: dense, transposed, padded, with gaps, or backwards. */
function laid(shape: readonly number[], { gap, pad, transposed, offset }: Layout): Matrix {
  const [rows, columns] = [shape[0]!, shape[1] ?? 1];
  const step = Math.abs(gap);
  const strides =
    shape.length === 1 ? [step] : transposed ? [step, step * rows + pad] : [step * columns + pad, step];
  const span = strides.reduce((sum, stride, axis) => sum + stride * (shape[axis]! - 1), 0);
  const data = new Float64Array(offset + span + 6).fill(UNTOUCHED);
  const array = ndarray(data, [...shape], strides, offset);
  // Backwards along the first axis.
  return gap < 0 ? (array.step(...(shape.length === 1 ? [-1] : [-1, 1])) as Matrix) : array;
}

function filled(array: Matrix, random: Random): Matrix {
  const [rows, columns] = [array.shape[0]!, array.shape[1] ?? 1];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      if (array.dimension === 1) array.set(i, random.uniform() - 0.5);
      else array.set(i, j, random.uniform() - 0.5);
    }
  }
  return array;
}

/** Entries of the memory that do not belong to the array. */
function writtenOutside(array: Matrix): number {
  const all = array.data.reduce((count, value) => count + Number(!Number.isNaN(value)), 0);
  return all - entries(array).filter((value) => !Number.isNaN(value)).length;
}

type Operation = {
  readonly name: string;
  /** Operands; the last one is the result, whose old entries are read only if `updates`. */
  readonly shapes: readonly (readonly number[])[];
  readonly updates?: boolean;
  run(kernel: Kernel, operands: readonly Matrix[]): unknown;
};

function operations(m: number, k: number, n: number): Operation[] {
  return [
    { name: "matvec", shapes: [[m, n], [n], [m]], run: (K, [A, x, y]) => K.matvec(A!, x!, y!) },
    { name: "affine", shapes: [[m, n], [n], [m], [m]], run: (K, [A, x, b, y]) => K.affine(A!, x!, b!, y!) },
    { name: "vecmat", shapes: [[m], [m, n], [n]], run: (K, [u, A, y]) => K.vecmat(u!, A!, y!) },
    {
      name: "matmul",
      shapes: [
        [m, k],
        [k, n],
        [m, n],
      ],
      run: (K, [A, B, C]) => K.matmul(A!, B!, C!),
    },
    {
      name: "addOuter",
      shapes: [[m], [n], [m, n]],
      updates: true,
      run: (K, [u, x, A]) => K.addOuter(-1, u!, x!, A!),
    },
    { name: "dot", shapes: [[5 * n], [5 * n]], updates: true, run: (K, [x, y]) => K.dot(x!, y!) },
    { name: "axpy", shapes: [[5 * n], [5 * n]], updates: true, run: (K, [x, y]) => K.axpy(0.7, x!, y!) },
    { name: "scale", shapes: [[5 * n], [5 * n]], run: (K, [x, y]) => K.scale(-1.5, x!, y!) },
    {
      name: "scaleRows",
      shapes: [[m], [m, 3 * n], [m, 3 * n]],
      run: (K, [d, X, Y]) => K.scaleRows(d!, X!, Y!),
    },
    {
      name: "scaleRows in place",
      shapes: [[m], [m, 3 * n]],
      updates: true,
      run: (K, [d, X]) => K.scaleRows(d!, X!, X!),
    },
    {
      name: "scaleColumns",
      shapes: [[m, n], [n], [m, n]],
      run: (K, [X, d, Y]) => K.scaleColumns(X!, d!, Y!),
    },
    { name: "scale in place", shapes: [[5 * n]], updates: true, run: (K, [x]) => K.scale(-1.5, x!, x!) },
  ];
}

describe.skipIf(absent !== null)("the kernel openblas", () => {
  const openblas = (): Kernel => kernelById("openblas").create(createAllocator());
  const reference = kernelById("reference").create(createAllocator());
  const size = fc.integer({ min: 1, max: 70 });

  it("equals the reference kernel to rounding for any shape and layout, and touches nothing else", () => {
    fc.assert(
      fc.property(
        fc.tuple(size, size, size),
        fc.array(layout, { minLength: 4, maxLength: 4 }),
        fc.nat(),
        ([m, k, n], layouts, rngSeed) => {
          for (const { name, shapes, updates = false, run } of operations(m, k, n)) {
            const make = (): Matrix[] => {
              const random = createRandom(rngSeed);
              return shapes.map((shape, i) => {
                const array = laid(shape, layouts[i]!);
                return i < shapes.length - 1 || updates ? filled(array, random) : array;
              });
            };
            const [actual, expected] = [make(), make()];
            const scalars = [run(openblas(), actual), run(reference, expected)];
            if (typeof scalars[0] === "number") expect(scalars[0]).toBeCloseTo(scalars[1] as number, 11);
            const [result, wanted] = [actual.at(-1)!, expected.at(-1)!];
            expect(maxAbsDifference(result, wanted), name).toBeLessThan(1e-12);
            expect(writtenOutside(result), name).toBe(0);
            for (const [i, operand] of actual.slice(0, -1).entries())
              expect(maxAbsDifference(operand, expected[i]!), name).toBe(0);
          }
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it("multiplies large matrices and their parts", () => {
    const random = createRandom(2);
    const [A, B] = [filled(zeros(300, 500), random), filled(zeros(500, 200), random)];
    for (const [a, b] of [
      [A, B],
      [B.transpose(1, 0), A.transpose(1, 0)],
      [A.lo(17, 30).hi(101, 307), B.lo(30, 3).hi(307, 99)],
    ] as [Matrix, Matrix][]) {
      const [actual, expected] = [0, 1].map(() => zeros(a.shape[0]!, b.shape[1]!));
      openblas().matmul(a, b, actual!);
      reference.matmul(a, b, expected!);
      expect(maxAbsDifference(actual!, expected!)).toBeLessThan(1e-10);
    }
  });

  it("lets a factor of 0 make NaN of infinity, as arithmetic does", () => {
    const kernel = openblas();
    const X = zeros(3, 200);
    X.data.fill(Number.POSITIVE_INFINITY, 200, 400);
    const Y = zeros(3, 200);
    kernel.scaleRows(vector([1, 0, 2]), X, Y);
    expect(Y.get(1, 7)).toBeNaN();
    expect(Y.get(0, 7)).toBe(0);
    const [x, y] = [X.pick(1, null) as Matrix, zeros(200)];
    kernel.axpy(0, x, y);
    expect(y.get(3)).toBeNaN();
    kernel.scale(0, x, x);
    expect(x.get(3)).toBeNaN();
  });

  it("leaves an array whose memory was given away alone", () => {
    const A = filled(zeros(40, 40), createRandom(3));
    const [x, y] = [filled(zeros(40), createRandom(4)), zeros(40)];
    const kernel = openblas();
    kernel.matvec(A, x, y);
    structuredClone(A.data, { transfer: [A.data.buffer as ArrayBuffer] });
    expect(() => kernel.matvec(A, x, y)).not.toThrow();
    expect(entries(y).every((value) => Number.isNaN(value))).toBe(true);
  });

  it("gives every strategy the same Jacobian as the typed kernel", () => {
    const chain = buildChain({ widths: [20, 30, 25, 14], rngSeed: 1 });
    const x = randomPoint(20, 1);
    for (const { id, withRespectTo } of STRATEGIES) {
      if (withRespectTo !== "input") continue;
      const [actual, expected] = ["openblas", "typed"].map((kernel) =>
        prepareJacobian(chain, x, { strategy: id, kernel }).run(),
      );
      expect(maxAbsDifference(actual!, expected!), id).toBeLessThan(1e-6);
    }
  });

  it("is named with its version by env, and in the record of what it has timed", async () => {
    const { stdout } = await runJacobench(["env"]);
    expect(stdout).toMatch(/^kernel openblas +(OpenBLAS \d|CBLAS)/m);
    const timed = await runJacobench(["time", "--widths", "6,5,4", "--kernel", "openblas", "--budget", "1"]);
    expect({ code: timed.code, stderr: timed.stderr }).toEqual({ code: 0, stderr: "" });
    expect(timed.stdout).toContain("forward");
  });
});
