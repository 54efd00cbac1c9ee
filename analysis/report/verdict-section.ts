/** @file The verdicts and the findings beside them, in words with numbers. Pure. */

import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { choosingCost } from "../laws/choosing.ts";
import { crossover, crossoverText } from "../laws/crossover.ts";
import { variantPairs } from "../laws/pairs.ts";
import { type VerdictStatus, verdicts } from "../laws/verdict.ts";
import { verdictWords } from "../laws/verdict-words.ts";
import { formatFixed, formatPercent, variantName } from "../text.ts";
import { forecastFinding } from "./forecast-section.ts";
import { gradientFinding } from "./gradient-section.ts";
import { bottleneckFinding, regretFinding } from "./planner-section.ts";

/** What became of the claim of one variant. */
export type ReportVerdict = {
  /** Strategy and kernel for people. */
  readonly name: string;
  /** Label of the variant in the results. */
  readonly variant: string;
  /** `none`: there is no claim to judge, or a design that varies nothing. */
  readonly status: VerdictStatus;
  /** What is claimed, e.g. `t ∝ n·Σ`; null where nothing is. */
  readonly claim: string | null;
  /** The measured law with intervals, e.g. `t ∝ n^1.00 [0.98, 1.02] · …`; null where none was fitted. */
  readonly law: string | null;
  /** The verdict in words, begun with its status, without a full stop: `confirmed, with a fixed cost α = …`. */
  readonly headline: string;
  /** Why, as sentences. */
  readonly reasons: readonly string[];
  /** What would help, as sentences; empty unless inconclusive. */
  readonly remedies: readonly string[];
};

/** Something that was found beside the verdicts; text is a half sentence. */
export type ReportFinding = { readonly name: string; readonly text: string };

/** The verdict of every variant that was measured, in their order. */
export function reportVerdicts(results: AnyResults): ReportVerdict[] {
  return verdicts(results).map((verdict) => ({
    name: variantName(verdict.variant),
    variant: verdict.variant.label,
    status: verdict.status,
    ...verdictWords(verdict),
  }));
}

/** The crossovers with the cost of choosing by n < m, the forecast, and the A/A check. */
export function reportFindings(results: AnyResults): ReportFinding[] {
  const crossings = variantPairs(results).map((pair): ReportFinding => {
    const { products, withPreparation } = crossover(results, pair);
    const rest = `with preparation: ${crossoverText(withPreparation)}${choosingText(results, pair)}`;
    if (products.kind === "none") {
      return { name: pair.name, text: `no crossover, ${products.reason} (${rest})` };
    }
    const side = products.reverseAbove ? "above" : "below";
    return {
      name: pair.name,
      text: `reverse is faster ${side} ${crossoverText(products)}, where n/m = 1 is predicted (${rest})`,
    };
  });
  return [...crossings, ...specialFindings(results)];
}

/** What experiments of one kind or another find besides: forecast, A/A check, regret, bottleneck, cheap gradient. */
export function specialFindings(results: AnyResults): ReportFinding[] {
  const found = [
    { name: "Forecast", text: forecastFinding(results) },
    { name: "Plan by time", text: regretFinding(results) },
    { name: "Mixed plan", text: bottleneckFinding(results) },
    { name: "Cheap gradient", text: gradientFinding(results) },
    { name: "A/A", text: aaFinding(results) },
  ];
  return found.flatMap(({ name, text }) => (text === null ? [] : [{ name, text }]));
}

function aaFinding(results: AnyResults): string | null {
  const check = aaCheck(results);
  if (check === null || check.repetitions.length < 2) return null;
  const covering =
    check.withInterval === 0
      ? ""
      : `${check.covering} of ${check.withInterval} intervals cover 1, median width ${formatFixed(check.medianWidth!, 4)}; `;
  return `${covering}mean |ratio − 1| = ${formatFixed(check.meanAbsDeviation, 4)}`;
}

function choosingText(results: AnyResults, pair: ReturnType<typeof variantPairs>[number]): string {
  const cost = choosingCost(results, pair);
  if (cost === null) return "";
  return (
    `; choosing by n < m costs ${formatPercent(cost.medianExcess)} over the faster one in the median case, ` +
    `${formatPercent(cost.worstExcess)} in the worst`
  );
}
