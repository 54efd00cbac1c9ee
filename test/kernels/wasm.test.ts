/** @file The `wasm` kernel on arrays in its own memory: the reference's results for any shape and strides, in every build. */

import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, it, test } from "vitest";
import { prepareJacobian } from "../../src/ad/jacobian.ts";
import { copyInto, entries, type Matrix, vector, zeros } from "../../src/array.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import { referenceKernel } from "../../src/kernels/reference.ts";
import {
  adopted,
  createWorkspace,
  type Kernel,
  type PivotedRankOne,
  type Recorder,
} from "../../src/kernels/types.ts";
import { type Arena, createArena } from "../../src/kernels/wasm/arena.ts";
import { WASM_BUILDS } from "../../src/kernels/wasm/bytes.ts";
import type { WasmExports } from "../../src/kernels/wasm/exports.ts";
import { wasmKernel } from "../../src/kernels/wasm/kernel.ts";
import { createAllocator } from "../../src/memory.ts";
import { createRandom, type Random } from "../../src/random.ts";
import { runProcess } from "../support/run-command.ts";

/** Every way in which the kernel can be had. */
const ARENAS: Readonly<Record<string, Arena>> = {
  "fused, shared memory": createArena({ build: WASM_BUILDS.relaxed }),
  "fused, plain memory": createArena({ build: WASM_BUILDS.relaxed, plain: true }),
  "two roundings, shared memory": createArena({ build: WASM_BUILDS.plain }),
  "two roundings, plain memory": createArena({ build: WASM_BUILDS.plain, plain: true }),
};

/** An arena that counts calls into WebAssembly by name, so that no test passes on the loops of `typed`. */
function counting(arena: Arena): { arena: Arena; calls: Map<string, number> } {
  const calls = new Map<string, number>();
  const exports = Object.fromEntries(
    Object.entries(arena.exports).map(([name, run]) => [
      name,
      (...operands: number[]) => {
        calls.set(name, (calls.get(name) ?? 0) + 1);
        return (run as (...all: number[]) => number)(...operands);
      },
    ]),
  ) as unknown as WasmExports;
  return { arena: Object.assign(Object.create(arena), { exports }), calls };
}

type Layout = { shape: number[]; stride: number[]; offset: number; values: number[] };

/** Random entries at random strides (negative too), with the axes in either order. */
function layout(shape: number[], random: Random): Layout {
  const gap = random.integer(1, 2);
  const flip = shape.length === 2 && random.uniform() < 0.5;
  const [rows, columns] = [shape[0]!, shape[1] ?? 1];
  const sizes = shape.length === 1 ? [gap] : flip ? [gap, gap * rows + 1] : [gap * columns + 1, gap];
  const stride = sizes.map((size) => (random.uniform() < 0.15 ? -size : size));
  const before = stride.reduce((sum, step, i) => sum + Math.max(0, -step) * (shape[i]! - 1), 0);
  const after = stride.reduce((sum, step, i) => sum + Math.max(0, step) * (shape[i]! - 1), 0);
  const offset = before + random.integer(0, 3);
  const values = Array.from({ length: offset + after + 1 }, () => 2 * random.uniform() - 1);
  return { shape, stride, offset, values };
}

/** Random entries that lie together, as a layer keeps its partial derivatives. */
function together(length: number, random: Random): Layout {
  const values = Array.from({ length }, () => 2 * random.uniform() - 1);
  return { shape: [length], stride: [1], offset: 0, values };
}

type Place = (layout: Layout) => Matrix;
const anywhere: Place = ({ shape, stride, offset, values }) =>
  ndarray(Float64Array.from(values), shape, stride, offset);
const within =
  (arena: Arena): Place =>
  ({ shape, stride, offset, values }) => {
    const data = arena.take(values.length);
    data.set(values);
    return ndarray(data as Float64Array<ArrayBuffer>, shape, stride, offset);
  };

type Operation = { name: string; exported: string; run(kernel: Kernel, place: Place): number[] };

