/**
 * @file Automatic differentiation small enough to read: dual numbers (forward mode) and a tape (reverse mode), over any
 * kind of number. Notebook 01 builds them up; over each other they give second derivatives.
 *
 * Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed. (SIAM, 2008), chapters 3 and 5.
 */

/** What code may do with its numbers; write a function with these, and it can be differentiated. */
export type Arithmetic<Num> = {
  constant(value: number): Num;
  plus(a: Num, b: Num): Num;
  minus(a: Num, b: Num): Num;
  times(a: Num, b: Num): Num;
  over(a: Num, b: Num): Num;
  tanh(a: Num): Num;
  /** The plain value, for branches and loops. */
  valueOf(a: Num): number;
};

/** Plain numbers: the function itself. */
export const real: Arithmetic<number> = {
  constant: (value) => value,
  plus: (a, b) => a + b,
  minus: (a, b) => a - b,
  times: (a, b) => a * b,
  over: (a, b) => a / b,
  tanh: (a) => Math.tanh(a),
  valueOf: (a) => a,
};

/** A value with its derivative along one direction. */
export type Dual<Num> = { readonly value: Num; readonly tangent: Num };

/**
 * Forward mode: every operation carries the tangent along.
 *
 * @param inner - the numbers that values and tangents are made of
 */
export function dualOver<Num>(inner: Arithmetic<Num>): Arithmetic<Dual<Num>> {
  const { constant, plus, minus, times, over } = inner;
  return {
    constant: (value) => ({ value: constant(value), tangent: constant(0) }),
    plus: (a, b) => ({ value: plus(a.value, b.value), tangent: plus(a.tangent, b.tangent) }),
    minus: (a, b) => ({ value: minus(a.value, b.value), tangent: minus(a.tangent, b.tangent) }),
    times: (a, b) => ({
      value: times(a.value, b.value),
      tangent: plus(times(a.tangent, b.value), times(a.value, b.tangent)),
    }),
    over: (a, b) => {
      const value = over(a.value, b.value);
      return { value, tangent: over(minus(a.tangent, times(value, b.tangent)), b.value) };
    },
    tanh: (a) => {
      const value = inner.tanh(a.value);
      return { value, tangent: times(minus(constant(1), times(value, value)), a.tangent) };
    },
    valueOf: (a) => inner.valueOf(a.value),
  };
}

/** One line of a tape: a value, and what it was made of with the partial derivatives. */
export type Recorded<Num> = {
  readonly value: Num;
  readonly parents: readonly (readonly [parent: Recorded<Num>, partial: Num])[];
  adjoint: Num;
};

/** A tape: numbers that record themselves, and the sweep back over the record. */
export type Tape<Num> = {
  readonly arithmetic: Arithmetic<Recorded<Num>>;
  /** An input, or any value from outside. */
  variable(value: Num): Recorded<Num>;
  /** Sets the adjoint of every line: the derivative of `output` with respect to it. */
  sweepBack(output: Recorded<Num>): void;
  /** Lines so far. */
  length(): number;
};

/**
 * Reverse mode: the way there records, the way back multiplies.
 *
 * @param inner - the numbers that values, partial derivatives and adjoints are made of
 */
export function tapeOver<Num>(inner: Arithmetic<Num>): Tape<Num> {
  const lines: Recorded<Num>[] = [];
  const [zero, one, minusOne] = [inner.constant(0), inner.constant(1), inner.constant(-1)];
  const record = (value: Num, ...parents: [Recorded<Num>, Num][]): Recorded<Num> => {
    const line = { value, parents, adjoint: zero };
    lines.push(line);
    return line;
  };
  const arithmetic: Arithmetic<Recorded<Num>> = {
    constant: (value) => record(inner.constant(value)),
    plus: (a, b) => record(inner.plus(a.value, b.value), [a, one], [b, one]),
    minus: (a, b) => record(inner.minus(a.value, b.value), [a, one], [b, minusOne]),
    times: (a, b) => record(inner.times(a.value, b.value), [a, b.value], [b, a.value]),
    over: (a, b) => {
      const [value, partial] = [inner.over(a.value, b.value), inner.over(one, b.value)];
      return record(value, [a, partial], [b, inner.minus(zero, inner.times(value, partial))]);
    },
    tanh: (a) => {
      const value = inner.tanh(a.value);
      return record(value, [a, inner.minus(one, inner.times(value, value))]);
    },
    valueOf: (a) => inner.valueOf(a.value),
  };
  const sweepBack = (output: Recorded<Num>): void => {
    for (const line of lines) line.adjoint = zero;
    output.adjoint = one;
    for (const { parents, adjoint } of lines.toReversed()) {
      for (const [parent, partial] of parents) {
        parent.adjoint = inner.plus(parent.adjoint, inner.times(partial, adjoint));
      }
    }
  };
  return { arithmetic, variable: (value) => record(value), sweepBack, length: () => lines.length };
}
