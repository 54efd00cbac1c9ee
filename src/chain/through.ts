/** @file Evaluating several layers one after another: value, linearisation, complex value, and what memory that takes. */

import { copyInto } from "../array.ts";
import { alternatingBuffers, alternatingEntries, joinSteps } from "../linear-map/buffers.ts";
import type { LinearMap, Product, Workspace } from "../linear-map/types.ts";
import type { ComplexProduct, Layer, Storage } from "./layer.ts";
import type { LayerShape } from "./shape.ts";

/** Widths between consecutive layers (none before the first and after the last). */
export function interiorWidths(layers: readonly LayerShape[]): number[] {
  return layers.slice(0, -1).map((layer) => layer.outputWidth);
}

/**
 * Prepares y = f_K(…f_1(x)).
 *
 * @param layers - f_1 … f_K
 * @param workspace - kernel and allocator
 */
export function prepareValueThrough(layers: readonly Layer[], workspace: Workspace): Product {
  return joinSteps(
    layers.map((layer) => layer.prepareValue(workspace)),
    alternatingBuffers(workspace.allocator, interiorWidths(layers)),
    copyInto,
  );
}

/**
 * Prepares the linearisation of f_K ∘ … ∘ f_1 at a point.
 *
 * @param layers - f_1 … f_K
 * @param workspace - kernel and allocator
 * @param storage - where partial derivatives are kept
 * @returns the Jacobians J_1 … J_K, and the evaluation that fills them
 */
export function prepareLinearisationThrough(
  layers: readonly Layer[],
  workspace: Workspace,
  storage: Storage,
): { maps: LinearMap[]; evaluate: Product } {
  const steps = layers.map((layer) => layer.prepareLinearisation(workspace, storage));
  const boundaries = alternatingBuffers(workspace.allocator, interiorWidths(layers));
  return {
    maps: steps.map((step) => step.map),
    evaluate: joinSteps(
      steps.map((step) => step.evaluate),
      boundaries,
      copyInto,
    ),
  };
}

/**
 * Prepares y = f_K(…f_1(x)) for complex x.
 *
 * @param layers - f_1 … f_K
 * @param workspace - kernel and allocator
 */
export function prepareComplexValueThrough(layers: readonly Layer[], workspace: Workspace): ComplexProduct {
  const widths = interiorWidths(layers);
  const re = alternatingBuffers(workspace.allocator, widths);
  const im = alternatingBuffers(workspace.allocator, widths);
  return joinSteps(
    layers.map((layer) => layer.prepareComplexValue(workspace)),
    widths.map((_, i) => ({ re: re[i]!, im: im[i]! })),
    (x, y) => {
      copyInto(x.re, y.re);
      copyInto(x.im, y.im);
    },
  );
}

/**
 * Float64 entries of the buffers that an evaluation through layers takes (a complex one takes twice as many).
 *
 * @param layers - shapes of f_1 … f_K
 */
export function evaluationEntries(layers: readonly LayerShape[]): number {
  const inner = layers.reduce(
    (sum, { structure }) =>
      sum + (structure.kind === "identity-plus" ? evaluationEntries(structure.inner) : 0),
    0,
  );
  return inner + alternatingEntries(interiorWidths(layers));
}

/** Float64 entries that a linearisation of layers keeps: the tape. */
export function keptEntries(layers: readonly LayerShape[]): number {
  return layers.reduce((sum, layer) => sum + layer.keptEntries, 0);
}
