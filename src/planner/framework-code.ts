/**
 * @file The calls of JAX and PyTorch that accumulate a chain's Jacobian by the advised plan, as Python that runs as it
 * stands (with random weights).
 */

import type { ChainShape } from "../chain/shape.ts";
import { grouped } from "./explain.ts";
import { planStatements, USED_FUNCTIONS, WITH_VALUE } from "./framework-calls.ts";
import { FRAMEWORK_LAYERS, type Framework, layerLines } from "./framework-layers.ts";
import { frameworkPlans } from "./framework-plan.ts";

/** The parts of the code that do not depend on weights: peers run them on weights of their own. */
export type PlanCode = {
  /** The function that composes a range of the list `layers`, and those that the statements need. */
  readonly through: string;
  /** The statements that leave the Jacobian at the point `x` in `J`. */
  readonly statements: string;
};

/**
 * Writes Python that accumulates the Jacobian by the advised plan: one call of forward or reverse mode, or calls for
 * blocks and what joins them. JAX compiles the function (uncompiled it may be slower than one compiled mode); PyTorch
 * keeps no graph of it.
 *
 * @param shape - of the chain
 * @param framework - which
 * @returns the text of a script that leaves the Jacobian, of shape (m, n), in `J`
 * @throws {JacobenchError} `ERR_RANGE` as `frameworkPlans`
 */
export function frameworkCode(shape: ChainShape, framework: Framework): string {
  const { setUp, decorator, point, remarks } = FRAMEWORK_LAYERS[framework];
  const { through, statements } = planCode(shape, framework);
  const used = USED_FUNCTIONS.filter((name) => new RegExp(`\\b${name}\\(`).test(statements));
  return [
    ...setUp(shape, used),
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
  const statements = planStatements(frameworkPlans(shape).advised.tree, framework).join("\n");
  const helpers = statements.includes("with_value(") ? ["", ...WITH_VALUE] : [];
  return { through: [...THROUGH, ...helpers].join("\n"), statements };
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
    forwardFma > advised.fma ? `forward mode ${grouped(forwardFma)}` : null,
    reverseFma > advised.fma ? `reverse mode ${grouped(reverseFma)}` : null,
  ].filter((other) => other !== null);
  return `${grouped(advised.fma)} FMA${others.length === 0 ? "" : ` (${others.join(", ")})`}.`;
}
