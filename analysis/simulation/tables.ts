/** @file The script that prints how often intervals hold the truth, as Markdown: node analysis/simulation/tables.ts 2000 (N) */

import { markdownTable } from "../report/escape.ts";
import { shippedDesign } from "./designs.ts";
import type { NoiseModel } from "./machine.ts";
import { type Tally, UNUSUAL, USUAL, wholeCoverage } from "./whole.ts";

type What = "exponents" | "coefficients" | "bound" | "verdicts";

/** Runs one kind of simulation under several kinds of noise and lays the shares side by side. */
function simulate(
  title: string,
  design: string,
  noises: readonly NoiseModel[],
  what: What,
  repetitions: number,
): void {
  const cases = shippedDesign(design);
  const tallies = noises.map((noise) => ({
    noise,
    tally: wholeCoverage({ cases, noise, what, repetitions, rngSeed: 1 }),
  }));
  const names = [...new Set(tallies.flatMap(({ tally }) => [...tally.keys()]))];
  const rows = tallies.map(({ noise, tally }) => [noise.name, ...names.map((name) => share(tally, name))]);
  process.stdout.write(
    `\n${title} (${design}, ${cases.length} cases; ${repetitions} repetitions; %):\n\n` +
      `${markdownTable(["noise", ...names], `l${"r".repeat(names.length)}`, rows)}\n`,
  );
}

function share(tally: Tally, name: string): string {
  const entry = tally.get(name);
  return entry === undefined ? "—" : ((100 * entry.held) / entry.count).toFixed(1);
}

if (import.meta.main) {
  const repetitions = Number(process.argv[2] ?? 2000);
  const fewer = Math.ceil(repetitions / 4);
  simulate("Exponents and crossover", "scaling", USUAL, "exponents", repetitions);
  simulate(
    "Coefficients of the machine model, away from zero",
    "scaling",
    USUAL,
    "coefficients",
    repetitions,
  );
  simulate("Coefficients at the bound", "scaling", USUAL.slice(0, 1), "bound", repetitions);
  for (const design of ["kernels", "gradient", "depth"]) {
    simulate("Exponents in smaller designs", design, USUAL.slice(0, 1), "exponents", repetitions);
  }
  simulate("Exponents and crossover, unusual noise", "scaling", UNUSUAL, "exponents", repetitions);
  simulate("Coefficients, unusual noise", "scaling", UNUSUAL, "coefficients", fewer);
  simulate("Right claims", "scaling", [...USUAL, ...UNUSUAL], "verdicts", fewer);
}
