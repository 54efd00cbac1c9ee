/** @file A browser's config laid out: cases, variants and counted costs, without model files. Pure. */

import { JacobenchError } from "../../errors.ts";
import { countCosts } from "../../experiment/count-costs.ts";
import type { Expanded } from "../../experiment/expand.ts";
import { assignmentOf } from "../../experiment/messages.ts";
import type { Follow } from "../../experiment/recipe.ts";
import { expandVariants } from "../../experiment/variants.ts";
import { createPredictor, followWidths, widthsCase } from "../../experiment/widths-case.ts";
import type { LayOutReply, LayOutRequest } from "./messages.ts";

/**
 * Makes the chain and the point of a case that is given by widths.
 *
 * @throws {JacobenchError} `ERR_UNSUPPORTED` for a model file: pages have none
 */
export const followInBrowser: Follow = (recipe) => {
  if (recipe.kind === "widths") return followWidths(recipe);
  throw new JacobenchError(
    "ERR_UNSUPPORTED",
    `${recipe.where}: is a model file; expected widths, which are all that a page can measure`,
  );
};

/**
 * Lays out a config as the command does.
 *
 * @param request - a config with a list of widths
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` for a kernel that is not there, `ERR_UNSUPPORTED`
 */
export async function layOut({ config, limitFma }: Omit<LayOutRequest, "kind">): Promise<LayOutReply> {
  const { chain } = config;
  if (!("list" in chain)) {
    throw new JacobenchError("ERR_UNSUPPORTED", "layOut: the config has no list of widths; expected one");
  }
  const cases = chain.list.map((widths) => widthsCase(widths, chain, config.rngSeed));
  const expanded: Expanded = {
    cases,
    variants: expandVariants(config, config.name),
    predict: createPredictor(),
  };
  return {
    kind: "laid-out",
    cases: cases.map(({ record }) => record),
    variants: expanded.variants.map(({ record }) => record),
    costs: await countCosts(expanded, followInBrowser, { limitFma }),
    assignment: assignmentOf(expanded, config.timing),
  };
}
