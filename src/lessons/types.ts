/** @file What a problem of the course is: an instance, the right answer by parts, and the usual slips, each really computed. */

import type { Matrix } from "../array.ts";

/** Numbers with a shape: [] for one number, [length] for a vector, [rows, columns] for a matrix (entries row by row). */
export type ArrayValue = { readonly shape: readonly number[]; readonly entries: readonly number[] };

/** What one part of an answer is: numbers, or a word (`forward` or `reverse`). */
export type Value = ArrayValue | string;

/** Values of some parts of an answer, by the part's name. */
export type Values = Readonly<Record<string, Value>>;

/** One thing that a problem asks for. */
export type Part = {
  /** Its name in an answer, e.g. `W`. */
  readonly name: string;
  /** How messages call it, e.g. `∇_W L`. */
  readonly symbol: string;
  /** What it is in one sentence, for the instance that a command prints. */
  readonly asks: string;
  /** Other names under which it is taken, e.g. `weights`. */
  readonly aliases?: readonly string[];
};

/** A usual mistake at one instance: what it gives instead of the right answer, for the parts that it changes. */
export type Slip = {
  /** Stable name, e.g. `label-missing`. */
  readonly id: string;
  /** What was probably done, and what to do. */
  readonly hint: string;
  readonly values: Values;
};

/** Which instance of a problem is meant. */
export type InstanceOptions = {
  /** Number that starts the generator of the instance; default 1. */
  readonly rngSeed?: number | undefined;
  /** Widths n, …, m of one's own; only where the problem is about widths (problem 2). */
  readonly widths?: readonly number[] | undefined;
};

/** A problem with its checks. `Instance` holds numbers, arrays and nested arrays, so that it can be written as JSON. */
export type Problem<Instance extends object> = {
  /** E.g. `problem3`. */
  readonly id: string;
  readonly title: string;
  /** What is given and what is asked, in the names of the instance. */
  readonly statement: string;
  readonly parts: readonly Part[];
  /** True for counts: an answer is right only if it is equal. */
  readonly exact: boolean;
  /** What to say of NaN and infinities. */
  readonly nonFiniteHint: string;
  /** Draws the instance; the same options give the same instance on every machine. */
  instance(options: InstanceOptions): Instance;
  /** The right answer, by the toolkit's own derivatives. */
  truth(instance: Instance): Values;
  /** All usual slips at an instance. Several may share an id. */
  slips(instance: Instance): readonly Slip[];
};

/** One part of an answer as people have it: nested arrays, typed arrays, ndarrays, a number or a word. */
export type ArrayAnswer =
  | number
  | string
  | ArrayLike<number>
  | readonly ArrayLike<number>[]
  | Matrix
  | { to2DArray(): number[][] };