/** Every operation that runs in WebAssembly, on shapes m, n, k. */
function operations(m: number, n: number, k: number, rngSeed: number): Operation[] {
  const random = createRandom(rngSeed);
  const make = (...shape: number[]): Layout => layout(shape, random);
  const [A, B, C, X, Y] = [make(m, n), make(n, k), make(m, k), make(n, k), make(m, n)];
  const [x, y, d, z] = [make(n), make(m), make(n), make(n)];
  const into =
    (target: Layout, work: (kernel: Kernel, target: Matrix, place: Place) => void) =>
    (kernel: Kernel, place: Place): number[] => {
      const array = place(target);
      work(kernel, array, place);
      return entries(array);
    };
  return [
    { name: "matvec", exported: "matvec", run: into(y, (K, t, at) => K.matvec(at(A), at(x), t)) },
    {
      name: "affine",
      exported: "matvec",
      run: into(make(m), (K, t, at) => K.affine(at(A), at(x), at(y), t)),
    },
    { name: "vecmat", exported: "matvec", run: into(x, (K, t, at) => K.vecmat(at(y), at(A), t)) },
    { name: "matmul", exported: "matmul", run: into(C, (K, t, at) => K.matmul(at(A), at(B), t)) },
    { name: "addOuter", exported: "addOuter", run: into(A, (K, t, at) => K.addOuter(-1, at(y), at(x), t)) },
    { name: "dot", exported: "dot", run: (K, at) => [K.dot(at(x), at(d))] },
    { name: "axpy", exported: "axpy", run: into(x, (K, t, at) => K.axpy(-0.3, at(d), t)) },
    { name: "add", exported: "add", run: into(X, (K, t, at) => K.add(at(B), t)) },
    { name: "add of vectors", exported: "add", run: into(x, (K, t, at) => K.add(at(d), t)) },
    { name: "multiply", exported: "multiply", run: into(z, (K, t, at) => K.multiply(at(x), at(d), t)) },
    { name: "scale", exported: "scale", run: into(z, (K, t, at) => K.scale(1.5, at(x), t)) },
    { name: "scaleRows", exported: "scaleRows", run: into(X, (K, t, at) => K.scaleRows(at(d), at(B), t)) },
    {
      name: "scaleColumns",
      exported: "scaleRows",
      run: into(Y, (K, t, at) => K.scaleColumns(at(A), at(d), t)),
    },
    { name: "quotient", exported: "quotient", run: into(z, (K, t, at) => K.quotient(at(x), at(d), 3, t)) },
    { name: "sum", exported: "sum", run: (K, at) => [K.sum(at(x))] },
    ...[0, 1, 2].map((which) => {
      const [U, V, dense] = [make(k, n), make(k, n), () => together(n, random)];
      const [diagonal, left, right, s] = [dense(), dense(), dense(), together(k, random)];
      const pivot = { ...together(2, random), values: [k % n, 0.7] };
      // One vector, columns, rows; softmax, log-softmax and its transpose.
      const M = (at: Place): PivotedRankOne => ({
        diagonal: which === 0 ? at(diagonal) : null,
        left: which === 1 ? null : at(left),
        right: which === 2 ? null : at(right),
        pivot: at(pivot),
      });
      const [input, output] = [[X, make(n, k)] as const, [U, V] as const, [x, z] as const][which]!;
      return {
        name: `rankOneProduct ${which}`,
        exported: "rankOneProduct",
        run: into(output, (K, t, at) =>
          K.rankOneProduct(M(at), at(input), which === 1 ? 1 : 0, which === 2 ? null : at(s), t),
        ),
      };
    }),
  ];
}

const size = fc.integer({ min: 1, max: 70 });

