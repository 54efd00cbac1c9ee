/** @file Derivatives with respect to the weights and biases of all dense layers: one tangent or one cotangent at a time. */

import ndarray from "ndarray";
import type { Vector } from "../array.ts";
import { adopted } from "../kernels/types.ts";
import { identityPlusMap } from "../linear-map/identity-plus.ts";
import type { LinearMap, Workspace } from "../linear-map/types.ts";
import type { DenseParameters, Layer, Storage } from "./layer.ts";
import type { LayerShape } from "./shape.ts";

/** A layer that was linearised with its input kept. */
export type ParameterNode = {
  readonly layer: Layer;
  readonly map: LinearMap;
  /** The layer's input at the point. */
  readonly input: Vector;
  /** For a dense layer, its number among all dense layers in depth-first order; −1 otherwise. */
  readonly index: number;
  readonly inner: readonly ParameterNode[] | null;
};

/**
 * Prepares a linearisation that keeps every layer's input beside its partial derivatives.
 *
 * @param layers - f_1 … f_K
 * @param input - where the chain's input stands
 * @param output - where to put f(x)
 * @param workspace - kernel and allocator
 * @param firstIndex - number of dense layers before these
 * @returns nodes of the layers, and the evaluation that fills them
 */
export function prepareParameterNodes(
  layers: readonly Layer[],
  input: Vector,
  output: Vector,
  workspace: Workspace,
  firstIndex = 0,
): { nodes: ParameterNode[]; evaluate: () => void } {
  const { allocator, kernel } = workspace;
  const storage: Storage = (length) => allocator.allocate(length);
  const nodes: ParameterNode[] = [];
  const steps: (() => void)[] = [];
  let from = input;
  let index = firstIndex;
  for (const [i, layer] of layers.entries()) {
    const source = from;
    const target = i === layers.length - 1 ? output : allocator.allocate(layer.outputWidth);
    if (layer.inner !== undefined) {
      const inner = prepareParameterNodes(layer.inner, source, target, workspace, index);
      nodes.push({
        layer,
        map: identityPlusMap(inner.nodes.map((node) => node.map)),
        input: source,
        index: -1,
        inner: inner.nodes,
      });
      steps.push(() => {
        inner.evaluate();
        kernel.add(source, target);
      });
    } else {
      const { map, evaluate } = layer.prepareLinearisation(workspace, storage);
      nodes.push({
        layer,
        map,
        input: source,
        index: layer.ownParameters === undefined ? -1 : index,
        inner: null,
      });
      steps.push(() => evaluate(source, target));
    }
    index += countDense([layer]);
    from = target;
  }
  return {
    nodes,
    evaluate: () => {
      for (const step of steps) step();
    },
  };
}

/** Float64 entries of the boundaries that {@link prepareParameterNodes} takes (partial derivatives are apart). */
export function parameterNodeEntries(layers: readonly LayerShape[]): number {
  return layers.reduce((sum, { structure, outputWidth }, i) => {
    const inner = structure.kind === "identity-plus" ? parameterNodeEntries(structure.inner) : 0;
    return sum + inner + (i < layers.length - 1 ? outputWidth : 0);
  }, 0);
}

/**
 * Views of one flat vector as the weights and biases of all dense layers, in depth-first order, weights row by row
 * before the bias of each layer.
 *
 * @param layers - f_1 … f_K
 * @param flat - shape [parameters]
 */
export function parameterViews(layers: readonly Layer[], flat: Vector): DenseParameters[] {
  let offset = flat.offset;
  const step = flat.stride[0]!;
  const visit = (layer: Layer): DenseParameters[] => {
    if (layer.inner !== undefined) return layer.inner.flatMap(visit);
    if (layer.ownParameters === undefined) return [];
    const [rows, columns] = layer.ownParameters.weights.shape as [number, number];
    const weights = ndarray(flat.data, [rows, columns], [columns * step, step], offset);
    const bias = ndarray(flat.data, [rows], [step], offset + rows * columns * step);
    offset += (rows * columns + rows) * step;
    return [{ weights, bias }];
  };
  return layers.flatMap(visit);
}

/**
 * Prepares ū ↦ (∂f/∂θ)ᵀ·ū: adds Ḡ_W += ū·xᵀ and ḡ_b += ū for each dense layer, walking from the last layer to the
 * first that has parameters.
 *
 * Cost: one FMA a parameter, and one VJP through all layers after the first that has parameters.
 *
 * @param nodes - of {@link prepareParameterNodes}, evaluated
 * @param workspace - kernel and allocator
 * @param toInput - whether the cotangent of the input is wanted too
 * @returns (ū [m], views to add to, where to put the input's cotangent or null)
 */
