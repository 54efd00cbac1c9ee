/** @file Problem 2: why reverse mode for a loss, answered in counts for given widths. */

import { predictCost } from "../ad/jacobian.ts";
import { buildShape, checkWidths } from "../chain/build.ts";
import { describeShape } from "../chain/describe.ts";
import type { OperationKind } from "../cost/operation.ts";
import type { Prediction } from "../cost/prediction.ts";
import type { Random } from "../random.ts";
import { arrayValue } from "./arithmetic.ts";
import { drawInstance } from "./draw.ts";
import type { Problem, Slip, Value, Values } from "./types.ts";

/** What problem 2 gives. */
export type Problem2Instance = {
  /** n, the hidden widths, m. */
  readonly widths: number[];
};

/** The problem with its checks. */
export const problem2: Problem<Problem2Instance> = {
  id: "problem2",
  title: "Problem 2: why reverse mode for a loss, in counts",
  statement:
    "Dense layers of the given widths n, …, m, with biases and without activations. An FMA is one multiply-add; only " +
    "derivative work counts, by dense products; values are evaluated apart. " +
    "The loss, where there is one, is one more layer from R^m to R with a dense 1 × m Jacobian.",
  parts: [
    { name: "sigma", symbol: "Σ", asks: "FMA of one JVP (and of one VJP) through the layers" },
    { name: "jvps", symbol: "the number of JVPs", asks: "JVPs for the full Jacobian by forward mode" },
    { name: "vjps", symbol: "the number of VJPs", asks: "VJPs for the full Jacobian by reverse mode" },
    { name: "forwardFma", symbol: "the FMA of forward mode", asks: "FMA of the full Jacobian by JVPs" },
    { name: "reverseFma", symbol: "the FMA of reverse mode", asks: "FMA of the full Jacobian by VJPs" },
    { name: "cheapest", symbol: "the cheaper mode", asks: 'the mode with fewer FMA: "forward" or "reverse"' },
    {
      name: "lossForwardFma",
      symbol: "the loss's FMA by forward mode",
      asks: "FMA of ∇_x of the loss by JVPs",
    },
    {
      name: "lossReverseFma",
      symbol: "the loss's FMA by reverse mode",
      asks: "FMA of ∇_x of the loss by VJPs",
    },
    {
      name: "parameterJvps",
      symbol: "the JVPs for the parameters",
      asks: "JVPs for the gradient of the loss with respect to all weights and biases by forward mode",
    },
  ],
  exact: true,
  nonFiniteHint: "A count is a finite whole number.",
  instance: (options) => {
    if (options.widths === undefined)
      return drawInstance({ id: "problem2", exact: true, draw, truth, slips }, options);
    checkWidths(options.widths, "problem2");
    return { widths: [...options.widths] };
  },
  truth,
  slips,
};

/** Four layers, as in the course; all widths different. */
function draw(random: Random): Problem2Instance {
  const all = Array.from({ length: 18 }, (_, i) => i + 3);
  return { widths: random.shuffle(all).slice(0, 5) };
}

function truth({ widths }: Problem2Instance): Values {
  const shape = buildShape({ widths });
  const loss = buildShape({ widths, loss: "softmaxCrossEntropy" });
  const forward = predictCost(shape, { strategy: "forward" });
  const reverse = predictCost(shape, { strategy: "reverse" });
  const { sigma, parameters } = describeShape(shape);
  return {
    sigma: arrayValue(sigma),
    jvps: arrayValue(products(forward, "tangent")),
    vjps: arrayValue(products(reverse, "adjoint")),
    forwardFma: arrayValue(forward.fma),
    reverseFma: arrayValue(reverse.fma),
    cheapest: forward.fma < reverse.fma ? "forward" : forward.fma > reverse.fma ? "reverse" : "either",
    lossForwardFma: arrayValue(predictCost(loss, { strategy: "forward" }).fma),
    lossReverseFma: arrayValue(predictCost(loss, { strategy: "reverse" }).fma),
    parameterJvps: arrayValue(parameters),
  };
}

function products({ operations }: Prediction, kind: OperationKind): number {
  return operations
    .filter((operation) => operation.kind === kind)
    .reduce((sum, { vectors, times }) => sum + vectors * times, 0);
}

