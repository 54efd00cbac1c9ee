/** @file The usual slips in the cotangent of the logits, p − e_y: problems 3 and 4 share them. */

import {
  hadamard,
  type Plain,
  type PlainRows,
  plus,
  probabilities,
  scaled,
  times,
  unit,
} from "./arithmetic.ts";

/** A classifier at one point: z = W·x + b, p = softmax(z), L = −log p_y. */
export type Classifier = {
  readonly W: PlainRows;
  readonly b: Plain;
  readonly x: Plain;
  /** y, from 0. */
  readonly label: number;
};

/** A wrong cotangent of the logits, with the name of the slip that leads to it. */
export type LogitSlip = { readonly id: string; readonly hint: string; readonly cotangent: Plain };

const HINTS = {
  "label-missing":
    "e_y is missing: this uses p where p − e_y belongs. Subtract 1 from the entry of the label.",
  "softmax-missing":
    "This uses −e_y alone, as if L were −z_y. L = −z_y + log Σ_j exp(z_j), and the second term gives p.",
  "log-forgotten":
    "This is the gradient of −p_y: the logarithm of L = −log p_y is missing, which divides it by p_y.",
  "softmax-twice":
    "The Jacobian of softmax is in it twice. p − e_y is already the gradient with respect to the logits z.",
  "label-alone":
    "Only the label's entry is there. Every logit moves p_y, for softmax divides by the sum: the other entries are p_j.",
  "bias-forgotten": "The bias is forgotten: p is softmax(W·x + b), not softmax(W·x).",
  "label-shifted":
    "The label is counted from another place: labels count from 0 here, so e_y has its 1 at index y.",
} as const;

/**
 * The right cotangent of the logits by plain arithmetic, p − e_y.
 *
 * @param z - logits
 * @param label - y
 */
export function plainCotangent(z: Plain, label: number): number[] {
  return plus(probabilities(z), scaled(-1, unit(z.length, label)));
}

/**
 * What the usual slips give for the cotangent of given logits.
 *
 * @param z - logits
 * @param label - y
 */
export function logitSlips(z: Plain, label: number): LogitSlip[] {
  const p = probabilities(z);
  const right = plainCotangent(z, label);
  const mean = p.reduce((sum, value, i) => sum + value * right[i]!, 0);
  const shifts = [1, z.length - 1].map((step) => (label + step) % z.length);
  return [
    slip("label-missing", p),
    slip("softmax-missing", scaled(-1, unit(z.length, label))),
    slip("log-forgotten", scaled(p[label]!, right)),
    slip("label-alone", hadamard(unit(z.length, label), right)),
    slip(
      "softmax-twice",
      hadamard(
        p,
        right.map((value) => value - mean),
      ),
    ),
    ...[...new Set(shifts)].map((shifted) => slip("label-shifted", plainCotangent(z, shifted))),
  ];
}

/**
 * The same for a classifier, where the bias can be forgotten too.
 *
 * @param classifier - W, b, x and the label
 */
export function classifierSlips({ W, b, x, label }: Classifier): LogitSlip[] {
  const product = times(W, x);
  return [...logitSlips(plus(product, b), label), slip("bias-forgotten", plainCotangent(product, label))];
}

function slip(id: keyof typeof HINTS, cotangent: Plain): LogitSlip {
  return { id, hint: HINTS[id], cotangent };
}
