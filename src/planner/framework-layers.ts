/** @file The layers of a chain as Python for JAX and PyTorch. */

import type { ChainShape, LayerKind, LayerShape } from "../chain/shape.ts";

/** Frameworks for which code is written. */
export type Framework = "jax" | "pytorch";

/** The same as a list, with the names for people. */
export const FRAMEWORKS: readonly { readonly id: Framework; readonly title: string }[] = [
  { id: "jax", title: "JAX" },
  { id: "pytorch", title: "PyTorch" },
];

type FrameworkLayers = {
  /** Imports, those of the functions that the plan calls among them, and the functions that the chain's layers need. */
  readonly setUp: (shape: ChainShape, called: readonly string[]) => string[];
  /** Above the function that forms the Jacobian. */
  readonly decorator: string;
  /** What its reader should know, a comment each. */
  readonly remarks: readonly string[];
  /** The statement that makes a random point x of length n. */
  readonly point: (n: number) => string;
  /** A dense layer with random weights; `bias` tells whether it has one. */
  readonly dense: (rows: number, columns: number, bias: boolean, number: number) => string;
  /** All layers without weights of their own. A loss keeps a vector of length 1, so that its Jacobian is a matrix. */
  readonly plain: Readonly<Record<Exclude<LayerKind, "dense" | "linear" | "residual">, string>>;
};

const RESIDUAL = [
  "",
  "def residual(inner):",
  "    def f(x):",
  "        y = x",
  "        for layer in inner:",
  "            y = layer(y)",
  "        return x + y",
  "    return f",
];

const JAX_DENSE = [
  "",
  "def dense(rows, columns, seed, bias=True):",
  "    weights = jax.random.normal(jax.random.key(seed), (rows, columns)) / columns**0.5",
  "    shift = jnp.zeros(rows) if bias else 0.0",
  "    return lambda x: weights @ x + shift",
];

/** How each framework writes the layers. */
export const FRAMEWORK_LAYERS: Readonly<Record<Framework, FrameworkLayers>> = {
  jax: {
    setUp: (shape) => [
      "import jax",
      "import jax.numpy as jnp",
      ...(uses(shape.layers, "dense") || uses(shape.layers, "linear") ? JAX_DENSE : []),
      ...(uses(shape.layers, "residual") ? RESIDUAL : []),
    ],
    decorator: "@jax.jit",
    remarks: ["In float32, JAX's default. Compiled at the first call, with the weights as constants."],
    point: (n) => `x = jax.random.normal(jax.random.key(0), (${n},))`,
    dense: (rows, columns, bias, number) =>
      `dense(${rows}, ${columns}, seed=${number}${bias ? "" : ", bias=False"})`,
    plain: {
      relu: "jax.nn.relu",
      tanh: "jnp.tanh",
      sigmoid: "jax.nn.sigmoid",
      softplus: "jax.nn.softplus",
      identity: "lambda x: x",
      softmax: "jax.nn.softmax",
      logSoftmax: "jax.nn.log_softmax",
      negativeLogLikelihood: "lambda z: -z[:1]",
      softmaxCrossEntropy: "lambda z: -jax.nn.log_softmax(z)[:1]",
    },
  },
  pytorch: {
    setUp: (shape, called) => [
      "import torch",
      "try:",
      `    from torch.func import ${called.join(", ")}  # PyTorch 2.0 and later`,
      "except ImportError:",
      `    from functorch import ${called.join(", ")}  # PyTorch 1.13`,
      ...(uses(shape.layers, "residual") ? RESIDUAL : []),
    ],
    decorator: "@torch.no_grad()",
    remarks: ["In float32, PyTorch's default. No graph is kept: J has no gradient of its own."],
    point: (n) => `x = torch.randn(${n})`,
    dense: (rows, columns, bias) => `torch.nn.Linear(${columns}, ${rows}${bias ? "" : ", bias=False"})`,
    plain: {
      relu: "torch.relu",
      tanh: "torch.tanh",
      sigmoid: "torch.sigmoid",
      softplus: "torch.nn.functional.softplus",
      identity: "lambda x: x",
      softmax: "lambda z: torch.softmax(z, 0)",
      logSoftmax: "lambda z: torch.log_softmax(z, 0)",
      negativeLogLikelihood: "lambda z: -z[:1]",
      softmaxCrossEntropy: "lambda z: -torch.log_softmax(z, 0)[:1]",
    },
  },
};

/**
 * The entries of the list of layers, one per line.
 *
 * @param layers - shapes of f_1 … f_K
 * @param framework - which
 */
export function layerLines(layers: readonly LayerShape[], framework: Framework): string[] {
  const number = { next: 1 };
  return layers.map(
    (layer, i) => `    ${layerText(layer, framework, number)},  # f_${i + 1}${remark(layer)}`,
  );
}

function layerText(layer: LayerShape, framework: Framework, number: { next: number }): string {
  const { dense, plain } = FRAMEWORK_LAYERS[framework];
  const { kind, structure } = layer;
  if (kind === "dense" || kind === "linear") {
    return dense(layer.outputWidth, layer.inputWidth, kind === "dense", number.next++);
  }
  if (kind === "residual" && structure.kind === "identity-plus") {
    return `residual([${structure.inner.map((inner) => layerText(inner, framework, number)).join(", ")}])`;
  }
  return plain[kind as keyof typeof plain];
}

function remark({ kind }: LayerShape): string {
  const isLoss = kind === "negativeLogLikelihood" || kind === "softmaxCrossEntropy";
  return isLoss ? `, ${kind} of label 0` : "";
}

function uses(layers: readonly LayerShape[], kind: LayerKind): boolean {
  return layers.some(
    (layer) =>
      layer.kind === kind || (layer.structure.kind === "identity-plus" && uses(layer.structure.inner, kind)),
  );
}
