/** @file The shape of a chain: widths and structures without weights, all that a prediction needs. */

/**
 * How a layer's Jacobian acts, and so what its products cost.
 *
 * - `identity`: nothing to do.
 * - `dense`: all rows × columns entries.
 * - `diagonal`: one factor an entry (elementwise activations).
 * - `diagonal-plus-rank-one`: diag(d) − l·rᵀ (softmax); `unitDiagonal` when d = 1 and l = 1 (log-softmax).
 * - `identity-plus`: the identity plus an inner chain (residual).
 */
export type Structure =
  | { readonly kind: "identity"; readonly width: number }
  | { readonly kind: "dense"; readonly rows: number; readonly columns: number }
  | { readonly kind: "diagonal"; readonly width: number }
  | { readonly kind: "diagonal-plus-rank-one"; readonly width: number; readonly unitDiagonal: boolean }
  | { readonly kind: "identity-plus"; readonly width: number; readonly inner: readonly LayerShape[] };

/** Kinds of layers, as in model files. */
export type LayerKind =
  | "dense"
  | "linear"
  | "relu"
  | "tanh"
  | "sigmoid"
  | "softplus"
  | "identity"
  | "softmax"
  | "logSoftmax"
  | "negativeLogLikelihood"
  | "softmaxCrossEntropy"
  | "residual";

/** One layer without its weights. */
export type LayerShape = {
  readonly kind: LayerKind;
  readonly inputWidth: number;
  readonly outputWidth: number;
  /** Of its Jacobian with respect to its input. */
  readonly structure: Structure;
  /** Entries of its weights and biases (0 without), inner ones included. */
  readonly parameters: number;
  /** float64 entries that it holds whatever the point: weights, biases, given Jacobians. */
  readonly heldEntries: number;
  /** Float64 entries that a linearisation must keep for products (the tape). */
  readonly keptEntries: number;
  /** FMA of its value at a point. */
  readonly valueFma: number;
  /** FMA of its value together with its local partial derivatives. */
  readonly lineariseFma: number;
  /** FMA of its value at a complex point. */
  readonly complexValueFma: number;
};

/** A chain without its weights: f = f_K ∘ … ∘ f_1. */
export type ChainShape = {
  readonly layers: readonly LayerShape[];
  /** d_0 … d_K, one more than layers. */
  readonly widths: readonly number[];
  readonly n: number;
  readonly m: number;
};
