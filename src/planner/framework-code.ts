/**
 * @file The calls of JAX and PyTorch that accumulate a chain's Jacobian at the least cost, as Python that runs as it
 * stands (with random weights).
 *
 * Sources: the documentation of `jax.jacrev`, `jax.jacfwd`, `torch.func.jacrev` (whose `chunk_size` bounds the rows that
 * are computed at once) and `torch.func.jacfwd` (which has no such option).
 */

import type { ChainShape } from "../chain/shape.ts";
import { FRAMEWORK_LAYERS, type Framework, layerLines } from "./framework-layers.ts";
import { type CodeBlock, planFrameworkCode } from "./framework-plan.ts";

/** What the code is written for. */
export type CodeOptions = {
  readonly framework: Framework;
  /** Rows at once in PyTorch's reverse mode; absent: all at once. JAX has no such option. */
  readonly chunkSize?: number;
};

/**
 * Writes Python that accumulates the Jacobian: one call of forward or reverse mode, or for chains with a bottleneck of
 * width h reverse mode through the first part (h VJPs), forward mode through the second (h JVPs), and their product.
 *
 * @param shape - of the chain
 * @param options - framework, rows at once
 * @returns the text of a script that leaves the Jacobian, of shape (m, n), in `J`
 */
export function frameworkCode(shape: ChainShape, options: CodeOptions): string {
  const { setUp, point } = FRAMEWORK_LAYERS[options.framework];
  const { blocks } = planFrameworkCode(shape);
  return [
    ...setUp(shape),
    "",
    "# Layers f_1, f_2, …, first applied first. The weights are random: put your own here.",
    "layers = [",
    ...layerLines(shape.layers, options.framework),
    "]",
    "",
    "def through(first, last):",
    '    """f_last ∘ … ∘ f_first"""',
    "    def f(x):",
    "        for layer in layers[first - 1 : last]:",
    "            x = layer(x)",
    "        return x",
    "    return f",
    "",
    point(shape.n),
    ...accumulationLines(blocks, options),
    "",
  ].join("\n");
}

/** The statements that form J, from the point `x` on. */
function accumulationLines(blocks: readonly CodeBlock[], options: CodeOptions): string[] {
  const [earlier, later] = blocks as [CodeBlock, CodeBlock?];
  const line = (name: string, block: CodeBlock, point: string): string =>
    `${name} = ${modeCall(block, options)}(${point})  # (${block.rows}, ${block.columns}), ${vectorsOf(block)}`;
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

function modeCall(block: CodeBlock, { framework, chunkSize }: CodeOptions): string {
  const name = block.mode === "forward" ? "jacfwd" : "jacrev";
  const f = throughCall(block);
  if (framework === "jax") return `jax.${name}(${f})`;
  const chunk = block.mode === "reverse" && chunkSize !== undefined ? `, chunk_size=${chunkSize}` : "";
  return `torch.func.${name}(${f}${chunk})`;
}

function vectorsOf({ mode, rows, columns }: CodeBlock): string {
  const [count, what] = mode === "forward" ? [columns, "JVP"] : [rows, "VJP"];
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
