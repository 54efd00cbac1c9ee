/** @file Elementwise activations. A new one is one entry of the table (and its name in shape.ts). */

import { copyInto } from "../array.ts";
import { diagonalMap } from "../linear-map/diagonal.ts";
import { identityMap } from "../linear-map/identity.ts";
import type { Layer } from "./layer.ts";
import type { LayerShape } from "./shape.ts";

/** Names of the elementwise activations. */
export type ActivationKind = "relu" | "tanh" | "sigmoid" | "softplus" | "identity";

/** A function of one number with its derivative, and its value at a complex number (for the complex step). */
type Scalar = {
  readonly value: (z: number) => number;
  readonly derivative: (z: number) => number;
  readonly complexRe: (a: number, b: number) => number;
  readonly complexIm: (a: number, b: number) => number;
};

/** 1 − tanh² = (2e^−|z|/(1 + e^−2|z|))², the square of 1/cosh: 1 − tanh would have no digits left for |z| > 19. */
const tanhDerivative = (z: number): number => {
  const e = Math.exp(-Math.abs(z));
  const secant = (2 * e) / (1 + e * e);
  return secant * secant;
};
/** tanh(a + ib) = (t·(1 + s²) + i·s·(1 − t²))/(1 + t²s²) with t = tanh a, s = tan b: no overflow for any a. */
const tanhRe = (a: number, b: number): number => {
  const [t, s] = [Math.tanh(a), Math.tan(b)];
  return (t * (1 + s * s)) / (1 + t * t * s * s);
};
const tanhIm = (a: number, b: number): number => {
  const [t, s] = [Math.tanh(a), Math.tan(b)];
  return (s * tanhDerivative(a)) / (1 + t * t * s * s);
};
const sigmoid = (z: number): number => {
  const e = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + e) : e / (1 + e);
};
/** 1 + cos b. */
const onePlusCos = (b: number): number => 2 * Math.cos(b / 2) ** 2;
/**
 * |1 + e^{−|a| + ib}|² = 1 + 2e·cos b + e² with e = e^−|a|, as (1 − e)² + 2e·(1 + cos b): no difference of what is nearly
 * equal, also near the zeros at ±πi.
 */
const squaredModulus = (a: number, b: number): number =>
  Math.expm1(-Math.abs(a)) ** 2 + 2 * Math.exp(-Math.abs(a)) * onePlusCos(b);

const SCALARS: Readonly<Record<Exclude<ActivationKind, "identity">, Scalar>> = {
  relu: {
    value: (z) => Math.max(z, 0),
    derivative: (z) => (z > 0 ? 1 : 0),
    // Analytic on either side of the kink: the branch is taken by the real part.
    complexRe: (a) => Math.max(a, 0),
    complexIm: (a, b) => (a > 0 ? b : 0),
  },
  tanh: {
    value: Math.tanh,
    derivative: tanhDerivative,
    complexRe: tanhRe,
    complexIm: tanhIm,
  },
  sigmoid: {
    value: sigmoid,
    derivative: (z) => sigmoid(z) * sigmoid(-z),
    // σ(z) = 1/(1 + e^−z): real and imaginary part over the squared modulus.
    complexRe: (a, b) => {
      const e = Math.exp(-Math.abs(a));
      const numerator = a >= 0 ? e * onePlusCos(b) - Math.expm1(-a) : e * (onePlusCos(b) + Math.expm1(a));
      return numerator / squaredModulus(a, b);
    },
    complexIm: (a, b) => (Math.exp(-Math.abs(a)) * Math.sin(b)) / squaredModulus(a, b),
  },
  softplus: {
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
    derivative: sigmoid,
    // log(1 + e^{a+ib}): modulus and angle, with e^a taken out for a > 0. As above, 1 + e·cos b is (1 − e) + e·(1 + cos b).
    complexRe: (a, b) => {
      const e = Math.exp(-Math.abs(a));
      const square = squaredModulus(a, b);
      // The logarithm near 1 and near 0 wants the square in another form each.
      const logarithm = square < 0.5 ? Math.log(square) : Math.log1p(e * (2 * Math.cos(b) + e));
      return Math.max(a, 0) + 0.5 * logarithm;
    },
    complexIm: (a, b) =>
      a > 0
        ? Math.atan2(Math.sin(b), onePlusCos(b) + Math.expm1(-a))
        : Math.atan2(Math.exp(a) * Math.sin(b), Math.exp(a) * onePlusCos(b) - Math.expm1(a)),
  },
};

/** All activations by name. */
export const ACTIVATIONS: readonly ActivationKind[] = ["relu", "tanh", "sigmoid", "softplus", "identity"];

/**
 * The shape of an activation layer: a diagonal Jacobian, or the identity.
 *
 * @param kind - which
 * @param width - input and output width
 */
export function activationShape(kind: ActivationKind, width: number): LayerShape {
  const none = kind === "identity";
  return {
    kind,
    inputWidth: width,
    outputWidth: width,
    structure: none ? { kind: "identity", width } : { kind: "diagonal", width },
    parameters: 0,
    heldEntries: 0,
    keptEntries: none ? 0 : width,
    valueFma: none ? 0 : width,
    lineariseFma: none ? 0 : 2 * width,
    complexValueFma: none ? 0 : 2 * width,
  };
}

/**
 * Makes an elementwise activation layer. ReLU's derivative at 0 is taken as 0.
 *
 * Counting convention: the function at one entry is one FMA of the primal, its derivative another, whatever they are;
 * a product with the Jacobian is one multiplication an entry.
 *
 * @param kind - which
 * @param width - input and output width
 */
export function activation(kind: ActivationKind, width: number): Layer {
  const shape = activationShape(kind, width);
  if (kind === "identity") {
    return {
      ...shape,
      prepareValue: () => copyInto,
      prepareLinearisation: () => ({ map: identityMap(width), evaluate: copyInto }),
      prepareComplexValue: () => (x, y) => {
        copyInto(x.re, y.re);
        copyInto(x.im, y.im);
      },
    };
  }
  const scalar = SCALARS[kind];
  return {
    ...shape,
    prepareValue:
      ({ kernel }) =>
      (x, y) =>
        kernel.map(scalar.value, x, y),
    prepareLinearisation: ({ kernel }, storage) => {
      const d = storage(width);
      return {
        map: diagonalMap(d),
        evaluate: (x, y) => {
          kernel.map(scalar.derivative, x, d);
          kernel.map(scalar.value, x, y);
        },
      };
    },
    prepareComplexValue:
      ({ kernel }) =>
      (x, y) => {
        kernel.map2(scalar.complexRe, x.re, x.im, y.re);
        kernel.map2(scalar.complexIm, x.re, x.im, y.im);
      },
  };
}
