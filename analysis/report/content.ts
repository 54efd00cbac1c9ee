/** @file The report as data: verdicts, sections, tables, words; Markdown and HTML are both rendered from it. Pure. */

import { CONFIDENCE } from "../../src/statistics/interval.ts";
import { type AnyResults, timedPartOf } from "../config.ts";
import { percent, type Sentence, says, sentenceText } from "../laws/sentence.ts";
import { peersContent } from "../peers/content.ts";
import { plainText } from "../text.ts";
import { answerSentence, arranged } from "./answer.ts";
import type { Section } from "./blocks.ts";
import { crossoverSection } from "./crossover-section.ts";
import { configSection, environmentSection, reproduceSection } from "./environment-section.ts";
import { forecastSection } from "./forecast-section.ts";
import { gradientSection } from "./gradient-section.ts";
import { machinesSection } from "./machines-section.ts";
import { methodSection, paperSection } from "./method-section.ts";
import { machineSection, selectionSection } from "./model-sections.ts";
import { bottleneckSection, regretSection } from "./planner-section.ts";
import { aaSection, costSection, exponentSection, sigmaSection, warningSection } from "./sections.ts";
import { type ReportFinding, type ReportVerdict, reportFindings, reportVerdicts } from "./verdict-section.ts";

/** Everything that a report states. All strings are plain text (see {@link Span}), in no markup. */
export type ReportContent = {
  /** Name of the experiment: a-z, 0-9 and - in results that the command made; anything in others. */
  readonly experiment: string;
  readonly title: string;
  /** The notes of the config; null where there are none. */
  readonly notes: string | null;
  /** True for a run that is good for a first look and no more; `quickNote` says so. */
  readonly quick: boolean;
  readonly quickNote: string | null;
  /** What was found, as one sentence. */
  readonly answer: string;
  /** What the verdicts answer, as one sentence or two. */
  readonly question: string;
  /** One for each strategy × kernel that was measured, in their order. */
  readonly verdicts: readonly ReportVerdict[];
  /** Crossovers, the A/A check: what is stated beside the verdicts. */
  readonly findings: readonly ReportFinding[];
  /**
   * All parts in order. `answer` is the first screen: the sentence, the first chart, one table; `findings` holds the
   * block `verdicts`, `charts` all other charts; then `exponents`, `sigma`, `machine-model`, `model-selection`, `crossover`, `forecast`, `aa`, `cost`, `warnings`, `method`, `paper`,
   * `environment`, `config`, `reproduce`, and others; a section without anything to say is not there.
   */
  readonly sections: readonly Section[];
};

const QUICK_NOTE =
  "Few rounds: the numbers are estimates without intervals, good for a first look and no more.";

/**
 * Describes the report of one experiment.
 *
 * @param results - of one experiment
 * @returns plain data; the same for the same results
 */
export function reportContent(results: AnyResults): ReportContent {
  if (results.peers != null) return peersContent(results);
  const { notes } = results.config;
  const asked = question(results);
  const [verdicts, findings] = [reportVerdicts(results), reportFindings(results)];
  const answer = answerSentence(results);
  return {
    experiment: plainText(results.experiment),
    title: plainText(results.title),
    notes: notes ? plainText(notes) : null,
    quick: results.quick,
    quickNote: results.quick ? QUICK_NOTE : null,
    answer: sentenceText(answer),
    question: sentenceText(asked),
    verdicts,
    findings,
    sections: arranged(results, { answer, question: asked, verdicts }, [
      exponentSection(results),
      sigmaSection(results),
      machineSection(results),
      selectionSection(results),
      crossoverSection(results),
      forecastSection(results),
      regretSection(results),
      bottleneckSection(results),
      aaSection(results),
      gradientSection(results),
      costSection(results),
      warningSection(results),
      methodSection(results),
      paperSection(results),
      machinesSection(results),
      environmentSection(results),
      configSection(results),
      reproduceSection(results),
    ]),
  };
}

/** What the verdicts answer, and what the times are of. */
function question(results: AnyResults): Sentence {
  const none = results.quick ? says` (none in a quick run)` : says``;
  const times =
    timedPartOf(results) === "products"
      ? says`Times are of the products alone; the preparation before them is timed apart.`
      : says`Times hold the preparation (primal evaluation, and what must be kept) as well as the products.`;
  return says`Does the full Jacobian cost n·Σ by n JVPs (forward) and m·Σ by m VJPs (reverse), and where do they cross? Measured here, in brackets ${percent(CONFIDENCE)} intervals${none}. ${times}`;
}