function slips({ widths }: Problem2Instance): Slip[] {
  const [n, m] = [widths[0]!, widths.at(-1)!];
  const pairs = widths.slice(1).map((width, i) => [widths[i]!, width] as const);
  const sigma = pairs.reduce((sum, [before, after]) => sum + before * after, 0);
  const biases = sumOf(widths.slice(1));
  const [first, last] = [n * widths[1]!, m * widths.at(-2)!];
  const wrongSigmas = [
    {
      id: "product-of-widths",
      sum: widths.reduce((product, width) => product * width, 1),
      hint: "This multiplies all widths. A product with a vector goes layer by layer: add d_i·d_(i−1) over the layers.",
    },
    {
      id: "sum-of-widths",
      sum: sumOf(widths),
      hint: "This adds the widths. A layer's matrix has d_i·d_(i−1) entries, one FMA each: add these products.",
    },
    {
      id: "squares-of-widths",
      sum: sumOf(widths.map((width) => width * width)),
      hint: "This adds squares of widths. Layer i is d_i × d_(i−1): neighbours are multiplied.",
    },
    {
      id: "biases-counted",
      sum: sigma + biases,
      hint: "This counts the biases. They shift the value, but the Jacobian of W·x + b is W alone.",
    },
  ];
  /** The numbers of FMA that follow from a sum in the place of Σ. */
  const from = (sum: number): Record<string, Value> => ({
    sigma: arrayValue(sum),
    forwardFma: arrayValue(n * sum),
    reverseFma: arrayValue(m * sum),
    lossForwardFma: arrayValue(n * (sum + m)),
    lossReverseFma: arrayValue(sum + m),
  });
  const without = (values: Record<string, Value>, ...names: readonly string[]): Values =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
  const unitSeeds =
    "An honest count, but of another thing: it reads the column or row that a unit seed picks instead of multiplying. " +
    "Here every product counts in full, the first (or last) layer's too.";
  return [
    ...wrongSigmas.map(({ id, sum, hint }) => ({ id, hint, values: from(sum) })),
    {
      id: "first-layer-missing",
      hint: "The first layer's n·d_1 is missing from Σ.",
      values: without(from(sigma - first), "forwardFma", "lossForwardFma"),
    },
    {
      id: "last-layer-missing",
      hint: "The last layer's m·d_(K−1) is missing from Σ.",
      values: without(from(sigma - last), "reverseFma"),
    },
    {
      id: "unit-seeds-read",
      hint: unitSeeds,
      values: {
        forwardFma: arrayValue(n * (sigma - first)),
        reverseFma: arrayValue(m * (sigma - last)),
        lossForwardFma: arrayValue(n * (sigma + m - first)),
      },
    },
    {
      id: "n-and-m-swapped",
      hint: "n and m are swapped. A JVP gives a column of J, and there are n; a VJP gives a row, and there are m.",
      values: {
        jvps: arrayValue(m),
        vjps: arrayValue(n),
        forwardFma: arrayValue(m * sigma),
        reverseFma: arrayValue(n * sigma),
        lossForwardFma: arrayValue(sigma + m),
        lossReverseFma: arrayValue(n * (sigma + m)),
        cheapest: n < m ? "reverse" : "forward",
      },
    },
    {
      id: "primal-counted",
      hint: "One evaluation of the function is counted in. Count the products with tangents or cotangents only.",
      values: {
        jvps: arrayValue(n + 1),
        vjps: arrayValue(m + 1),
        forwardFma: arrayValue((n + 1) * sigma),
        reverseFma: arrayValue((m + 1) * sigma),
        lossForwardFma: arrayValue((n + 1) * (sigma + m)),
      },
    },
    {
      id: "flops",
      hint: "This is in flop: a multiply-add has two. Count it as one FMA.",
      values: {
        sigma: arrayValue(2 * sigma),
        forwardFma: arrayValue(2 * n * sigma),
        reverseFma: arrayValue(2 * m * sigma),
        lossForwardFma: arrayValue(2 * n * (sigma + m)),
      },
    },
    {
      id: "flops-or-primal-counted",
      hint: "This is twice the count: in flop (an FMA has two), or with the evaluation of the loss counted in.",
      values: { lossReverseFma: arrayValue(2 * (sigma + m)) },
    },
    {
      id: "one-product",
      hint: "This is Σ, the cost of one product. The full Jacobian needs one product a column (n JVPs) or a row (m VJPs).",
      values: { forwardFma: arrayValue(sigma), reverseFma: arrayValue(sigma) },
    },
    {
      id: "n-times-m",
      hint: "This multiplies by n and by m. One of them is the number of products; the other is how long each result is.",
      values: {
        jvps: arrayValue(n * m),
        vjps: arrayValue(n * m),
        forwardFma: arrayValue(n * m * sigma),
        reverseFma: arrayValue(n * m * sigma),
      },
    },
    {
      id: "loss-layer-missing",
      hint: "The loss is a layer too: its 1 × m Jacobian adds m FMA to each product.",
      values: { lossForwardFma: arrayValue(n * sigma), lossReverseFma: arrayValue(sigma) },
    },
    {
      id: "still-m-products",
      hint: "The loss is a scalar: the chain with the loss has one output, so one VJP gives the whole gradient.",
      values: { lossReverseFma: arrayValue(m * (sigma + m)) },
    },
    {
      id: "still-m-products",
      hint: "The loss is a scalar: one VJP gives the whole gradient. And its 1 × m Jacobian adds m FMA to it.",
      values: { lossReverseFma: arrayValue(m * sigma) },
    },
    {
      id: "biases-missing",
      hint: "These are the weights. Each bias is a parameter too.",
      values: { parameterJvps: arrayValue(sigma) },
    },
    {
      id: "input-biases-counted",
      hint: "The input has no bias: count the biases of the layers, d_1 to d_K.",
      values: { parameterJvps: arrayValue(sigma + biases + n) },
    },
    {
      id: "inputs-for-parameters",
      hint: "n counts the entries of x. With respect to the parameters, forward mode needs one JVP for each weight and bias.",
      values: { parameterJvps: arrayValue(n) },
    },
    {
      id: "reverse-for-forward",
      hint: "One product is what reverse mode needs. Forward mode needs one JVP for each weight and bias.",
      values: { parameterJvps: arrayValue(1) },
    },
  ];
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
