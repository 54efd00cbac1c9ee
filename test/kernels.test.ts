/** @file All kernels do the same arithmetic, on any shape and any strides. */

import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, it } from "vitest";
import { entries, type Matrix } from "../src/array.ts";
import { createCountingKernel } from "../src/kernels/counting.ts";
import { usableKernels } from "../src/kernels/index.ts";
import type { Kernel, PivotedRankOne } from "../src/kernels/types.ts";
import { createAllocator } from "../src/memory.ts";
import { createRandom, type Random } from "../src/random.ts";

/** A random array whose strides, order of axes and offset are random too. */
function strided(shape: number[], random: Random): Matrix {
  const gap = random.integer(1, 3);
  const flip = shape.length === 2 && random.uniform() < 0.5;
  const [rows, columns] = [shape[0]!, shape[1] ?? 1];
  const stride = shape.length === 1 ? [gap] : flip ? [gap, gap * rows + 1] : [gap * columns + 1, gap];
  const offset = random.integer(0, 5);
  const data = new Float64Array(offset + stride.reduce((sum, s, i) => sum + s * (shape[i]! - 1), 0) + 1);
  for (let i = 0; i < data.length; i++) data[i] = 2 * random.uniform() - 1;
  return ndarray(data, shape, stride, offset);
}

type Case = { readonly name: keyof Kernel; readonly fma: number; run(kernel: Kernel): number[] };

/** Every operation on shapes m, n, k, with what it costs. */
function cases(m: number, n: number, k: number, rngSeed: number): Case[] {
  const make = (...shape: number[]): (() => Matrix) => {
    const own = rngSeed++;
    return () => strided(shape, createRandom(own));
  };
  const [A, B, C] = [make(m, n), make(n, k), make(m, k)];
  const [x, y, d] = [make(n), make(m), make(n)];
  const X = make(n, k);
  const out = (array: Matrix, work: (array: Matrix) => void): number[] => {
    work(array);
    return entries(array);
  };
  const f = (a: number, b = 0.5): number => a * a - b;
  return [
    { name: "matvec", fma: m * n, run: (K) => out(y(), (t) => K.matvec(A(), x(), t)) },
    { name: "affine", fma: m * n, run: (K) => out(make(m)(), (t) => K.affine(A(), x(), y(), t)) },
    { name: "vecmat", fma: m * n, run: (K) => out(x(), (t) => K.vecmat(y(), A(), t)) },
    { name: "matmul", fma: m * n * k, run: (K) => out(C(), (t) => K.matmul(A(), B(), t)) },
    { name: "addOuter", fma: m * n, run: (K) => out(A(), (t) => K.addOuter(-1, y(), x(), t)) },
    { name: "dot", fma: n, run: (K) => [K.dot(x(), d())] },
    { name: "axpy", fma: n, run: (K) => out(x(), (t) => K.axpy(-0.3, d(), t)) },
    { name: "add", fma: n * k, run: (K) => out(X(), (t) => K.add(B(), t)) },
    { name: "add", fma: n, run: (K) => out(x(), (t) => K.add(d(), t)) },
    { name: "addAt", fma: 1, run: (K) => out(X(), (t) => K.addAt(2, t, n - 1, k - 1)) },
    { name: "multiply", fma: n, run: (K) => out(make(n)(), (t) => K.multiply(x(), d(), t)) },
    { name: "scale", fma: n, run: (K) => out(make(n)(), (t) => K.scale(1.5, x(), t)) },
    { name: "scaleRows", fma: n * k, run: (K) => out(X(), (t) => K.scaleRows(d(), B(), t)) },
    { name: "scaleColumns", fma: m * n, run: (K) => out(make(m, n)(), (t) => K.scaleColumns(A(), d(), t)) },
    ...rankOneCases(n, k, make),
    { name: "quotient", fma: 2 * n, run: (K) => out(make(n)(), (t) => K.quotient(x(), d(), 3, t)) },
    { name: "map", fma: n, run: (K) => out(make(n)(), (t) => K.map(f, x(), t)) },
    { name: "map2", fma: n, run: (K) => out(make(n)(), (t) => K.map2(f, x(), d(), t)) },
    { name: "sum", fma: n, run: (K) => [K.sum(x())] },
    { name: "sumOf", fma: 2 * n, run: (K) => [K.sumOf(f, x(), d())] },
  ];
}

/** Products with diag(d) − l·rᵀ for one vector, for columns and for rows; with ones in the places that layers have. */
function rankOneCases(n: number, k: number, make: (...shape: number[]) => () => Matrix): Case[] {
  const [d, l, r, x] = [make(n), make(n), make(n), make(n)];
  const [X, U] = [make(n, k), make(k, n)];
  const [y, s, Y, V] = [make(n), make(k), make(n, k), make(k, n)];
  return [
    [d, l, r],
    [null, null, r],
    [null, l, null],
  ].flatMap(([diagonal, left, right]) => {
    const M = (): PivotedRankOne => ({
      diagonal: diagonal?.() ?? null,
      left: left?.() ?? null,
      right: right?.() ?? null,
      pivot: ndarray(Float64Array.of(k % n, 0.7)),
    });
    const each = diagonal === null ? 2 : 3;
    const blocks = (B: () => Matrix, axis: 0 | 1, target: () => Matrix) => (K: Kernel) => {
      const [sums, output] = [s(), target()];
      K.rankOneProduct(M(), B(), axis, sums, output);
      return [...entries(sums), ...entries(output)];
    };
    return [
      {
        name: "rankOneProduct",
        fma: each * n,
        run: (K: Kernel) => {
          const output = y();
          K.rankOneProduct(M(), x(), 0, null, output);
          return entries(output);
        },
      },
      { name: "rankOneProduct", fma: each * n * k, run: blocks(X, 0, Y) },
      { name: "rankOneProduct", fma: each * n * k, run: blocks(U, 1, V) },
    ] as const;
  });
}

const size = fc.integer({ min: 1, max: 23 });

describe("kernels", () => {
  it("agree to rounding with the counting kernel, which counts what the interface says", () => {
    fc.assert(
      fc.property(size, size, size, fc.integer({ min: 1, max: 1e6 }), (m, n, k, rngSeed) => {
        const all = cases(m, n, k, rngSeed);
        for (const [index, { name, fma, run }] of all.entries()) {
          const counting = createCountingKernel();
          const expected = cases(m, n, k, rngSeed)[index]!.run(counting);
          expect(counting.fma, name).toBe(fma);
          for (const factory of usableKernels()) {
            const actual = run(factory.create(createAllocator()));
            for (const [i, value] of expected.entries()) {
              expect(Math.abs(actual[i]! - value), `${factory.id} ${name}`).toBeLessThan(1e-12);
            }
          }
        }
      }),
      { numRuns: 80, seed: 1 },
    );
  });

  it("allow elementwise functions in place", () => {
    for (const factory of usableKernels()) {
      const kernel = factory.create(createAllocator());
      const x = ndarray(Float64Array.of(1, 2, 3));
      kernel.map((v) => v * 2, x, x);
      kernel.scale(0.5, x, x);
      expect(entries(x)).toEqual([1, 2, 3]);
    }
  });
});
