/** @file What a comparison with frameworks found, in lines of at most 80 columns. Pure. */

import type { AnyResults } from "../config.ts";
import { sentenceText } from "../laws/sentence.ts";
import { COLUMNS, plainText, wrapText } from "../text.ts";
import { groupParts, overallSentence } from "./content.ts";
import { peerGroups } from "./groups.ts";
import { planFindings } from "./plan-section.ts";

/**
 * Says what was found: one entry for each framework, way and number of threads, then what was refused, failed or missing.
 *
 * @param results - of a comparison
 * @returns lines without line ends
 */
export function summarisePeers(results: AnyResults): string[] {
  const peers = results.peers?.peers ?? [];
  const findings =
    results.peers?.plan != null
      ? planFindings(results).map(({ name, sentence }) => ({ name, parts: [sentence] }))
      : peerGroups(results).map((group) => ({ name: group.name, parts: groupParts(results, group) }));
  const overall = results.peers?.plan != null ? null : overallSentence(results);
  const struck = peers.flatMap(({ title, ways }) =>
    ways
      .filter(({ status }) => status === "refused" || status === "failed")
      .map((way) => `${title}, ${way.title}: ${way.status}; ${way.message}`),
  );
  const missing = peers
    .filter(({ status }) => status !== "measured")
    .map(({ title, status, message, install }) =>
      install === null
        ? `${title}: ${status}; ${message}`
        : `${title}: ${status}; install it with: ${install}`,
    );
  return [
    ...indented(`${plainText(results.experiment)}: ${plainText(results.title)}`, "", "  "),
    ...(results.quick ? ["(quick run: estimates without intervals)"] : []),
    ...(overall === null ? [] : indented(sentenceText(overall), "  ", "    ")),
    ...findings.flatMap(({ name, parts }) => [
      `  ${plainText(name)}`,
      ...parts.flatMap((part) => indented(sentenceText(part), "    ", "      ")),
    ]),
    ...[...struck, ...missing].flatMap((text) => indented(plainText(text), "  ", "    ")),
  ];
}

function indented(text: string, first: string, rest: string): string[] {
  return wrapText(text, COLUMNS - Math.max(first.length, rest.length)).map(
    (line, i) => (i === 0 ? first : rest) + line,
  );
}
