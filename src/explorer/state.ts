/** @file What the explorer shows, as plain data: the network, which plan and code, which part of the page. Pure. */

import type { ChainSpec } from "../chain/build.ts";
import { LARGEST_WIDTH } from "../chain/build.ts";

/** The most layers that can be dragged. */
export const MOST_LAYERS = 8;

/** The widest column; the same bound as for the command. */
export const WIDEST = LARGEST_WIDTH;

/** Values of each choice, the default first. */
export const CHOICES = {
  activation: ["none", "relu", "tanh", "sigmoid", "softplus"],
  loss: ["none", "softmaxCrossEntropy"],
  plan: ["matrix-free", "given"],
  code: ["typescript", "jax", "pytorch"],
  view: ["all", "cost", "animation", "measure"],
} as const;

/** The names of the choices. */
export type ChoiceName = keyof typeof CHOICES;

/** All that an address can say. */
export type ExplorerState = {
  /** d_0 … d_K: n, hidden widths, m (or the classes before the loss). 2 to 9 of them, 1 to {@link WIDEST}. */
  readonly widths: readonly number[];
  /** Stands after every dense layer except the last. */
  readonly activation: (typeof CHOICES.activation)[number];
  /** Appended as last layer; then m = 1. */
  readonly loss: (typeof CHOICES.loss)[number];
  /** Convention under which the bracketing is planned. */
  readonly plan: (typeof CHOICES.plan)[number];
  readonly code: (typeof CHOICES.code)[number];
  /** The part of the page that is shown. */
  readonly view: (typeof CHOICES.view)[number];
  /** Whether the reader is asked before the costs are told. */
  readonly guess: boolean;
};

/** What the page opens with: a scalar loss, and a question. */
export const OPENING: ExplorerState = {
  widths: [784, 128, 64, 10, 1],
  activation: "none",
  loss: "none",
  plan: "matrix-free",
  code: "typescript",
  view: "all",
  guess: true,
};

/**
 * The chain that a state describes, as `buildChain` and `buildShape` take it.
 *
 * @param state - widths, activation and loss
 */
export function chainSpecOf({
  widths,
  activation,
  loss,
}: Pick<ExplorerState, "widths" | "activation" | "loss">): ChainSpec {
  return {
    widths,
    ...(activation !== "none" && { activation }),
    ...(loss !== "none" && { loss }),
  };
}

/** The widths of the columns: those of the state, and one for the value of the loss. */
export function columnsOf({ widths, loss }: Pick<ExplorerState, "widths" | "loss">): number[] {
  return loss === "none" ? [...widths] : [...widths, 1];
}

/**
 * A width that can be: whole, from 1 to {@link WIDEST}.
 *
 * @param value - anything finite; rounded and bounded
 */
export function clampWidth(value: number): number {
  return Math.min(WIDEST, Math.max(1, Math.round(value)));
}

/**
 * One more layer: a new width before the last one, between its neighbours in size.
 *
 * @param widths - d_0 … d_K
 * @returns the same widths if there are {@link MOST_LAYERS} layers already
 */
export function withLayer(widths: readonly number[]): number[] {
  if (widths.length > MOST_LAYERS) return [...widths];
  const [before, last] = [widths.at(-2)!, widths.at(-1)!];
  return [...widths.slice(0, -1), clampWidth(Math.sqrt(before * last)), last];
}

/**
 * One layer less.
 *
 * @param widths - d_0 … d_K
 * @param at - place of the hidden width that goes; the last hidden one if left out
 * @returns the same widths if only one layer is left, or `at` is no hidden width
 */
export function withoutLayer(widths: readonly number[], at = widths.length - 2): number[] {
  if (widths.length <= 2 || at < 1 || at > widths.length - 2) return [...widths];
  return widths.filter((_, i) => i !== at);
}
