/** @file Everything that a report states: its sentences, and the statements and quantities in them. Pure. */

import { CHARTS } from "../charts/index.ts";
import type { AnyResults } from "../config.ts";
import { type Sentence, statementsOf } from "../laws/sentence.ts";
import type { Statement } from "../laws/statement.ts";
import { verdicts } from "../laws/verdict.ts";
import { verdictSentences } from "../laws/verdict-words.ts";
import { peerFindings } from "../peers/content.ts";
import type { Block } from "./blocks.ts";
import { reportContent } from "./content.ts";
import { findingSentences } from "./verdict-section.ts";

/** The sentences of the verdicts and of the findings beside them, which the report holds in print. */
export function answerSentences(results: AnyResults): Sentence[] {
  if (results.peers != null) return peerFindings(results).map(({ sentence }) => sentence);
  return [
    ...verdicts(results).flatMap((verdict) => {
      const { claim, law, headline, reasons, remedies } = verdictSentences(verdict);
      return [claim, law, headline, ...reasons, ...remedies].filter((sentence) => sentence !== null);
    }),
    ...findingSentences(results).map(({ sentence }) => sentence),
  ];
}

/**
 * Collects what a report states, for those who check it: in verdicts, findings, sections and titles of its charts.
 *
 * @param results - of one experiment
 * @param charts - ids of the charts whose findings are taken too; none by default, since they are drawn for it
 * @returns in the order of the report; the same thing as often as it is said
 */
export function reportStatements(results: AnyResults, charts: readonly string[] = []): Statement[] {
  const inSections = reportContent(results).sections.flatMap(({ blocks }) => blocks.flatMap(blockStatements));
  const inCharts = CHARTS.filter(({ id, wants }) => charts.includes(id) && wants(results) === null).flatMap(
    ({ draw }) => chartStatements(draw(results)),
  );
  return [...answerSentences(results).flatMap(statementsOf), ...inSections, ...inCharts];
}

function blockStatements(block: Block): Statement[] {
  const texts =
    block.kind === "paragraph" || block.kind === "note" || block.kind === "copy"
      ? [block.text]
      : block.kind === "list"
        ? block.items.map(({ text }) => text)
        : block.kind === "table"
          ? block.rows.flat().map(({ text }) => text)
          : [];
  return texts.flatMap((text) =>
    typeof text === "string"
      ? []
      : text.flatMap((span) => (typeof span !== "string" && span.kind === "stating" ? [span.statement] : [])),
  );
}

function chartStatements(spec: object): Statement[] {
  const { usermeta } = spec as {
    readonly usermeta?: { readonly jacobench?: { readonly states?: Statement[] } };
  };
  return usermeta?.jacobench?.states ?? [];
}