describe.each(Object.entries(ARENAS))("the build with %s", (_, whole) => {
  const { arena, calls } = counting(whole);
  const kernel = wasmKernel.create(createAllocator(arena));
  const reference = referenceKernel.create(createAllocator());

  it("gives the reference's results to rounding, in WebAssembly, for any shape and strides", () => {
    fc.assert(
      fc.property(size, size, size, fc.integer({ min: 1, max: 1e6 }), (m, n, k, rngSeed) => {
        for (const { name, exported, run } of operations(m, n, k, rngSeed)) {
          const before = calls.get(exported) ?? 0;
          const actual = run(kernel, within(whole));
          expect(calls.get(exported), name).toBe(before + 1);
          for (const [i, value] of run(reference, anywhere).entries()) {
            expect(Math.abs(actual[i]! - value), `${name} ${m} ${n} ${k} ${rngSeed}`).toBeLessThan(1e-12);
          }
        }
      }),
      {
        numRuns: 40,
        seed: 1,
        examples: [
          [1, 1, 1, 1],
          [6, 4, 1, 2],
          [3, 70, 5, 3],
          [70, 3, 2, 4],
        ],
      },
    );
  });

  it("multiplies matrices that are longer than its blocks, and strided vectors that are longer than its scratch", () => {
    for (const [m, n, k] of [
      [101, 9, 517],
      [5, 1030, 300],
      [25, 1030, 258],
    ] as const) {
      const all = operations(m, k, n, 7).filter(({ name }) => name === "matmul" || name === "matvec");
      for (const { name, run } of all) {
        const [actual, expected] = [run(kernel, within(whole)), run(reference, anywhere)];
        for (const [i, value] of expected.entries())
          expect(Math.abs(actual[i]! - value), name).toBeLessThan(1e-11);
      }
    }
    const long = 150_001;
    const x = within(whole)({ shape: [long], stride: [2], offset: 0, values: Array(2 * long).fill(0.5) });
    const A = within(whole)({ shape: [1, long], stride: [long, 1], offset: 0, values: Array(long).fill(2) });
    const y = within(whole)({ shape: [1], stride: [1], offset: 0, values: [0] });
    kernel.matvec(A, x, y);
    expect(y.get(0)).toBe(long);
  });

  it("passes NaN and infinities on, and does not let them out of their rows and columns", () => {
    const m = 9;
    for (const special of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const [row, column] of [
        [0, 0],
        [m - 1, m - 1],
        [4, 6],
      ] as const) {
        const A = Array.from({ length: m * m }, (_, i) => 1 + i);
        A[row * m + column] = special;
        const at = within(whole);
        const square = { shape: [m, m], stride: [m, 1], offset: 0 };
        const ones = { shape: [m], stride: [1], offset: 0, values: Array(m).fill(1) };
        const C = at({ ...square, values: Array(m * m).fill(0) });
        kernel.matmul(at({ ...square, values: A }), at({ ...square, values: Array(m * m).fill(1) }), C);
        const [y, z] = [at(ones), at(ones)];
        kernel.matvec(at({ ...square, values: A }), at(ones), y);
        kernel.vecmat(at(ones), at({ ...square, values: A }), z);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < m; j++) expect(Number.isFinite(C.get(i, j)!)).toBe(i !== row);
          expect(Number.isFinite(y.get(i)!)).toBe(i !== row);
          expect(Number.isFinite(z.get(i)!)).toBe(i !== column);
        }
        expect(y.get(row)).toBe(special);
        expect(z.get(column)).toBe(special);
        expect(C.get(row, 0)).toBe(special);
      }
    }
  });

  it("does recorded operations in one call, with the results of single calls", () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 1e6 }), (n, k, rngSeed) => {
        const random = createRandom(rngSeed);
        const at = (...shape: number[]): Matrix => within(whole)(layout(shape, random));
        const [A, d, u, input] = [at(n, n), at(n), at(n), at(n, k)];
        const [inner, first, second] = [at(n, k), at(n, k), at(n, k)];
        const s = at(k);
        const [J, expected] = [within(whole), within(whole)].map((make) =>
          make({ shape: [n, 2 * k], stride: [2 * k, 1], offset: 0, values: Array(2 * n * k).fill(0) }),
        ) as [Matrix, Matrix];
        const write = (output: Matrix) => (to: Recorder | Kernel) => {
          to.matmul(A, input, inner);
          to.scaleRows(d, inner, first);
          to.scaleColumns(first, s, second);
          to.vecmat(u, second, s2);
          if ("copy" in to) to.copy(second, output);
          else copyInto(second, output);
          to.add(inner, output);
          to.addOuter(-1, u, s2, output);
          to.rankOneProduct(M, output, 0, sums, first);
          to.rankOneProduct({ ...M, diagonal: null, left: null }, turned(first), 1, sums, turned(second));
          to.rankOneProduct({ ...M, diagonal: null, right: null }, second, 0, sums, output);
        };
        const s2 = at(k);
        const dense = (length: number): Matrix => within(whole)(together(length, random));
        const [sums, diagonal, left, right, pivot] = [dense(k), dense(n), dense(n), dense(n), dense(2)];
        pivot.set(0, k % n);
        const M = { diagonal, left, right, pivot };
        const turned = (X: Matrix): Matrix => X.transpose(1, 0);
        const outputs = [J.hi(n, k), J.lo(0, k)] as const;
        const run = kernel.record!(write(outputs[0]), input, outputs[0])!;
        const before = calls.get("run") ?? 0;
        for (const output of outputs) run(output);
        expect(calls.get("run")).toBe(before + 2);
        for (const output of [expected.hi(n, k), expected.lo(0, k)]) write(output)(kernel);
        expect(entries(J)).toEqual(entries(expected));

        const [x, y, z] = [at(n), at(n), at(n)];
        const vectors = kernel.record!(
          (to) => {
            to.matvec(A, x, z);
            to.multiply(z, d, y);
            to.rankOneProduct(M, y, 0, null, z);
            to.copy(z, y);
          },
          x,
          y,
        )!;
        vectors(y);
        const actual = entries(y);
        kernel.matvec(A, x, z);
        kernel.multiply(z, d, y);
        kernel.rankOneProduct(M, y, 0, null, z);
        expect(actual).toEqual(entries(z));
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  it("records nothing on arrays that lie elsewhere", () => {
    const [A, x, y] = [zeros(3, 3), zeros(3), zeros(3)];
    expect(kernel.record!((to) => to.matvec(A, x, y), x, y)).toBeNull();
  });
});