export function prepareParameterPull(
  nodes: readonly ParameterNode[],
  workspace: Workspace,
  toInput: boolean,
): (cotangent: Vector, gradient: readonly DenseParameters[], inputCotangent: Vector | null) => void {
  const { kernel, allocator } = workspace;
  const firstWith = nodes.findIndex((node) => node.layer.parameters > 0);
  const steps = nodes.map((node, i) => {
    const needed = toInput || (firstWith >= 0 && i > firstWith);
    const reached = toInput || (firstWith >= 0 && i >= firstWith);
    const inner = node.inner !== null && reached ? prepareParameterPull(node.inner, workspace, needed) : null;
    const pull = needed && inner === null ? node.map.preparePull(workspace, null) : null;
    const buffer = needed && i > 0 ? allocator.allocate(node.layer.inputWidth) : null;
    return { node, needed, reached, inner, pull, buffer };
  });
  return (cotangent, gradient, inputCotangent) => {
    let u = cotangent;
    for (let i = steps.length - 1; i >= 0; i--) {
      const { node, needed, reached, inner, pull, buffer } = steps[i]!;
      if (!reached) return;
      const into = i === 0 ? inputCotangent : buffer;
      if (node.index >= 0) {
        kernel.addOuter(1, u, node.input, gradient[node.index]!.weights);
        kernel.add(u, gradient[node.index]!.bias);
      }
      if (inner !== null) {
        inner(u, gradient, needed ? into : null);
        if (needed) kernel.add(u, into!);
      } else if (pull !== null) {
        pull(u, into!);
      }
      if (!needed) return;
      u = into!;
    }
  };
}

/**
 * Prepares θ̇ ↦ (∂f/∂θ)·θ̇: through a dense layer ẏ = W·ẋ + (Ẇ·x + ḃ).
 *
 * Cost: one FMA a weight, and one JVP through all layers after the first that has parameters.
 *
 * @param nodes - of {@link prepareParameterNodes}, evaluated
 * @param workspace - kernel and allocator
 * @param hasInput - whether the input has a tangent of its own (else it is zero and costs nothing)
 * @returns (θ̇ as views, the input's tangent or null, where to put ẏ [m])
 */
export function prepareParameterPush(
  nodes: readonly ParameterNode[],
  workspace: Workspace,
  hasInput: boolean,
): (tangent: readonly DenseParameters[], input: Vector | null, output: Vector) => void {
  const { kernel, allocator } = workspace;
  let moving = hasInput;
  const steps = nodes.map((node, i) => {
    const before = moving;
    moving ||= node.layer.parameters > 0;
    const buffer = moving && i < nodes.length - 1 ? allocator.allocate(node.layer.outputWidth) : null;
    const inner = node.inner !== null && moving ? prepareParameterPush(node.inner, workspace, before) : null;
    const push = before && inner === null && node.index < 0 ? node.map.preparePush(workspace, null) : null;
    const sum = before && node.index >= 0 ? allocator.allocate(node.layer.outputWidth) : null;
    const weights = sum === null ? null : adopted(kernel, node.layer.ownParameters!.weights);
    return { node, before, moving, buffer, inner, push, sum, weights };
  });
  return (tangent, input, output) => {
    let v = input;
    for (let i = 0; i < steps.length; i++) {
      const { node, before, moving: reached, buffer, inner, push, sum, weights: own } = steps[i]!;
      if (!reached) continue;
      const into = buffer ?? output;
      if (node.index >= 0) {
        const { weights, bias } = tangent[node.index]!;
        kernel.affine(weights, node.input, bias, sum ?? into);
        if (sum !== null) kernel.affine(own!, v!, sum, into);
      } else if (inner !== null) {
        inner(tangent, before ? v : null, into);
        if (before) kernel.add(v!, into);
      } else {
        push!(v!, into);
      }
      v = into;
    }
  };
}

/** Number of dense layers, those inside of residual layers included. */
export function countDense(layers: readonly Layer[]): number {
  return layers.reduce(
    (sum, layer) =>
      sum + (layer.inner !== undefined ? countDense(layer.inner) : layer.ownParameters === undefined ? 0 : 1),
    0,
  );
}
