/** @file How much the machines of a merged sweep differ, in sentences, and for which of them times are stated. Pure. */

import { CONFIDENCE } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { count, estimated, fixed, percent, quoted, type Sentence, says } from "../laws/sentence.ts";
import { type MachineFactor, machineFactors } from "../machine-factors.ts";
import { measurementRows } from "../table.ts";
import { fixedFormat, formatEstimate, formatFixed, plainText } from "../text.ts";
import { cell, paragraph, type Section, table } from "./blocks.ts";

/** Ratios of cases further apart than this are told: one factor then says little. */
const WIDE_RANGE = 1.25;

/** Factors have three digits after the point at least. */
const FACTOR = fixedFormat(3);

/**
 * Says how the machines compare.
 *
 * @param results - of one experiment
 * @returns a sentence for each machine after the first; none for a single machine
 */
export function machineSentences(results: AnyResults): Sentence[] {
  const [reference, ...others] = machineFactors(measurementRows(results));
  if (reference === undefined) return [];
  const base = quoted(nameOf(results, reference.machine));
  return others.map((other) => {
    const name = quoted(nameOf(results, other.machine));
    return other.factor === null
      ? says`${name} and ${base} have no case in common: their times stand side by side as they are`
      : says`${name} takes ${estimated(other.factor, FACTOR)} times as long as ${base}, by ${casesPart(other)}${rangePart(other)}`;
  });
}

/** A table of the machines and their factors; null for a single machine. */
export function machinesSection(results: AnyResults): Section | null {
  const factors = machineFactors(measurementRows(results));
  const reference = factors[0];
  if (reference === undefined) return null;
  const rows = factors.map((machine) => [
    cell(nameOf(results, machine.machine)),
    cell(
      machine.factor === null ? "—" : formatEstimate(machine.factor, FACTOR),
      machine.factor?.estimate ?? null,
    ),
    cell(
      machine.range === null ? "—" : machine.range.map((value) => formatFixed(value, 2)).join(" – "),
      machine.range?.[1] ?? null,
    ),
    machine.isReference ? cell("—", null) : cell(String(machine.cases), machine.cases),
  ]);
  return {
    id: "machines",
    title: "Machines",
    blocks: [
      paragraph(
        says`Several machines, or sessions, have shared this sweep. Times in fits and charts are stated for ${quoted(nameOf(results, reference.machine))}: those of another machine are divided by its factor, the geometric mean of time ratios over cases that both have measured (${percent(CONFIDENCE)} interval over cases and variants). Measurements of anchors serve this comparison alone. Ratios within a case are of one machine and need no factor.`,
      ),
      table(
        "machines",
        "Machines of this sweep, their factors, and how far single cases stray",
        ["machine", ">times as long", ">range over cases", ">common cases"],
        rows,
      ),
    ],
  };
}

function nameOf(results: AnyResults, id: string): string {
  const environment = results.environments.find((one) => one.id === id);
  return plainText(environment?.cpuModel ? `${environment.cpuModel} (${id})` : id);
}

function casesPart({ cases }: MachineFactor): Sentence {
  return cases === 1 ? says`one common case` : says`${count(cases)} common cases`;
}

function rangePart({ range }: MachineFactor): Sentence {
  if (range === null || range[1] / range[0] < WIDE_RANGE) return says``;
  return says` (from ${fixed(range[0])} to ${fixed(range[1])}: one factor says little of machines that differ by size)`;
}