test("given arrays are copied once, and again by refresh; its own arrays are not", () => {
  const { kernel, allocator } = createWorkspace(wasmKernel);
  const own = allocator.allocate(4);
  expect(adopted(kernel, own)).toBe(own);
  expect(kernel.ownBytes).toBe(0);
  const given = vector([1, 2, 3]);
  const copy = adopted(kernel, given);
  expect(adopted(kernel, given)).toBe(copy);
  expect([entries(copy), kernel.ownBytes]).toEqual([[1, 2, 3], 24]);
  given.set(1, 7);
  kernel.refresh!();
  expect(entries(copy)).toEqual([1, 7, 3]);
});

test.each([
  "forward",
  "reverse-blocked",
  "forward-parameters",
  "finite-differences-central",
  "product-left-to-right",
])("%s sees changed weights and a changed point after linearise()", (strategy) => {
  const chain = buildChain({ widths: [3, 5, 4, 2], activation: "tanh", rngSeed: 3 });
  const x = randomPoint(3, 3);
  const prepared = prepareJacobian(chain, x, { strategy, kernel: "wasm" });
  prepared.run();
  chain.layers[0]!.ownParameters!.weights.set(1, 2, -0.7);
  x.set(0, 0.9);
  prepared.linearise();
  const again = entries(prepareJacobian(chain, x, { strategy, kernel: "reference" }).run());
  for (const [i, value] of entries(prepared.run()).entries()) {
    expect(Math.abs(value - again[i]!)).toBeLessThan(1e-7);
  }
  const typed = prepareJacobian(chain, x, { strategy, kernel: "typed" });
  expect([typed.peakBytes, typed.kernelBytes]).toEqual([prepared.peakBytes, 0]);
  expect(prepared.kernelBytes).toBeGreaterThanOrEqual(8 * (3 * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2 + 3));
});

test("a run allocates nothing", async () => {
  const program = `
    const { buildChain, prepareJacobian, randomPoint } = await import("./src/index.ts");
    const chain = buildChain({ widths: [8, 8, 8, 8, 8], activation: "tanh", rngSeed: 1 });
    for (const strategy of ["forward", "reverse", "forward-blocked", "reverse-blocked"]) {
      const { run } = prepareJacobian(chain, randomPoint(8, 1), { strategy, kernel: "wasm" });
      for (let i = 0; i < 20_000; i++) run();
      // Compiling allocates once in a while, a run that allocates does so in every batch: the middle one of five tells.
      const batches = [1, 2, 3, 4, 5].map(() => {
        globalThis.gc();
        const before = process.memoryUsage().heapUsed;
        for (let i = 0; i < 20_000; i++) run();
        return process.memoryUsage().heapUsed - before;
      });
      // The least object of a run, an ndarray's header, would be some 100 bytes.
      console.log(batches.sort((a, b) => a - b)[2] < 8 * 20_000);
    }`;
  const args = ["--expose-gc", "--input-type=module", "-e", program];
  const { stdout, stderr } = await runProcess(process.execPath, args);
  expect([stdout, stderr]).toEqual(["true\n".repeat(4), ""]);
}, 60_000);
