/** @file The answer of `cost` as tables within 80 columns, one for each Jacobian and convention. */

import { COLUMNS, wrapText } from "../../analysis/text.ts";
import { describeShape } from "../chain/describe.ts";
import type { ChainShape } from "../chain/shape.ts";
import type { RowConvention } from "../strategies/convention.ts";
import { CONVENTION_TITLES, chainLine, countText } from "./chain-line.ts";
import type { CostRow } from "./cost.ts";
import { formatBytes, formatEvaluations, formatInteger, formatRatio, formatTable } from "./table.ts";

const HEADINGS = ["FMA", "evals", "their FMA", "ratio", "memory"];

/**
 * Lays out the rows.
 *
 * @param shape - of the chain
 * @param rows - of `costRows`
 * @returns text without a last newline
 */
export function costTables(shape: ChainShape, rows: readonly CostRow[]): string {
  const { n, m, parameters } = describeShape(shape);
  const sections = (["input", "parameters"] as const).flatMap((withRespectTo) => {
    const group = rows.filter((row) => row.withRespectTo === withRespectTo);
    const size = (withRespectTo === "input" ? [m, n] : [m, parameters]).map(formatInteger).join(" × ");
    const tables = (Object.keys(CONVENTION_TITLES) as RowConvention[]).flatMap((convention) =>
      tableOf(
        group.filter((row) => row.convention === convention),
        CONVENTION_TITLES[convention],
      ),
    );
    return tables.length === 0 ? [] : [`Jacobian with respect to the ${withRespectTo}, ${size}\n`, ...tables];
  });
  return [`${chainLine(shape)}\n`, ...sections].join("\n").trimEnd();
}

function tableOf(rows: readonly CostRow[], title: string): string[] {
  if (rows.length === 0) return [];
  const cells = rows.flatMap((row) =>
    "unsupported" in row
      ? []
      : [
          [
            row.strategy,
            countText(row.fma),
            formatEvaluations(row.primalEvaluations),
            countText(row.primalFma),
            row.ratioToCheapest === null ? "–" : formatRatio(row.ratioToCheapest),
            formatBytes(row.bytes),
          ],
        ],
  );
  const columns = [
    { heading: "strategy", align: "left" as const },
    ...HEADINGS.map((heading) => ({ heading, align: "right" as const })),
  ];
  const reasons = rows.flatMap((row) =>
    "unsupported" in row ? wrapText(`${row.strategy}: not here: ${row.unsupported}`, COLUMNS) : [],
  );
  return [title, ...(cells.length === 0 ? [] : [formatTable(columns, cells)]), ...reasons, ""];
}
