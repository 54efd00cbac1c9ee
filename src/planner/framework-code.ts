/**
 * @file The calls of JAX and PyTorch that accumulate a chain's Jacobian by the advised plan, as Python that runs as it
 * stands (with random weights).
 *
 * Sources: the documentation of `jax.jacrev`, `jax.jacfwd` and `jax.jit`, of `torch.func.jacrev` and `torch.func.jacfwd`
 * (before PyTorch 2.0: `functorch.jacrev` and `functorch.jacfwd`), and of `torch.no_grad`.
 */

import type { ChainShape } from "../chain/shape.ts";
import { grouped } from "./explain.ts";
import { FRAMEWORK_LAYERS, type Framework, layerLines } from "./framework-layers.ts";
import { type CodeBlock, frameworkPlans } from "./framework-plan.ts";

/** The parts of the code that do not depend on weights: peers run them on weights of their own. */
export type PlanCode = {
  /** The function that composes a range of the list `layers`. */
  readonly through: string;
  /** The statements that leave the Jacobian at the point `x` in `J`. */
  readonly statements: string;
};

/**
 * Writes Python that accumulates the Jacobian by the advised plan: one call of forward or reverse mode, or for chains
 * with a bottleneck of width h reverse mode through the first part (h VJPs), forward mode through the second (h JVPs),
 * and their product. JAX compiles the function (uncompiled it may be slower than one compiled mode); PyTorch keeps no
 * graph of it.
 *
 * @param shape - of the chain
 * @param framework - which
 * @returns the text of a script that leaves the Jacobian, of shape (m, n), in `J`
 * @throws {JacobenchError} `ERR_RANGE` beyond 2^53 − 1 FMA
 */
export function frameworkCode(shape: ChainShape, framework: Framework): string {
  const { setUp, decorator, point, remarks } = FRAMEWORK_LAYERS[framework];
  const { through, statements } = planCode(shape, framework);
  return [
    ...setUp(shape),
    "",
    "# Layers f_1, f_2, …, first applied first. The weights are random: put your own here.",
    "layers = [",
    ...layerLines(shape.layers, framework),
    "]",
    "",
    through,
    "",
    ...[costRemark(shape), ...remarks].map((remark) => `# ${remark}`),
    decorator,
    "def jacobian(x):",
    ...statements.split("\n").map((line) => `    ${line}`),
    "    return J",
    "",
    point(shape.n),
    "J = jacobian(x)",
    "",
  ].join("\n");
}

/**
 * The parts of {@link frameworkCode} that accumulate J.
 *
 * @param shape - of the chain
 * @param framework - which
 */
export function planCode(shape: ChainShape, framework: Framework): PlanCode {
  return {
    through: THROUGH.join("\n"),
    statements: accumulationLines(frameworkPlans(shape).advised.blocks, framework).join("\n"),
  };
}

const THROUGH = [
  "def through(first, last):",
  '    """f_last ∘ … ∘ f_first"""',
  "    def f(x):",
  "        for layer in layers[first - 1 : last]:",
  "            x = layer(x)",
  "        return x",
  "    return f",
];

function costRemark(shape: ChainShape): string {
  const { advised, forwardFma, reverseFma } = frameworkPlans(shape);
  const others = [
    forwardFma > advised.totalFma ? `forward mode ${fmaText(forwardFma)}` : null,
    reverseFma > advised.totalFma ? `reverse mode ${fmaText(reverseFma)}` : null,
  ].filter((other) => other !== null);
  return `${fmaText(advised.totalFma)} FMA${others.length === 0 ? "" : ` (${others.join(", ")})`}.`;
}

function fmaText(fma: number): string {
  return Number.isSafeInteger(fma) ? grouped(fma) : `≈ ${fma.toExponential(3)}`;
}

/** The statements that form J, from the point `x` on. */
function accumulationLines(blocks: readonly CodeBlock[], framework: Framework): string[] {
  const [earlier, later] = blocks as [CodeBlock, CodeBlock?];
  const line = (name: string, block: CodeBlock, point: string): string =>
    `${name} = ${modeCall(block, framework)}(${point})  # (${block.rows}, ${block.columns}), ${vectorsOf(block)}`;
  if (later === undefined) return [line("J", earlier, "x")];
  return [
    `z = ${throughCall(earlier)}(x)`,
    line("J1", earlier, "x"),
    line("J2", later, "z"),
    `J = J2 @ J1  # (${later.rows}, ${earlier.columns})`,
  ];
}

function throughCall({ first, last }: CodeBlock): string {
  return `through(${first}, ${last})`;
}

function modeCall(block: CodeBlock, framework: Framework): string {
  const name = block.mode === "forward" ? "jacfwd" : "jacrev";
  return `${FRAMEWORK_LAYERS[framework].prefix}${name}(${throughCall(block)})`;
}

function vectorsOf({ mode, rows, columns }: CodeBlock): string {
  const [count, what] = mode === "forward" ? [columns, "JVP"] : [rows, "VJP"];
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
