/** @file The residual layer y = f_inner(x) + x. */

import { JacobenchError } from "../errors.ts";
import { identityPlusMap } from "../linear-map/identity-plus.ts";
import type { Layer } from "./layer.ts";
import type { LayerShape } from "./shape.ts";
import { prepareComplexValueThrough, prepareLinearisationThrough, prepareValueThrough } from "./through.ts";

/**
 * The shape of a residual layer: that of its inner chain, plus one addition an entry.
 *
 * @param inner - shapes of the inner layers, first applied first
 */
export function residualShape(inner: readonly LayerShape[]): LayerShape {
  const width = inner[0]!.inputWidth;
  const total = (field: (layer: LayerShape) => number): number =>
    inner.reduce((sum, layer) => sum + field(layer), 0);
  return {
    kind: "residual",
    inputWidth: width,
    outputWidth: width,
    structure: { kind: "identity-plus", width, inner },
    parameters: total((layer) => layer.parameters),
    heldEntries: total((layer) => layer.heldEntries),
    keptEntries: total((layer) => layer.keptEntries),
    valueFma: total((layer) => layer.valueFma) + width,
    lineariseFma: total((layer) => layer.lineariseFma) + width,
    complexValueFma: total((layer) => layer.complexValueFma) + 2 * width,
  };
}

/**
 * Makes a residual layer, with Jacobian I + J_inner.
 *
 * @param inner - inner layers, first applied first; widths fit each other
 * @param where - name of the layer for messages
 * @throws {JacobenchError} `ERR_SHAPE` if the inner chain is empty or changes the width
 */
export function residual(inner: readonly Layer[], where = "residual"): Layer {
  if (inner.length === 0) {
    throw new JacobenchError("ERR_SHAPE", `${where}: has no inner layers; expected at least one`);
  }
  const [first, last] = [inner[0]!, inner.at(-1)!];
  if (first.inputWidth !== last.outputWidth) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `${where}: inner layers map width ${first.inputWidth} to ${last.outputWidth}; expected equal widths, ` +
        "since the input is added to the output",
    );
  }
  return {
    ...residualShape(inner),
    inner,
    prepareValue: (workspace) => {
      const value = prepareValueThrough(inner, workspace);
      return (x, y) => {
        value(x, y);
        workspace.kernel.add(x, y);
      };
    },
    prepareLinearisation: (workspace, storage) => {
      const { maps, evaluate } = prepareLinearisationThrough(inner, workspace, storage);
      return {
        map: identityPlusMap(maps),
        evaluate: (x, y) => {
          evaluate(x, y);
          workspace.kernel.add(x, y);
        },
      };
    },
    prepareComplexValue: (workspace) => {
      const value = prepareComplexValueThrough(inner, workspace);
      return (x, y) => {
        value(x, y);
        workspace.kernel.add(x.re, y.re);
        workspace.kernel.add(x.im, y.im);
      };
    },
  };
}
