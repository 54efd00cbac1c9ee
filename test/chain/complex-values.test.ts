/** @file Layers at complex points, also far from the real axis, against arbitrary precision. The complex step is in digits.test.ts. */

import { describe, expect, it } from "vitest";
import { vector, zeros } from "../../src/array.ts";
import { activation } from "../../src/chain/activation.ts";
import type { Layer } from "../../src/chain/layer.ts";
import { softmaxCrossEntropy } from "../../src/chain/loss.ts";
import { logSoftmax, softmax } from "../../src/chain/softmax.ts";
import { kernelById } from "../../src/kernels/index.ts";
import { createAllocator } from "../../src/memory.ts";
import { createRandom } from "../../src/random.ts";
import { type BigNumber, circle, exactly, exp, log1p, whole } from "../support/arbitrary-precision.ts";

type Complex = readonly [re: BigNumber, im: BigNumber];

const ONE: Complex = [whole(1), whole(0)];
const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a.plus(c), b.plus(d)];
const minus = (a: Complex): Complex => [a[0].negated(), a[1].negated()];
const quotient = ([a, b]: Complex, [c, d]: Complex): Complex => {
  const square = c.times(c).plus(d.times(d));
  return [a.times(c).plus(b.times(d)).div(square), b.times(c).minus(a.times(d)).div(square)];
};
const power = ([a, b]: Complex): Complex => {
  const [cos, sin] = circle(b);
  return [exp(a).times(cos), exp(a).times(sin)];
};
/** log(1 + w); the angle needs no more than float64 has. */
const logOnePlus = ([a, b]: Complex): Complex => {
  const aboveOne = a.times(2).plus(a.times(a)).plus(b.times(b));
  return [log1p(aboveOne).div(2), exactly(Math.atan2(Number(b), Number(a.plus(1))))];
};
/** e^z for Re z ≤ 0, e^−z otherwise: no term is large. */
const small = (z: Complex): Complex => power(z[0].isNegative() ? z : minus(z));

/** Values of the functions of one number. */
const SCALARS = {
  tanh: (z: Complex): Complex => {
    const w = small([z[0].times(2), z[1].times(2)]);
    const value = quotient(plus(ONE, minus(w)), plus(ONE, w));
    return z[0].isNegative() ? minus(value) : value;
  },
  sigmoid: (z: Complex): Complex => quotient(z[0].isNegative() ? small(z) : ONE, plus(ONE, small(z))),
  softplus: (z: Complex): Complex => {
    const rest = logOnePlus(small(z));
    return z[0].isNegative() ? rest : plus(z, rest);
  },
} as const;

function valueAt(layer: Layer, a: readonly number[], b: readonly number[]) {
  const workspace = { kernel: kernelById("typed").create(createAllocator()), allocator: createAllocator() };
  const y = { re: zeros(layer.outputWidth), im: zeros(layer.outputWidth) };
  layer.prepareComplexValue(workspace)({ re: vector(a), im: vector(b) }, y);
  return y;
}

function expectValue(y: ReturnType<typeof valueAt>, i: number, [re, im]: Complex, where: string): void {
  const error = exactly(y.re.get(i)!)
    .minus(re)
    .abs()
    .plus(exactly(y.im.get(i)!).minus(im).abs());
  const size = re.abs().plus(im.abs());
  const what = `${where}: ${y.re.get(i)} + ${y.im.get(i)}i`;
  expect(Number(error.div(size.plus(1e-300))), what).toBeLessThan(1e-13);
}

const random = createRandom(20261130);
const anyReal = (): number =>
  (random.uniform() < 0.5 ? -1 : 1) *
  (random.uniform() < 0.3 ? 700 * random.uniform() : 10 ** (8 * random.uniform() - 7));

describe("the value at a complex point", () => {
  it.each(Object.keys(SCALARS) as (keyof typeof SCALARS)[])("of %s", (kind) => {
    for (let draw = 0; draw < 30; draw++) {
      // Anywhere, or near the point where the function or its logarithm has a pole.
      const [distance, pole] = [10 ** (-8 * random.uniform()), kind === "tanh" ? Math.PI / 2 : Math.PI];
      const isNear = random.uniform() < 0.3;
      const a = isNear ? distance * (random.uniform() - 0.5) : anyReal() % 700;
      const b = isNear ? pole - distance : 6 * random.uniform() - 3;
      expectValue(
        valueAt(activation(kind, 1), [a], [b]),
        0,
        SCALARS[kind]([exactly(a), exactly(b)]),
        `${kind}(${a} + ${b}i)`,
      );
    }
  });

  it("of softmax, log-softmax and cross entropy", () => {
    for (let draw = 0; draw < 20; draw++) {
      const width = random.integer(1, 4);
      const a = Array.from({ length: width }, () => anyReal() % 600);
      if (random.uniform() < 0.3) a[width - 1] = a[0]!;
      const b = a.map(() => random.uniform() - 0.5);
      const label = random.integer(0, width - 1);
      const c = a.indexOf(Math.max(...a));
      const z = a.map((value, i): Complex => [exactly(value), exactly(b[i]!)]);
      // Relative to the largest: 1 + the sum of the others.
      const gaps = z.map((value) => plus(value, minus(z[c]!)));
      const others = gaps.reduce<Complex>(
        (sum, gap, i) => (i === c ? sum : plus(sum, power(gap))),
        [whole(0), whole(0)],
      );
      const logs = gaps.map((gap) => plus(gap, minus(logOnePlus(others))));
      const where = `at ${a} + (${b})i`;
      const [p, log] = [valueAt(softmax(width), a, b), valueAt(logSoftmax(width), a, b)];
      for (let i = 0; i < width; i++) {
        expectValue(p, i, quotient(power(gaps[i]!), plus(ONE, others)), `softmax ${i} ${where}`);
        expectValue(log, i, logs[i]!, `logSoftmax ${i} ${where}`);
      }
      expectValue(valueAt(softmaxCrossEntropy(width, label), a, b), 0, minus(logs[label]!), `loss ${where}`);
    }
  });
});
