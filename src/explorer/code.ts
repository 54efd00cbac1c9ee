/** @file The matching calls for the shown network: this toolkit in TypeScript, JAX and PyTorch as the planner writes them. Pure. */

import { frameworkCode } from "../planner/framework-code.ts";
import type { Model } from "./model.ts";
import { answerOf } from "./sentences.ts";
import type { ExplorerState } from "./state.ts";

/** Names of the languages. */
export const CODE_NAMES: Readonly<Record<ExplorerState["code"], string>> = {
  typescript: "TypeScript (jacobench)",
  jax: "JAX",
  pytorch: "PyTorch",
};

/**
 * Writes the code.
 *
 * @param state - network and language
 * @param model - of the same network
 * @returns a program that leaves the Jacobian in `J`
 * @throws {JacobenchError} `ERR_RANGE` for a chain whose costs are beyond 2^53 − 1
 */
export function codeOf(state: ExplorerState, model: Model): string {
  if (state.code !== "typescript") return frameworkCode(model.shape, state.code);
  const { cheaper, mixedTimes } = answerOf(model);
  const strategy = mixedTimes !== null ? "optimal" : cheaper === "reverse" ? "reverse" : "forward";
  const products = {
    forward: `${model.n} JVP${model.n === 1 ? "" : "s"}`,
    reverse: `${model.m} VJP${model.m === 1 ? "" : "s"}`,
    optimal: "tangents, adjoints and products in the cheapest order",
  };
  const way = model.way(strategy === "optimal" ? "best-given" : strategy);
  const convention = strategy === "optimal" ? ", with the layers' matrices at hand" : "";
  const spec = [
    `  widths: [${state.widths.join(", ")}],`,
    ...(state.activation === "none" ? [] : [`  activation: "${state.activation}",`]),
    ...(state.loss === "none" ? [] : [`  loss: "${state.loss}",`]),
    "  rngSeed: 1,",
  ];
  return [
    'import { buildChain, countCost, prepareJacobian, randomPoint } from "jacobench";',
    "",
    "const chain = buildChain({",
    ...spec,
    "});",
    "const x = randomPoint(chain.n, 1);",
    "",
    `// J is ${model.m} × ${model.n}: ${products[strategy]}.`,
    `const J = prepareJacobian(chain, x, { strategy: "${strategy}" }).run();`,
    ...(way.refused === null
      ? [`const { fma } = countCost(chain, x, { strategy: "${strategy}" }); // ${way.fma}${convention}`]
      : []),
    "",
  ].join("\n");
}
