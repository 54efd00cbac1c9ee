/** @file What stands around every chart: title, conditions, description, config, and how it is to be sized. */

import { type AnyResults, timedPartOf } from "../config.ts";
import { type Sentence, sentenceText } from "../laws/sentence.ts";
import type { Statement } from "../laws/statement.ts";
import { plainText, wrapText } from "../text.ts";
import type { Look } from "./look.ts";
import { VEGA_LITE_SCHEMA } from "./theme.ts";

/** What a chart says in words. */
export type FrameText = {
  /** The title: what was found. */
  readonly finding: Sentence;
  /** How to read it, most important first; the conditions of the measurement are added. */
  readonly notes: readonly string[];
  /** What the finding states, for machines and tests: `states` of `usermeta.jacobench`. */
  readonly states?: readonly Statement[] | undefined;
};

/**
 * The parts that every chart has, around its own. A column has no title inside: its finding and notes stand in
 * `usermeta.jacobench`, for the caption.
 */
export function frame(results: AnyResults, look: Look, text: FrameText) {
  return frameOf(
    look,
    { ...text, notes: [...text.notes, conditions(results, look)] },
    {
      experiment: plainText(results.experiment),
      configHash: results.configHash,
      quick: results.quick,
    },
  );
}

/**
 * {@link frame} of a drawing that measures nothing.
 *
 * @param meta - further fields of `usermeta.jacobench`
 */
export function frameOf(
  look: Look,
  text: Omit<FrameText, "finding"> & { readonly finding: Sentence | string },
  meta: Readonly<Record<string, unknown>>,
) {
  const finding = plainText(typeof text.finding === "string" ? text.finding : sentenceText(text.finding));
  const notes = text.notes.map(plainText);
  // A slide has room for the first note and the conditions.
  const shown = look.size === "slide" ? [...new Set([notes[0]!, notes.at(-1)!])] : notes;
  const title = {
    text: wrapText(finding, look.measure.titleColumns),
    subtitle: shown.flatMap((note) => wrapText(note, look.measure.subtitleColumns)),
  };
  return {
    $schema: VEGA_LITE_SCHEMA,
    description: [finding, ...notes].join(". "),
    ...(look.size === "column" ? {} : { title }),
    usermeta: {
      jacobench: {
        ...meta,
        size: look.size,
        theme: look.theme,
        finding,
        notes,
        ...(text.states !== undefined && { states: text.states }),
      },
    },
    config: look.config,
  };
}

/** Under what conditions the numbers were measured, as one line. */
export function conditions(results: AnyResults, { say }: Look): string {
  const environment = results.environments[0];
  const { repetitions, rounds, processes } = countRounds(results);
  const parts = [
    results.quick ? say("quickRun") : null,
    results.cases.length === 1 ? say("oneCase") : say("cases", { count: results.cases.length }),
    repetitions > 1 ? say("repetitions", { count: repetitions }) : null,
    processes === 1 ? say("roundsInOne", { rounds }) : say("roundsIn", { rounds, processes }),
    timedPartOf(results) === "products" ? null : say("withPreparation"),
    environment?.cpuModel ?? null,
    environment?.runtimeVersion ? `${environment.runtime} ${environment.runtimeVersion}` : null,
    results.environments.length > 1 ? say("moreMachines", { count: results.environments.length - 1 }) : null,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function countRounds(results: AnyResults): { repetitions: number; rounds: number; processes: number } {
  // Pilots have processes and rounds of their own, as many as the rest.
  const first = results.measurements.find(({ role }) => role === "main") ?? results.measurements[0];
  const own = results.measurements.filter(
    (row) => row.machine === first?.machine && row.repetition === first.repetition && row.role === first.role,
  );
  return {
    repetitions: new Set(results.measurements.map(({ repetition }) => repetition)).size,
    rounds: new Set(own.map(({ round }) => round)).size,
    processes: new Set(own.map(({ process }) => process)).size,
  };
}
