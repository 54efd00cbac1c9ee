/** @file Drawing instances: short decimal numbers, and drawn again until all slips can be told apart. */

import { type Matrix, matrix, vector } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import { createRandom, deriveSeed, type Random } from "../random.ts";
import type { ArrayValue, InstanceOptions, Slip, Value, Values } from "./types.ts";

/** Two answers count as different if they differ by this part of the largest entry of the right one. */
const SEPARATION = 0.02;

const MOST_DRAWS = 10_000;

/** What {@link drawInstance} needs of a problem. */
type Draw<Instance> = {
  /** The problem, so that problems do not share their numbers. */
  readonly id: string;
  /** Whether answers are counts, so that multiples of the right one are no slips of their own. */
  readonly exact: boolean;
  draw(random: Random): Instance;
  truth(instance: Instance): Values;
  slips(instance: Instance): readonly Slip[];
  /** Further conditions, e.g. distance from a kink. */
  isUsable?(instance: Instance): boolean;
};

/**
 * Draws instances until none of the usual slips gives nearly the right answer or nearly what another slip gives.
 *
 * @param problem - how to draw one instance, its right answer and its slips
 * @param options - `rngSeed`
 * @throws {JacobenchError} `ERR_RANGE` if rngSeed is no integer; `ERR_UNSUPPORTED` if widths are given
 */
export function drawInstance<Instance>(problem: Draw<Instance>, options: InstanceOptions): Instance {
  const { id } = problem;
  if (options.widths !== undefined) {
    throw new JacobenchError("ERR_UNSUPPORTED", `${id}: takes no widths; only problem2 is about widths`);
  }
  const rngSeed = checkRngSeed(id, options.rngSeed);
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    const instance = problem.draw(createRandom(deriveSeed(rngSeed, id, attempt)));
    if (problem.isUsable?.(instance) === false) continue;
    if (areSeparate(problem.truth(instance), problem.slips(instance), problem.exact ? [] : [-1, 2, 0.5]))
      return instance;
  }
  throw new Error(`${id}: no instance of ${MOST_DRAWS} tells the slips apart`);
}

/**
 * Reads the number that starts a generator.
 *
 * @param where - for the message
 * @param rngSeed - what was given; 1 if nothing was
 * @throws {JacobenchError} `ERR_RANGE`
 */
export function checkRngSeed(where: string, rngSeed = 1): number {
  if (Number.isSafeInteger(rngSeed)) return rngSeed;
  throw new JacobenchError("ERR_RANGE", `${where}: rngSeed is ${rngSeed}; expected an integer`);
}

/** A vector of numbers of two decimals in ±bound. */
export function drawVector(random: Random, length: number, bound: number): number[] {
  const hundredths = Math.round(100 * bound);
  return Array.from({ length }, () => random.integer(-hundredths, hundredths) / 100);
}

/** Rows of such numbers. */
export function drawRows(random: Random, rows: number, columns: number, bound: number): number[][] {
  return Array.from({ length: rows }, () => drawVector(random, columns, bound));
}

/** The arrays of an instance as ndarrays. */
export type Ndarrays<Instance> = {
  readonly [Key in keyof Instance as Instance[Key] extends readonly unknown[] ? Key : never]: Matrix;
};

/**
 * Adds the arrays of an instance as ndarrays, in a property that neither prints nor goes into JSON.
 *
 * @param instance - plain numbers, arrays and nested arrays
 */
export function withNdarrays<Instance extends object>(
  instance: Instance,
): Instance & { readonly ndarrays: Ndarrays<Instance> } {
  const arrays = Object.entries(instance)
    .filter(([, value]) => Array.isArray(value))
    .map(([name, value]) => [name, Array.isArray(value[0]) ? matrix(value) : vector(value)]);
  return Object.defineProperty({ ...instance }, "ndarrays", {
    value: Object.fromEntries(arrays),
    enumerable: false,
  }) as Instance & { readonly ndarrays: Ndarrays<Instance> };
}

function areSeparate(truth: Values, slips: readonly Slip[], multiples: readonly number[]): boolean {
  return Object.entries(truth).every(([name, right]) => {
    if (typeof right === "string") return true;
    const candidates = [
      { id: "right", value: right },
      ...multiples.map((factor) => ({ id: `times ${factor}`, value: multiple(factor, right) })),
      ...slips.flatMap(({ id, values }) => (values[name] === undefined ? [] : [{ id, value: values[name] }])),
    ];
    const scale = Math.max(...right.entries.map(Math.abs));
    return candidates.every(({ id, value }, i) =>
      candidates.slice(i + 1).every((other) => other.id === id || differ(value, other.value, scale)),
    );
  });
}

function differ(a: Value, b: Value, scale: number): boolean {
  if (typeof a === "string" || typeof b === "string") return a !== b;
  if (a.shape.join() !== b.shape.join()) return true;
  return a.entries.some((value, i) => Math.abs(value - b.entries[i]!) > SEPARATION * scale);
}

function multiple(factor: number, { shape, entries }: ArrayValue): ArrayValue {
  return { shape, entries: entries.map((value) => factor * value) };
}
