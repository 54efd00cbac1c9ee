/** @file Every number that a report states, under a name, so that prose can take it from the results. Pure. */

import type { Estimate } from "../../src/statistics/interval.ts";
import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { type Crossover, crossover } from "../laws/crossover.ts";
import { fitFixedCost } from "../laws/fixed-cost.ts";
import { type VariantPair, variantPairs } from "../laws/pairs.ts";
import { fitPowerLaws, REGRESSORS, SYMBOL } from "../laws/power-law.ts";
import { plain, type Table } from "../report/blocks.ts";
import { reportContent } from "../report/content.ts";
import { formatCount, formatFixed, formatSeconds, variantName } from "../text.ts";
import { nameOf, uniqueName } from "./number-names.ts";

/** A number with its name. */
export type StatedNumber = {
  /** Letters alone, in camel case, unique in the report: `crossoverTyped`. */
  readonly name: string;
  /** As the report prints it, in plain text: `0.97`, `500 ns`, or `none` where there is no such number. */
  readonly text: string;
  /** Unrounded; null for `none` and for cells of tables that hold more than a number. */
  readonly value: number | null;
  /** What it is, as a half sentence in plain text. */
  readonly meaning: string;
};

/** A number before it has its name. */
type Draft = { readonly words: readonly string[] } & Omit<StatedNumber, "name">;

/** Tables that state no results: the machine, and what stands in results.csv. */
const UNNAMED_TABLES: readonly string[] = ["environment", "cost"];

/**
 * Collects the numbers: first those that prose needs most, each end of an interval apart (`crossoverTyped`,
 * `crossoverTypedLow`, `crossoverTypedHigh`; `exponentSigmaForwardTyped`; `fixedCostForwardTyped`), then every cell of
 * every table of the report that is sorted as a number.
 *
 * @param results - of one experiment
 * @param prefix - words before every name, for pages that take numbers from several experiments
 * @returns in the order of the report; the same for the same results
 */
export function statedNumbers(results: AnyResults, prefix: readonly string[] = []): StatedNumber[] {
  const drafts = [
    ...counts(results),
    ...variantPairs(results).flatMap((pair) => crossoverNumbers(results, pair)),
    ...exponentNumbers(results),
    ...fixedCostNumbers(results),
    ...aaNumbers(results),
    ...tableNumbers(results),
  ];
  const taken = new Set<string>();
  return drafts.map(({ words, ...rest }) => ({
    name: uniqueName(nameOf([...prefix, ...words]) || "number", taken),
    ...rest,
  }));
}

function counts(results: AnyResults): Draft[] {
  const count = (word: string, value: number, meaning: string): Draft => ({
    // Not the word alone: TeX has a command \cases.
    words: ["number of", word],
    text: formatCount(value),
    value,
    meaning,
  });
  return [
    count("cases", results.cases.length, "chains that were measured"),
    count(
      "measurements",
      results.measurements.length,
      "measurements, each of one variant on one case in one round",
    ),
    count("machines", results.environments.length, "measuring sessions and machines"),
  ];
}

/** An estimate and the ends of its interval. */
function estimateDrafts(
  words: readonly string[],
  estimate: Estimate,
  format: (value: number) => string,
  meaning: string,
): Draft[] {
  const one = (end: string, value: number, what: string): Draft => ({
    words: [...words, end],
    text: format(value),
    value,
    meaning: what,
  });
  const { interval95 } = estimate;
  return [
    one("", estimate.estimate, meaning),
    ...(interval95 === null
      ? []
      : [
          one("low", interval95[0], `${meaning}: lower end of the 95 % interval`),
          one("high", interval95[1], `${meaning}: upper end of the 95 % interval`),
        ]),
  ];
}

