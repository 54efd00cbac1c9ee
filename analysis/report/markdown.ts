/** @file index.md: the report for GitHub and other readers of Markdown, the answer first. Pure. */

import type { AnyResults } from "../config.ts";
import { aaCheck } from "../laws/aa.ts";
import { claimText, exponentParts } from "../laws/claim.ts";
import { crossover, crossoverText } from "../laws/crossover.ts";
import { variantPairs } from "../laws/pairs.ts";
import { fitPowerLaws } from "../laws/power-law.ts";
import { formatFixed, plainText, variantName } from "../text.ts";
import { escapeMarkdown, fenced } from "./escape.ts";
import {
  aaSection,
  costSection,
  crossoverSection,
  environmentSection,
  exponentSection,
  sigmaSection,
  warningSection,
} from "./sections.ts";

/** A chart of the report as the page shows it. */
export type ReportChart = {
  readonly id: string;
  /** The finding, as drawn. */
  readonly title: string;
  /** Conditions, and how to read it. */
  readonly caption: string;
};

/** A chart that was asked for and cannot be drawn. */
export type MissingChart = { readonly id: string; readonly title: string; readonly wants: string };

/**
 * Writes the page.
 *
 * @param results - of one experiment
 * @param charts - those that were drawn, in order; their files are charts/<id>.svg and charts/<id>.vl.json
 * @param missing - those that could not be drawn
 * @returns Markdown in which every text from a config or a machine is escaped
 */
export function reportMarkdown(
  results: AnyResults,
  charts: readonly ReportChart[],
  missing: readonly MissingChart[],
): string {
  const { notes } = results.config;
  const aa = aaSection(results);
  const sections: (readonly [string | null, readonly string[]])[] = [
    [null, [...quickNote(results), ...(notes ? [escapeMarkdown(notes)] : [])]],
    ["The answer", answer(results)],
    ["Charts", [...charts.map(figure), ...missing.map(absence)]],
    ["Exponents", exponentSection(results)],
    ["What Σ costs", sigmaSection(results)],
    ["Crossover", crossoverSection(results)],
    ["A/A: one strategy under two labels", aa],
    ["Cost, predicted and counted", costSection(results)],
    ["Warnings", warningSection(results)],
    ["Environment", environmentSection(results)],
    ["Config", [`Config hash \`${escapeCode(results.configHash)}\`.`, config(results)]],
    ["How to reproduce", reproduce(results)],
  ];
  const body = sections
    .filter(([, paragraphs]) => paragraphs.length > 0)
    .map(([title, paragraphs]) =>
      [...(title === null ? [] : [`## ${title}`]), joinParagraphs(paragraphs)].join("\n\n"),
    );
  return `${[`# ${escapeMarkdown(results.title)}`, ...body].join("\n\n")}\n`;
}

/** List items stand together, everything else apart. */
function joinParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.reduce((text, paragraph, index) => {
    if (index === 0) return paragraph;
    const together = paragraph.startsWith("- ") && paragraphs[index - 1]!.startsWith("- ");
    return `${text}${together ? "\n" : "\n\n"}${paragraph}`;
  }, "");
}

function quickNote(results: AnyResults): string[] {
  return results.quick
    ? [
        "> **Quick run.** Few rounds: the numbers are estimates without intervals, good for a first look and no more.",
      ]
    : [];
}

/** What was found, in words with numbers. */
function answer(results: AnyResults): string[] {
  const laws = fitPowerLaws(results);
  const lines = laws.map((law) => {
    const name = escapeMarkdown(variantName(law.variant));
    if (law.refusal !== null) return `- **${name}**: no exponents; ${escapeMarkdown(law.refusal)}.`;
    const claim = law.variant.mode === null ? "" : ` — ${escapeMarkdown(claimText(law))}`;
    return `- **${name}**: t ∝ ${exponentParts(law).join(" · ")}${claim}.`;
  });
  const crossings = variantPairs(results).map((pair) => {
    const { products, withPreparation } = crossover(results, pair);
    const prepared = `with preparation: ${escapeMarkdown(crossoverText(withPreparation))}`;
    if (products.kind === "none") {
      return `- **${escapeMarkdown(pair.name)}**: no crossover, ${escapeMarkdown(products.reason)} (${prepared}).`;
    }
    const side = products.reverseAbove ? "above" : "below";
    return (
      `- **${escapeMarkdown(pair.name)}**: reverse is faster ${side} ${crossoverText(products)}, ` +
      `where n/m = 1 is predicted (${prepared}).`
    );
  });
  const check = aaCheck(results);
  const same =
    check === null || check.repetitions.length < 2
      ? []
      : [
          `- **A/A**: ${check.withInterval === 0 ? "" : `${check.covering} of ${check.withInterval} intervals cover 1; `}` +
            `mean |ratio − 1| = ${formatFixed(check.meanAbsDeviation, 4)}.`,
        ];
  return [
    "Does the full Jacobian cost n·Σ by n JVPs (forward) and m·Σ by m VJPs (reverse), and where do they cross? " +
      `Measured here, in brackets 95 % intervals${results.quick ? " (none in a quick run)" : ""}:`,
    ...lines,
    ...crossings,
    ...same,
  ];
}

function figure({ id, title, caption }: ReportChart): string {
  return [
    `![${escapeMarkdown(`${title}. ${caption}`)}](charts/${id}.svg)`,
    "",
    `*${escapeMarkdown(title)}.* ${escapeMarkdown(caption)}. ([Vega-Lite spec](charts/${id}.vl.json))`,
  ].join("\n");
}

function absence({ title, wants }: MissingChart): string {
  return `*${escapeMarkdown(title)}* is not drawn: it needs ${escapeMarkdown(wants)}.`;
}

/** The config as it was read, in a fence that it cannot close. */
function config(results: AnyResults): string {
  return fenced(
    JSON.stringify(results.config, null, 2)
      .split("\n")
      .map((line) =>
        line.replace(/^( *)(.*)$/, (_, indent: string, rest: string) => indent + plainText(rest)),
      )
      .join("\n"),
    "json",
  );
}

function reproduce(results: AnyResults): string[] {
  const name = /^[a-z0-9-]+$/.test(results.experiment) ? results.experiment : "NAME";
  const commit = results.environments[0]?.gitCommit;
  const checkout = commit && /^[0-9a-f]{7,40}$/.test(commit) ? [`git checkout ${commit}`] : [];
  return [
    "In a clone of jacobench, with Node and npm; the samples behind every number are in [results.json](results.json), " +
      "the tidy table in [results.csv](results.csv).",
    fenced(
      [...checkout, "npm ci", `npm run sweep -- --only ${name}${results.quick ? " --quick" : ""}`].join("\n"),
      "sh",
    ),
    "Times differ between machines; counts do not.",
  ];
}

function escapeCode(text: string): string {
  return plainText(text).replaceAll("`", "'");
}
