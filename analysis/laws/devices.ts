/** @file Many devices side by side: what each says of the exponents and the crossover, and what they say together. Pure. */

import type { Environment, VariantRecord } from "../../src/results/types.ts";
import { covers, type Estimate, type Interval } from "../../src/statistics/interval.ts";
import { median, quantile } from "../../src/statistics/quantile.ts";
import type { AnyResults } from "../config.ts";
import { plainText } from "../text.ts";
import { crossover } from "./crossover.ts";
import { type VariantPair, variantPairs } from "./pairs.ts";
import { CLAIMED, fitPowerLaw } from "./power-law.ts";

type Mode = "forward" | "reverse";

/** One number that every device has: an exponent of one mode, or the crossover. */
export type Quantity = {
  readonly id: string;
  /** Null for the crossover. */
  readonly mode: Mode | null;
  readonly regressor: (typeof CLAIMED)[number] | null;
  readonly predicted: 0 | 1;
};

/** The quantities in the order of tables and pictures; t ∝ n·Σ forward, m·Σ reverse, equal at n/m = 1. */
export const QUANTITIES: readonly Quantity[] = [
  ...(["forward", "reverse"] as const).flatMap((mode) =>
    CLAIMED.map((regressor): Quantity => {
      const own = regressor === "sigma" || (regressor === "n") === (mode === "forward");
      return { id: `${mode}-${regressor}`, mode, regressor, predicted: own ? 1 : 0 };
    }),
  ),
  { id: "crossover", mode: null, regressor: null, predicted: 1 },
];

/** What one device has found. */
export type Device = {
  /** Of its file, or of its machine in one file; unique among its like. */
  readonly name: string;
  /** `Node`, or the browser's name without version. */
  readonly group: string;
  /** Browser or Node with version, system. */
  readonly runtime: string;
  readonly kernel: string;
  readonly cases: number;
  readonly rounds: number;
  /** By id of {@link QUANTITIES}; null where it could not be found. */
  readonly values: Readonly<Record<string, Estimate | null>>;
  /** Why intervals or values are missing, as half sentences. */
  readonly notes: readonly string[];
};

/** What the devices say of one quantity together. */
export type QuantitySummary = {
  readonly quantity: Quantity;
  /** Devices that have found it. */
  readonly devices: number;
  /** Null where there are none. */
  readonly median: number | null;
  /** The middle half lies between them. */
  readonly quartiles: Interval | null;
  readonly range: Interval | null;
  /** Devices with an interval, and how many of these hold the predicted number. */
  readonly intervals: number;
  readonly covering: number;
};

/** The pair of variants that stands for a device: plain modes, the kernel `typed` before others; null without one. */
export function devicePair(results: AnyResults): VariantPair | null {
  const rank = ({ strategy, kernel, unitSeeds, withRespectTo }: VariantRecord): number =>
    (strategy === "forward" ? 0 : 8) +
    (withRespectTo === "input" ? 0 : 4) +
    (unitSeeds === "dense" ? 0 : 2) +
    (kernel === "typed" ? 0 : 1);
  return [...variantPairs(results)].sort((a, b) => rank(a.forward) - rank(b.forward))[0] ?? null;
}

/**
 * The devices of one file: one for each environment that measured.
 *
 * @param results - of one experiment
 * @param name - of the device, or before the machine's id where there are several; left out, these are named by the
 * machine's id alone
 * @returns none where no forward and reverse variant differ in nothing else
 */
export function devicesOf(results: AnyResults, name?: string): Device[] {
  const pair = devicePair(results);
  if (pair === null) return [];
  const { environments } = results;
  return environments.flatMap((environment) => {
    const alone = environments.length === 1 ? results : ofMachine(results, environment);
    if (alone.measurements.length === 0) return [];
    const id = name === undefined ? environment.id : `${name} · ${environment.id}`;
    return [deviceOf(alone, pair, environment, environments.length === 1 ? (name ?? id) : id)];
  });
}

/**
 * Gives devices of one name numbers.
 *
 * @returns the devices in their order, every name once
 */
export function withDistinctNames(devices: readonly Device[]): Device[] {
  const taken = new Set<string>();
  return devices.map((device) => {
    let name = device.name;
    for (let number = 2; taken.has(name); number++) name = `${device.name} (${number})`;
    taken.add(name);
    return { ...device, name };
  });
}

/** Summarises each of the {@link QUANTITIES} over devices. */
export function summariseDevices(devices: readonly Device[]): QuantitySummary[] {
  return QUANTITIES.map((quantity) => {
    const found = devices.flatMap(({ values }) => values[quantity.id] ?? []);
    const numbers = found.map(({ estimate }) => estimate);
    const intervals = found.flatMap(({ interval95 }) => (interval95 === null ? [] : [interval95]));
    const none = numbers.length === 0;
    return {
      quantity,
      devices: numbers.length,
      median: none ? null : median(numbers),
      quartiles: none ? null : [quantile(numbers, 0.25), quantile(numbers, 0.75)],
      range: none ? null : [Math.min(...numbers), Math.max(...numbers)],
      intervals: intervals.length,
      covering: intervals.filter((interval) => covers(interval, quantity.predicted)).length,
    };
  });
}

/** The groups of some devices with their sizes, the largest first. */
export function deviceGroups(devices: readonly Device[]): { group: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { group } of devices) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts]
    .map(([group, count]) => ({ group, count }))
    .sort((a, b) => b.count - a.count || (a.group < b.group ? -1 : 1));
}

function ofMachine(results: AnyResults, environment: Environment): AnyResults {
  return {
    ...results,
    environments: [environment],
    measurements: results.measurements.filter(({ machine }) => machine === environment.id),
  };
}

function deviceOf(results: AnyResults, pair: VariantPair, environment: Environment, name: string): Device {
  const laws = {
    forward: fitPowerLaw(results, { variant: pair.forward.label }),
    reverse: fitPowerLaw(results, { variant: pair.reverse.label }),
  };
  const crossing = crossover(results, pair).products;
  const values = Object.fromEntries(
    QUANTITIES.map(({ id, mode, regressor }) => [
      id,
      mode !== null ? laws[mode].exponents[regressor!] : crossing.kind === "found" ? crossing.ratio : null,
    ]),
  );
  const { refusal, noInterval, dropped } = laws.forward;
  return {
    name: plainText(name),
    group: groupOf(environment),
    runtime: plainText(
      [runtimeOf(environment), environment.os].filter((part) => part !== null && part !== "").join(", "),
    ),
    kernel: pair.forward.kernel,
    cases: laws.forward.cases,
    rounds: laws.forward.rounds,
    values,
    notes: [
      ...(refusal !== null ? [refusal] : noInterval !== null ? [`no intervals: ${noInterval}`] : []),
      ...dropped.map(({ reason }) => reason),
      ...(crossing.kind === "none" ? [`crossover: ${crossing.reason}`] : []),
    ].map(plainText),
  };
}

function runtimeOf({ runtime, runtimeVersion }: Environment): string {
  if (runtime === "node") return `Node ${runtimeVersion ?? "?"}`;
  return runtimeVersion ?? "a browser without name";
}

function groupOf({ runtime, runtimeVersion }: Environment): string {
  if (runtime === "node") return "Node";
  return plainText((runtimeVersion ?? "").replace(/[\s\d.]+$/, "")) || "a browser without name";
}