function crossoverNumbers(results: AnyResults, pair: VariantPair): Draft[] {
  const found = crossover(results, pair);
  const words = pairWords(pair);
  const of = (place: Crossover, more: readonly string[], what: string): Draft[] => {
    const meaning = `n/m at which forward takes as long as reverse, ${what}, ${pair.name}`;
    return place.kind === "found"
      ? estimateDrafts(["crossover", ...words, ...more], place.ratio, formatFixed, meaning)
      : [
          {
            words: ["crossover", ...words, ...more],
            text: "none",
            value: null,
            meaning: `${meaning}: ${place.reason}`,
          },
        ];
  };
  const { products } = found;
  const slope =
    products.kind === "found"
      ? estimateDrafts(
          ["crossover slope", ...words],
          products.slope,
          formatFixed,
          `slope of log(forward/reverse) on log(n/m), ${pair.name}`,
        )
      : [];
  return [
    ...of(products, [], "products alone"),
    ...of(found.withPreparation, ["with preparation"], "with preparation"),
    ...slope,
  ];
}

/** What tells a pair from the others: nothing but the kernel for plain forward and reverse. */
function pairWords({ forward }: VariantPair): string[] {
  const label = forward.label.replace(/^forward/, "");
  return label.includes(forward.kernel) ? [label] : [label, forward.kernel];
}

function exponentNumbers(results: AnyResults): Draft[] {
  return fitPowerLaws(results).flatMap((law) => {
    const name = variantName(law.variant);
    return REGRESSORS.flatMap((regressor) => {
      const exponent = law.exponents[regressor];
      if (exponent === null) return [];
      const meaning = `exponent of ${SYMBOL[regressor]}, ${name}`;
      return estimateDrafts(["exponent", regressor, name], exponent, formatFixed, meaning);
    });
  });
}

function fixedCostNumbers(results: AnyResults): Draft[] {
  return fitPowerLaws(results).flatMap(({ variant, refusal }) => {
    const fit = refusal === null ? fitFixedCost(results, { variant: variant.label }) : null;
    if (fit === null) return [];
    const name = variantName(variant);
    return [
      ...estimateDrafts(
        ["fixed cost", name],
        fit.secondsPerProduct,
        formatSeconds,
        `fixed cost of a product, ${name}`,
      ),
      ...estimateDrafts(["fma cost", name], fit.secondsPerFma, formatSeconds, `cost of an FMA of Σ, ${name}`),
    ];
  });
}

function aaNumbers(results: AnyResults): Draft[] {
  const check = aaCheck(results);
  if (check === null) return [];
  const one = (word: string, text: string, value: number, meaning: string): Draft => ({
    words: ["same against same", word],
    text,
    value,
    meaning,
  });
  return [
    one(
      "repetitions",
      formatCount(check.repetitions.length),
      check.repetitions.length,
      "repetitions of the A/A check",
    ),
    one("covering", formatCount(check.covering), check.covering, "repetitions whose 95 % interval covers 1"),
    one(
      "intervals",
      formatCount(check.withInterval),
      check.withInterval,
      "repetitions that have an interval",
    ),
    one(
      "deviation",
      formatFixed(check.meanAbsDeviation, 4),
      check.meanAbsDeviation,
      "mean |ratio − 1| of the A/A check",
    ),
    ...(check.medianWidth === null
      ? []
      : [
          one(
            "width",
            formatFixed(check.medianWidth, 4),
            check.medianWidth,
            "median width of the A/A intervals",
          ),
        ]),
  ];
}

function tableNumbers(results: AnyResults): Draft[] {
  const tables = reportContent(results)
    .sections.flatMap(({ blocks }) => blocks)
    .filter((block) => block.kind === "table")
    .filter(({ id }) => !UNNAMED_TABLES.some((unnamed) => id.startsWith(unnamed)));
  return tables.flatMap((table) => {
    const keys = rowKeys(table);
    return table.rows.flatMap((row, i) =>
      row.flatMap(({ text, sort }, j): Draft[] => {
        const title = table.columns[j]?.title ?? "";
        if (typeof sort !== "number") return [];
        const key = keys[i]!;
        const meaning = `${table.caption}: ${title}, ${key.join(", ")}`;
        return [{ words: ["table", table.id, ...key, title], text: plain(text), value: null, meaning }];
      }),
    );
  });
}

/** The fewest leading cells that tell the rows apart. */
function rowKeys(table: Table): string[][] {
  const most = table.columns.length;
  for (let length = 1; ; length++) {
    const keys = table.rows.map((row) => row.slice(0, length).map(({ text }) => plain(text)));
    if (length >= most || new Set(keys.map((key) => key.join("\u0000"))).size === keys.length) return keys;
  }
}
