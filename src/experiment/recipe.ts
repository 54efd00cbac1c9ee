/** @file How to make a case's chain and point: plain data that a child process can be sent. */

import type { Vector } from "../array.ts";
import { randomPoint } from "../chain/build.ts";
import type { Chain } from "../chain/chain.ts";
import { parseModel } from "../chain/model-file.ts";
import { followWidths, type WidthsRecipe } from "./widths-case.ts";

/** A chain by its widths with random weights, or by the content of a model file. */
export type ChainRecipe =
  | WidthsRecipe
  | { readonly kind: "model"; readonly model: unknown; readonly where: string; readonly rngSeed: number };

/** Makes a chain and a point from a recipe; that of a browser knows no model files. */
export type Follow = (recipe: ChainRecipe) => { readonly chain: Chain; readonly x: Vector };

/**
 * Makes the chain and the point at which its Jacobian is taken; the same bit for bit on every machine.
 *
 * @returns the chain, and x [n]: the model file's input where it has one, a random point otherwise
 * @throws {JacobenchError} `ERR_CONFIG` if the model is not valid
 */
export function followRecipe(recipe: ChainRecipe): { chain: Chain; x: Vector } {
  if (recipe.kind === "widths") return followWidths(recipe);
  const { chain, input } = parseModel(recipe.model, recipe.where);
  return { chain, x: input ?? randomPoint(chain.n, recipe.rngSeed) };
}
