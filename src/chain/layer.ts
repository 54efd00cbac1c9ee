/** @file What a layer is: a shape, and prepared evaluations of its value and its linearisation. */

import type { Matrix, Vector } from "../array.ts";
import type { LinearMap, Product, Workspace } from "../linear-map/types.ts";
import type { LayerShape } from "./shape.ts";

/** Gives a linearisation the memory in which it keeps its partial derivatives: a vector of that length. */
export type Storage = (length: number) => Vector;

/** A layer's Jacobian, and the way to evaluate it at a point. */
export type Linearisation = {
  /** The Jacobian; holds the partial derivatives of the last point. */
  readonly map: LinearMap;
  /** (x, y) ↦ y = f(x), with the partial derivatives of `map` at x. */
  readonly evaluate: Product;
};

/** A vector of complex numbers: real and imaginary parts. */
export type ComplexVector = { readonly re: Vector; readonly im: Vector };

/** A prepared complex evaluation: (x, y) ↦ y = f(x). */
export type ComplexProduct = (x: ComplexVector, y: ComplexVector) => void;

/** Weights [d_i, d_{i−1}] and bias [d_i] of a dense layer. */
export type DenseParameters = { readonly weights: Matrix; readonly bias: Vector };

/** One layer of a chain: its shape, and what it can do. */
export type Layer = LayerShape & {
  /** Prepares (x, y) ↦ y = f(x). x [inputWidth], y [outputWidth]. */
  prepareValue(workspace: Workspace): Product;
  /** Prepares a linearisation that keeps what it must in `storage` and takes other memory from the workspace. */
  prepareLinearisation(workspace: Workspace, storage: Storage): Linearisation;
  /** Prepares y = f(x) for complex x, for the complex-step method. */
  prepareComplexValue(workspace: Workspace): ComplexProduct;
  /** The layer's own weights, if it has any. */
  readonly ownParameters?: DenseParameters;
  /** The inner chain of a residual layer. */
  readonly inner?: readonly Layer[];
};
