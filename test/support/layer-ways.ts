/** @file Every way to a layer's value and to its Jacobian. */

import { copyInto, type Matrix, zeros } from "../../src/array.ts";
import type { Layer } from "../../src/chain/layer.ts";
import type { LinearMap, Workspace } from "../../src/linear-map/types.ts";
import { markSeeds } from "../../src/strategies/blocks.ts";
import { COMPLEX_STEP } from "../../src/strategies/complex-step.ts";

/** A value [m] or a Jacobian [m, n], and the way that led to it. */
export type Way = { readonly name: string; readonly result: Matrix; readonly isComplex: boolean };

/** A linearised layer, its value, and what makes and evaluates it at complex points. */
function prepared(layer: Layer, x: Matrix, workspace: Workspace) {
  const { allocator } = workspace;
  const point = allocator.allocate(layer.inputWidth);
  copyInto(x, point);
  const y = allocator.allocate(layer.outputWidth);
  const { map, evaluate } = layer.prepareLinearisation(workspace, (length) => allocator.allocate(length));
  evaluate(point, y);
  const complexValue = layer.prepareComplexValue(workspace);
  const imaginary = allocator.allocate(layer.inputWidth);
  const complex = { re: allocator.allocate(layer.outputWidth), im: allocator.allocate(layer.outputWidth) };
  const complexAt = (im: Matrix) => {
    complexValue({ re: point, im }, complex);
    return complex;
  };
  return { point, y, map, imaginary, complexAt };
}

/**
 * The value by itself, beside the linearisation, and at a complex point.
 *
 * @param layer - the layer
 * @param x - the point
 * @param workspace - kernel and allocator
 */
export function valuesOf(layer: Layer, x: Matrix, workspace: Workspace): Way[] {
  const { point, y, imaginary, complexAt } = prepared(layer, x, workspace);
  const value = workspace.allocator.allocate(layer.outputWidth);
  layer.prepareValue(workspace)(point, value);
  return [
    { name: "value", result: value, isComplex: false },
    { name: "value beside the linearisation", result: y, isComplex: false },
    { name: "value at a complex point", result: complexAt(imaginary).re, isComplex: true },
  ];
}

/**
 * The Jacobian by JVPs and VJPs of unit seeds, one by one and as a block, by its columns and rows as they are read, and by the
 * complex step.
 *
 * @param layer - the layer
 * @param x - the point
 * @param workspace - kernel and allocator
 */
export function jacobiansOf(layer: Layer, x: Matrix, workspace: Workspace): Way[] {
  const { map, imaginary, complexAt } = prepared(layer, x, workspace);
  const byStep = zeros(map.rows, map.columns);
  for (let j = 0; j < map.columns; j++) {
    imaginary.set(j, COMPLEX_STEP);
    copyInto(complexAt(imaginary).im, byStep.pick(null, j));
    imaginary.set(j, 0);
  }
  for (let i = 0; i < byStep.data.length; i++) byStep.data[i]! /= COMPLEX_STEP;
  return [
    ...productsOf(map, workspace).map((way) => ({ ...way, isComplex: false })),
    { name: "complex step", result: byStep, isComplex: true },
  ];
}

function productsOf(map: LinearMap, workspace: Workspace): { name: string; result: Matrix }[] {
  const { allocator } = workspace;
  const { rows, columns } = map;
  const all = (fill: (J: Matrix) => void): Matrix => {
    const J = allocator.allocate(rows, columns);
    fill(J);
    return J;
  };
  const seeds = (width: number): Matrix => {
    const identity = allocator.allocate(width, width);
    markSeeds(identity, 1, 0, 1);
    return identity;
  };
  const [tangents, cotangents] = [seeds(columns), seeds(rows)];
  const [push, pull] = [map.preparePush(workspace, null), map.preparePull(workspace, null)];
  const [readColumn, readRow] = [
    map.prepareReadColumns(workspace, null),
    map.prepareReadRows(workspace, null),
  ];
  const each = (count: number, place: (i: number) => void): void => {
    for (let i = 0; i < count; i++) place(i);
  };
  return [
    { name: "JVPs", result: all((J) => each(columns, (j) => push(tangents.pick(null, j), J.pick(null, j)))) },
    { name: "VJPs", result: all((J) => each(rows, (i) => pull(cotangents.pick(i, null), J.pick(i, null)))) },
    { name: "a block of JVPs", result: all((J) => map.preparePush(workspace, columns)(tangents, J)) },
    { name: "a block of VJPs", result: all((J) => map.preparePull(workspace, rows)(cotangents, J)) },
    { name: "columns", result: all((J) => each(columns, (j) => readColumn(j, J.pick(null, j)))) },
    { name: "rows", result: all((J) => each(rows, (i) => readRow(i, J.pick(i, null)))) },
    { name: "a block of columns", result: all((J) => map.prepareReadColumns(workspace, columns)(0, J)) },
    { name: "a block of rows", result: all((J) => map.prepareReadRows(workspace, rows)(0, J)) },
  ];
}
