/** @file What the machine model and model selection say, as sections of a report. Pure. */

import { CONFIDENCE, type Estimate } from "../../src/statistics/interval.ts";
import { type AnyResults, productsAlone, timedPartOf } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { claimedCost } from "../laws/claimed-cost.ts";
import { claimedLaw, shifted } from "../laws/claimed-law.ts";
import { fitFixedCost } from "../laws/fixed-cost.ts";
import { fitMachineModels, type MachineModel } from "../laws/machine-model.ts";
import { type ModelSelection, selectModels } from "../laws/model-selection.ts";
import { REGRESSORS, SYMBOL } from "../laws/power-law.ts";
import {
  count,
  listing,
  number,
  percent,
  quoted,
  type Sentence,
  says,
  sentenceText,
  term,
} from "../laws/sentence.ts";
import { verdictRule } from "../laws/verdict-rule.ts";
import {
  formatCount,
  formatEstimate,
  formatFixed,
  formatNumber,
  formatPercent,
  formatSeconds,
  listed,
  variantName,
} from "../text.ts";
import { type Block, cell, paragraph, type Section, type TableCell, table } from "./blocks.ts";

/** Seconds a call, a layer, an FMA, a unit of width; null where no variant has a model. */
export function machineSection(results: AnyResults): Section | null {
  const models = fitMachineModels(productsAlone(results));
  if (models.length === 0) return null;
  const rows = models.flatMap((model) =>
    model.coefficients.map(({ term, seconds }) => [
      cell(variantName(model.variant)),
      cell(term.symbol),
      cell(term.unit),
      seconds === null
        ? cell("not separable", null)
        : cell(formatEstimate(seconds, formatSeconds), seconds.estimate),
      rateCell(term.kind === "fma" ? seconds : null),
      cell(`±${formatPercent(model.relativeRms)}`, model.relativeRms),
    ]),
  );
  const refusals = models.flatMap((model) =>
    model.refusals.map(({ sentence }) => ({ term: variantName(model.variant), text: sentence })),
  );
  return {
    id: "machine-model",
    title: "The machine: what a call, a layer and an FMA cost",
    blocks: [
      paragraph(
        says`${term("t = calls·(α0 + α1·K) + products·(β·Σ + γ·W)")}, with W the sum of the widths, a call one walk through the chain (without blocks calls = products), errors relative, and no coefficient below zero; a β for each cache that the footprints lie in, as far as the machine tells. In brackets ${percent(CONFIDENCE)} intervals.`,
      ),
      ...(models.some(({ variant }) => claimedCost(variant)?.exponents === null)
        ? [
            paragraph(
              says`Where unit seeds are read, Σ stands for what a product is claimed to cost without them.`,
            ),
          ]
        : []),
      ...(timedPartOf(results) === "products"
        ? []
        : [
            paragraph(
              says`These are of the products alone: the preparation, which the times of this report hold, is paid once per Jacobian and has no term.`,
            ),
          ]),
      table(
        "machine-model",
        "Coefficients of the machine model for each variant",
        ["variant", "coefficient", "of", ">time", ">rate", ">residual"],
        rows,
      ),
      ...refusalBlocks(refusals),
      ...explanations(results, fitMachineModels(results)),
    ],
  };
}

/** The same refusal for several variants is said once. */
function refusalBlocks(refusals: readonly { term: string; text: Sentence }[]): Block[] {
  const groups = groupBy(refusals, ({ text }) => sentenceText(text));
  if (groups.size === 0) return [];
  const items = [...groups.values()].map((group) => {
    const [{ text }] = group as [(typeof group)[number]];
    const names = group.map(({ term }) => term);
    return { term: listed([...new Set(names)]), text: says`${text}.` };
  });
  return [{ kind: "list", items }];
}

function rateCell(seconds: Estimate | null): TableCell {
  if (seconds === null || !(seconds.estimate > 0)) return cell("—", null);
  const { estimate, interval95 } = seconds;
  const rate = {
    estimate: 1e-9 / estimate,
    interval95:
      interval95 === null || interval95[0] <= 0
        ? null
        : ([1e-9 / interval95[1], 1e-9 / interval95[0]] as const),
  };
  return cell(`${formatEstimate(rate, formatNumber)} G FMA/s`, 1 / estimate);
}

