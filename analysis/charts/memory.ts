/** @file Chart: peak bytes of each strategy against the sum of widths, which is what a tape holds. */

import type { TopLevelSpec } from "vega-lite";
import type { CaseRecord, CostRecord, VariantRecord } from "../../src/results/types.ts";
import { geometricMean } from "../../src/statistics/mean.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { bytes, number, type Sentence } from "../laws/sentence.ts";
import { formatBytes } from "../text.ts";
import { logChannel, referenceMark, xTitle, yTitle } from "./axes.ts";
import { frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import { paletteOf, pickOpacity, pickParams, pointChannels, seriesFields } from "./palette.ts";
import { logDomain, pointMark, shortWidths } from "./points.ts";

/** One variant's peak bytes on one case. */
export type MemoryRow = {
  readonly record: CaseRecord;
  readonly variant: VariantRecord;
  readonly bytes: number;
  /** W, the sum of widths d_0 + … + d_K. */
  readonly widthSum: number;
};

/** The counted bytes of every case under every variant, input derivatives only. */
export function memoryRows(results: AnyResults): MemoryRow[] {
  const costs = groupBy<CostRecord>(results.costs, (cost) => cost.case);
  const variants = new Map(results.variants.map((variant) => [variant.label, variant]));
  return results.cases.flatMap((record) =>
    (costs.get(record.id) ?? []).flatMap((cost) => {
      const variant = variants.get(cost.variant)!;
      return variant.withRespectTo === "parameters" || cost.bytesCounted <= 0
        ? []
        : [
            {
              record,
              variant,
              bytes: cost.bytesCounted,
              widthSum: record.widths.reduce((sum, d) => sum + d, 0),
            },
          ];
    }),
  );
}

/**
 * Draws the peak bytes that a strategy allocates, the Jacobian itself included, against the sum of widths.
 *
 * @param results - with cost records
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function memory(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const rows = memoryRows(results);
  const values = rows.map(({ record, variant, bytes, widthSum }) => ({
    ...seriesFields(palette.of(variant.label)),
    case: shortWidths(record),
    x: widthSum,
    y: bytes,
    bytesText: formatBytes(bytes),
  }));
  const present = new Set(values.map(({ variant }) => variant));
  const sums = values.map(({ x }) => x);
  const tape = [Math.min(...sums), Math.max(...sums)].map((x) => ({ x, y: 8 * x }));
  const x = logChannel("x", xTitle(look, say("widthSumAxis")), logDomain(sums), "count");
  const y = logChannel(
    "y",
    yTitle(look, say("bytesAxis")),
    logDomain([...values, ...tape].map((one) => one.y)),
    "bytes",
  );
  return {
    ...frame(results, look, { finding: finding(rows, look), notes: [memoryNote(results, look)] }),
    ...plotSize(look, { width: 520, height: 360 }, present.size),
    layer: [
      {
        ...pickParams(look),
        data: { values },
        mark: { type: "point", filled: true },
        encoding: {
          x,
          y,
          ...pointChannels(look, palette, present),
          ...pickOpacity(look, 1),
          // Equal bytes lie on each other: later variants are smaller, so that each can be seen.
          size: {
            condition: palette.series.slice(1).map(({ series }) => ({
              test: `datum.series === ${series}`,
              value: pointMark(look, Math.max(8, 130 * 0.45 ** series)).size,
            })),
            value: pointMark(look, 130).size,
          },
          tooltip: [
            { field: "variant", type: "nominal", title: say("strategyKernel") },
            { field: "case", type: "nominal", title: say("widths") },
            { field: "bytesText", type: "nominal", title: say("bytesWord") },
          ],
        },
      },
      {
        data: { values: tape.map((end) => ({ ...end, y: significant(end.y) })) },
        mark: referenceMark(look, "line"),
        encoding: { x, y },
      },
    ],
  };
}

/** What the forward variants keep, since that decides whether they need less. */
function memoryNote(results: AnyResults, { say }: Look): string {
  const forms = new Set(
    results.variants.filter(({ mode }) => mode === "forward").map(({ linearisation }) => linearisation),
  );
  const kept =
    forms.size === 2 ? say("keepsEither") : forms.has("recomputed") ? say("keepsNothing") : say("keepsTape");
  return `${say("memoryNote")}; ${kept}`;
}

/** What reverse needs against forward, mean over the cases that both have; else the range. */
function finding(rows: readonly MemoryRow[], { tell }: Look): Sentence {
  const meanOf = (mode: VariantRecord["mode"]): Map<string, number> =>
    new Map(
      [
        ...groupBy(
          rows.filter((row) => row.variant.mode === mode),
          (row) => row.record.id,
        ),
      ].map(([id, group]) => [id, geometricMean(group.map((row) => row.bytes))]),
    );
  const [forward, reverse] = [meanOf("forward"), meanOf("reverse")];
  const ratios = [...reverse].filter(([id]) => forward.has(id)).map(([id, own]) => own / forward.get(id)!);
  if (ratios.length === 0) {
    const all = rows.map((row) => row.bytes);
    return tell("memoryRange", { low: bytes(Math.min(...all)), high: bytes(Math.max(...all)) });
  }
  const typical = geometricMean(ratios);
  // Counted bytes are exact.
  if (ratios.every((ratio) => ratio === 1)) return tell("memoryEqual");
  return typical > 1
    ? tell("memoryMore", { factor: number(typical) })
    : tell("memoryLess", { factor: number(typical) });
}
