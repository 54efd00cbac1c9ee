/** @file The public names of the analysis: from results to laws, charts and reports. */

import { aa } from "./charts/aa.ts";
import { blocks } from "./charts/blocks.ts";
import { bottleneck } from "./charts/bottleneck.ts";
import { cheapGradient } from "./charts/cheap-gradient.ts";
import { collapse } from "./charts/collapse.ts";
import { cost } from "./charts/cost.ts";
import { counted } from "./charts/counted.ts";
import { depth } from "./charts/depth.ts";
import { devices } from "./charts/devices.ts";
import { drift } from "./charts/drift.ts";
import { exponents } from "./charts/exponents.ts";
import { isoSigma } from "./charts/iso-sigma.ts";
import { memory } from "./charts/memory.ts";
import { memoryTradeoff } from "./charts/memory-tradeoff.ts";
import { network } from "./charts/network.ts";
import { predicted } from "./charts/predicted.ts";
import { ratio } from "./charts/ratio.ts";
import { regret } from "./charts/regret.ts";
import { residuals } from "./charts/residuals.ts";
import { roofline } from "./charts/roofline.ts";
import { scaling } from "./charts/scaling.ts";
import { skip } from "./charts/skip.ts";
import { unitSeeds } from "./charts/unit-seeds.ts";

/** Every chart as a pure function from results and options to a Vega-Lite spec; `skip` takes options alone. */
export const charts = {
  scaling,
  exponents,
  collapse,
  isoSigma,
  ratio,
  counted,
  predicted,
  residuals,
  roofline,
  cost,
  depth,
  blocks,
  memory,
  memoryTradeoff,
  cheapGradient,
  unitSeeds,
  aa,
  drift,
  bottleneck,
  regret,
  devices,
  network,
  skip,
} as const;

export { bracketing, type DrawnPlan } from "./charts/bracketing.ts";
export { drawDevices } from "./charts/devices.ts";
export { ENGLISH } from "./charts/english.ts";
export { CHARTS, type Chart, chartById, DEFAULT_CHARTS } from "./charts/index.ts";
export type { ChartOptions } from "./charts/look.ts";
export { networkOf } from "./charts/network.ts";
export type { PredictedTime } from "./charts/predictions.ts";
export type { ChartSize, ChartTheme } from "./charts/theme.ts";
export type { WordKey, Words } from "./charts/words.ts";
export type { AnyResults, ExperimentConfigLike, VerdictConfigLike } from "./config.ts";
export { assetContent } from "./embed/assets.ts";
export { type EmbedChart, embedChart } from "./embed/chart.ts";
export { chartPage } from "./embed/chart-page.ts";
export { renderEmbedPage } from "./embed/embed-page.ts";
export { EMBED_TARGETS, type EmbedOptions, embedSnippet, embedTargetById } from "./embed/index.ts";
export { mystSubstitutions, texMacros } from "./embed/number-formats.ts";
export { statedNumbers } from "./embed/numbers.ts";
export { sharedScript } from "./embed/shared-script.ts";
export type { StatedNumber } from "./embed/stated-number.ts";
export type { AssetFormat, EmbedForm, EmbedTarget, Snippet } from "./embed/target.ts";
export { type AaCheck, type AaRepetition, aaCheck } from "./laws/aa.ts";
export {
  type Bottleneck,
  type BottleneckPoint,
  bottleneckSweep,
  type PredictedLead,
  predictedLead,
} from "./laws/bottleneck.ts";
export { CANDIDATES, type Candidate } from "./laws/candidates.ts";
export { type CaseSummary, caseSummaries, clusteredInterval } from "./laws/case-interval.ts";
export type { VariantSelector } from "./laws/cells.ts";
export {
  type ChoosingCost,
  type CrossoverExplanation,
  choosingCost,
  explainCrossover,
} from "./laws/choosing.ts";
export { type Agreement, agreement, claimText, predictedExponents } from "./laws/claim.ts";
export { type ClaimedCost, claimedCost } from "./laws/claimed-cost.ts";
export { type ClaimedLaw, claimedLaw, claimedLaws } from "./laws/claimed-law.ts";
export {
  type ComparedRow,
  type Comparison,
  compareRuns,
  holm,
  regressions,
} from "./laws/compare.ts";
export { type Crossover, crossover, crossoverText, type PairCrossover } from "./laws/crossover.ts";
export {
  type Device,
  devicesOf,
  QUANTITIES,
  type Quantity,
  type QuantitySummary,
  summariseDevices,
  withDistinctNames,
} from "./laws/devices.ts";
export { explainSigma } from "./laws/explain-sigma.ts";
export { type FixedCost, fitFixedCost, type LocalExponent } from "./laws/fixed-cost.ts";
export {
  type ForecastComparison,
  type ForecastRow,
  fitForecast,
  forecastComparison,
  forecastText,
} from "./laws/forecast.ts";
export {
  fitMachineModel,
  fitMachineModels,
  type MachineCoefficient,
  type MachineModel,
} from "./laws/machine-model.ts";
export {
  type CandidateScore,
  type ModelSelection,
  type SelectionTable,
  selectModel,
  selectModels,
} from "./laws/model-selection.ts";
export { type PairedRow, pairedRows, type VariantPair, variantPairs } from "./laws/pairs.ts";
export { fitPowerLaw, fitPowerLaws, type PowerLaw, type Regressor } from "./laws/power-law.ts";
export {
  type ChainRegret,
  type Regret,
  regrets,
  type TimePrediction,
  timePredictions,
} from "./laws/regret.ts";
export { type Relation, relationOf } from "./laws/relation.ts";
export { type Sentence, sentenceText, statementsOf } from "./laws/sentence.ts";
export { fitSingleLaw, type SingleLaw, singleLawText } from "./laws/single-law.ts";
export { type Comparison as ComparisonStatement, contradictions, type Statement } from "./laws/statement.ts";
export {
  type Judgement,
  type Verdict,
  type VerdictStatus,
  verdicts,
} from "./laws/verdict.ts";
export type { Obstacle } from "./laws/verdict-obstacle.ts";
export { DEFAULT_RULE, type VerdictRule, verdictRule } from "./laws/verdict-rule.ts";
export { type VerdictWords, verdictWords } from "./laws/verdict-words.ts";
export { type RenderFormat, type RenderOptions, renderSpec } from "./render/render-spec.ts";
export { renderSvg } from "./render/svg.ts";
export type {
  Block,
  Column,
  RichText,
  Section,
  Span,
  Table,
  TableCell,
} from "./report/blocks.ts";
export { type ReportContent, reportContent } from "./report/content.ts";
export { CSV_COLUMNS, toCsv } from "./report/csv.ts";
export { renderIndex } from "./report/html/index-page.ts";
export { reportMarkdown } from "./report/markdown.ts";
export { renderReport } from "./report/render-report.ts";
export { reportStatements } from "./report/statements.ts";
export type { ReportFinding, ReportVerdict } from "./report/verdict-section.ts";
export { summarise } from "./summary.ts";
export { type MeasurementRow, measurementRows, usableRows } from "./table.ts";
export { formatBytes, formatCount, formatEstimate, formatSeconds, type NumberFormat } from "./text.ts";