/** Exponents that the model predicts beside the measured ones, and those of Σ in parts of its range. */
function explanations(results: AnyResults, models: readonly MachineModel[]): Block[] {
  const rows = models.flatMap((model) => {
    const { law, isExcess } = claimedLaw(results, model.variant);
    const fit = fitFixedCost(results, { variant: model.variant.label });
    const name = variantName(model.variant);
    const global = REGRESSORS.flatMap((regressor) => {
      const [predicted, measured] = [model.predictedExponents[regressor], law.exponents[regressor]];
      return predicted === null || measured === null
        ? []
        : [
            exponentRow(
              name,
              `${SYMBOL[regressor]}${isExcess ? ", excess" : ""}, all cases`,
              predicted,
              measured,
            ),
          ];
    });
    const local = (
      [
        [fit?.lower, "lower"],
        [fit?.upper, "upper"],
      ] as const
    ).flatMap(([part, where]) => {
      const predicted = part ? model.predictLocalExponent(part.sigmaRange) : null;
      // An excess has no counterpart among the exponents of the model's times.
      const claimed = fit?.claim.exponents?.sigma;
      if (!part || predicted === null || claimed === undefined) return [];
      const range = `${formatCount(part.sigmaRange[0])} to ${formatCount(part.sigmaRange[1])}`;
      return [exponentRow(name, `Σ, ${where} third (${range})`, predicted, shifted(part.excess, claimed))];
    });
    return [...global, ...local];
  });
  if (rows.length === 0) return [];
  return [
    paragraph(
      timedPartOf(results) === "products"
        ? says`What the machine model makes of the exponents: a power law fitted to its times in place of the measured ones. Where both agree, the model explains how far the exponents are from the claimed ones.`
        : says`What the machine model, fitted to times with the preparation, makes of the exponents: a power law fitted to its times in place of the measured ones. Where both agree, the model explains how far the exponents are from the claimed ones.`,
    ),
    table(
      "predicted-exponents",
      "Exponents predicted by the machine model and measured",
      ["variant", "exponent of", ">predicted by the model", ">measured"],
      rows,
    ),
  ];
}

function exponentRow(name: string, of: string, predicted: number, measured: Estimate): TableCell[] {
  return [
    cell(name),
    cell(of),
    cell(formatFixed(predicted), predicted),
    cell(formatEstimate(measured), measured.estimate),
  ];
}

/** Which form predicts best; null where nothing can be compared. */
export function selectionSection(results: AnyResults): Section | null {
  const selections = selectModels(results);
  if (selections.length === 0) return null;
  const { winStandardErrors } = verdictRule(results);
  const groups = new Map(selections.map((one) => [`${one.groups} ${one.groupedBy}`, one]));
  const grouped = listing(
    [...groups.values()].map((one) => says`${count(one.groups)} groups by ${quoted(one.groupedBy)}`),
  );
  return {
    id: "model-selection",
    title: "Which form of the cost predicts best",
    blocks: [
      paragraph(
        says`Each form has one constant (in the second table also ${term("κ ≥ 0")}, the FMA that a call costs beside), is fitted to all groups of cases but one and judged on that one, in turn (${grouped}). The error is the root mean square of the logarithm of measured over predicted time; ± is the standard error of the distance from the best form. A form is beaten where it lies more than ${standardErrors(winStandardErrors)} behind; those that are not are not separable.`,
      ),
      selectionTable("models", "Error of each form, t = c·g", selections, "pure"),
      selectionTable(
        "models-with-calls",
        "Error of each form with a cost a call, t = c·(g + κ·calls)",
        selections,
        "withCalls",
      ),
    ],
  };
}

function standardErrors(multiple: number): Sentence {
  return multiple === 1 ? says`one standard error` : says`${number(multiple)} standard errors`;
}

function selectionTable(
  id: string,
  caption: string,
  selections: readonly ModelSelection[],
  kind: "pure" | "withCalls",
): Block {
  const rows = selections.flatMap((selection) =>
    selection[kind].scores.map((score, place) => [
      cell(variantName(selection.variant)),
      cell(score.candidate.symbol),
      cell(formatError(score.error), score.error),
      cell(
        place === 0
          ? "best"
          : `+${formatFixed(score.behind, 3)} ± ${formatFixed(score.behindStandardError, 3)}`,
        score.behind,
      ),
      cell(formatSeconds(score.secondsPerFma), score.secondsPerFma),
      ...(kind === "withCalls" ? [cell(formatCount(score.callFma!), score.callFma)] : []),
      cell(score.beaten ? "beaten" : selection[kind].standing.length === 1 ? "wins" : "not separable"),
    ]),
  );
  const columns = [
    "variant",
    "g",
    ">error",
    ">behind the best",
    ">c",
    ...(kind === "withCalls" ? [">κ"] : []),
    "verdict",
  ];
  return table(id, caption, columns, rows);
}

/** An error of logarithms as a factor where it is large: `±5 %`, `×2.1`. */
function formatError(error: number): string {
  return error < 0.5 ? `±${formatPercent(error)}` : `×${formatNumber(Math.exp(error))}`;
}
