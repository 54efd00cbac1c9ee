/** @file The public names of the analysis: from results to laws, charts and reports. */

import { aa } from "./charts/aa.ts";
import { collapse } from "./charts/collapse.ts";
import { counted } from "./charts/counted.ts";
import { ratio } from "./charts/ratio.ts";
import { scaling } from "./charts/scaling.ts";
import { unitSeeds } from "./charts/unit-seeds.ts";

/** Every chart as a pure function from results to a Vega-Lite spec. */
export const charts = { scaling, collapse, ratio, counted, unitSeeds, aa } as const;

export { CHARTS, type Chart, chartById, DEFAULT_CHARTS } from "./charts/index.ts";
export type { AnyResults, ExperimentConfigLike } from "./config.ts";
export { type AaCheck, type AaRepetition, aaCheck } from "./laws/aa.ts";
export { type CaseSummary, caseSummaries, clusteredInterval } from "./laws/case-interval.ts";
export type { VariantSelector } from "./laws/cells.ts";
export { type Agreement, agreement, claimText, predictedExponents } from "./laws/claim.ts";
export { type Crossover, crossover, crossoverText, type PairCrossover } from "./laws/crossover.ts";
export { explainSigma } from "./laws/explain-sigma.ts";
export { type FixedCost, fitFixedCost, type LocalExponent } from "./laws/fixed-cost.ts";
export { type PairedRow, pairedRows, type VariantPair, variantPairs } from "./laws/pairs.ts";
export { fitPowerLaw, fitPowerLaws, type PowerLaw, type Regressor } from "./laws/power-law.ts";
export { renderSvg } from "./render/svg.ts";
export { CSV_COLUMNS, toCsv } from "./report/csv.ts";
export { reportMarkdown } from "./report/markdown.ts";
export { renderReport } from "./report/render-report.ts";
export { summarise } from "./summary.ts";
export { type MeasurementRow, measurementRows, usableRows } from "./table.ts";
export { formatBytes, formatCount, formatEstimate, formatSeconds } from "./text.ts";
