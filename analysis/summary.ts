/** @file The answer in a few lines of at most 80 columns: what a sweep prints at its end. Pure. */

import type { AnyResults } from "./config.ts";
import { aaCheck } from "./laws/aa.ts";
import { claimText, exponentParts, isAsPredicted } from "./laws/claim.ts";
import { crossover, crossoverText } from "./laws/crossover.ts";
import { explainSigma } from "./laws/explain-sigma.ts";
import { variantPairs } from "./laws/pairs.ts";
import { fitPowerLaws, type PowerLaw } from "./laws/power-law.ts";
import { formatFixed, plainText, variantName, wrapText } from "./text.ts";

/** No line is longer. */
export const COLUMNS = 80;

const NAME_COLUMNS = 30;

/**
 * Says what an experiment found.
 *
 * @param results - of one experiment
 * @returns lines of at most 80 columns without line ends: exponents with intervals for each strategy and kernel, why
 *   Σ's exponent is off where it is, the crossovers, the A/A check
 */
export function summarise(results: AnyResults): string[] {
  const laws = fitPowerLaws(results);
  const width = Math.min(
    NAME_COLUMNS,
    Math.max(0, ...laws.map(({ variant }) => columnsOf(variantName(variant)))),
  );
  return [
    ...wrapped(`${plainText(results.experiment)}: ${plainText(results.title)}`, "", "  "),
    ...(results.quick ? ["(quick run: estimates without intervals)"] : []),
    ...laws.flatMap((law) => lawLines(law, width)),
    ...laws.flatMap((law) => claimLines(results, law)),
    ...variantPairs(results).flatMap((pair) => {
      const found = crossover(results, pair);
      const name = plainText(pair.name);
      return [
        ...wrapped(`crossover ${name}: ${crossoverText(found.products)}`, "  ", "    "),
        ...wrapped(`with preparation: ${crossoverText(found.withPreparation)}`, "    ", "      "),
      ];
    }),
    ...aaLines(results),
  ];
}

function lawLines(law: PowerLaw, width: number): string[] {
  const name = pad(clip(variantName(law.variant), NAME_COLUMNS), width);
  if (law.refusal !== null) return wrapped(`${name}  not fitted: ${law.refusal}`, "  ", " ".repeat(6));
  const start = `  ${name}  t ∝ `;
  const lines: string[] = [];
  let line = start;
  for (const [index, part] of exponentParts(law).entries()) {
    const next = index === 0 ? part : ` · ${part}`;
    if (index > 0 && columnsOf(line) + columnsOf(next) > COLUMNS) {
      lines.push(line);
      line = `${" ".repeat(columnsOf(start) - 2)}· ${part}`;
    } else {
      line += next;
    }
  }
  return [...lines, line];
}

/** Only what is not as predicted deserves a line of the terminal. */
function claimLines(results: AnyResults, law: PowerLaw): string[] {
  if (law.noInterval !== null || law.variant.mode === null || isAsPredicted(law)) return [];
  const name = variantName(law.variant);
  return [
    ...wrapped(`${name}: ${claimText(law)}`, "  ", "    "),
    ...explainSigma(results, law)
      .slice(0, 1)
      .flatMap((sentence) => wrapped(sentence, "    ", "    ")),
  ];
}

function aaLines(results: AnyResults): string[] {
  const check = aaCheck(results);
  if (check === null || check.repetitions.length < 2) return [];
  const intervals =
    check.withInterval === 0
      ? ""
      : `${check.covering} of ${check.withInterval} intervals cover 1, median width ${formatFixed(check.medianWidth!, 4)}; `;
  return wrapped(
    `A/A: ${intervals}mean |ratio − 1| = ${formatFixed(check.meanAbsDeviation, 4)}`,
    "  ",
    "    ",
  );
}

function wrapped(text: string, first: string, rest: string): string[] {
  return wrapText(text, COLUMNS - Math.max(first.length, rest.length)).flatMap((line, index) => {
    const indent = index === 0 ? first : rest;
    return [indent + clip(line, COLUMNS - indent.length)];
  });
}

/** Cuts a text at a number of terminal columns, with an ellipsis. */
function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  for (const character of text) {
    if (columnsOf(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** Terminal columns: two for East Asian wide characters and emoji, none for combining marks. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200d/u.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
