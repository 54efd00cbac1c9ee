/** @file Chart: the rounds in the order of time: did the machine drift while it was measured? */

import type { TopLevelSpec } from "vega-lite";
import { CONFIDENCE } from "../../src/statistics/interval.ts";
import { mean } from "../../src/statistics/mean.ts";
import { median } from "../../src/statistics/quantile.ts";
import { studentTQuantile } from "../../src/statistics/student-t.ts";
import type { AnyResults } from "../config.ts";
import { groupBy } from "../grouping.ts";
import { digits, percent } from "../laws/sentence.ts";
import { compare } from "../laws/statement.ts";
import { type MeasurementRow, usableRows } from "../table.ts";
import { referenceMark, xTitle, yTitle } from "./axes.ts";
import { type FrameText, frame } from "./frame.ts";
import { type ChartOptions, type Look, lookOf, plotSize } from "./look.ts";
import { significant } from "./numbers.ts";
import {
  lineChannels,
  type Palette,
  paletteOf,
  pickOpacity,
  pickParams,
  pointChannels,
  seriesFields,
} from "./palette.ts";
import { pointMark } from "./points.ts";

/** A change is called drift where its interval says so, from this share on. */
const LEAST_DRIFT = 0.01;

/** Processes, or rounds, that a line through them needs. */
const LEAST_UNITS = 4;

/** One round of one variant. */
type RoundPlace = {
  readonly label: string;
  /** Rounds of all processes and repetitions in order, from 1. */
  readonly place: number;
  readonly process: string;
  /** Geometric mean over cases of time / the case's median time. */
  readonly relative: number;
};

/** Rounds in the order in which they were measured, first machine only. */
export function roundPlaces(results: AnyResults): RoundPlace[] {
  const machine = usableRows(results)[0]?.machine;
  const rows = usableRows(results).filter((row) => row.machine === machine);
  const keyOf = (row: MeasurementRow): string => `${row.repetition}/${row.round}`;
  const order = [...groupBy(rows, keyOf).values()]
    .map((group) => group[0]!)
    .sort((a, b) => a.repetition - b.repetition || a.round - b.round);
  const place = new Map(order.map((row, i) => [keyOf(row), i + 1]));
  const medians = new Map(
    [...groupBy(rows, (row) => `${row.case}\u0000${row.variant}`)].map(([key, group]) => [
      key,
      median(group.map((row) => row.seconds)),
    ]),
  );
  return [...groupBy(rows, (row) => `${keyOf(row)}\u0000${row.variant}`).values()]
    .map((group) => ({
      label: group[0]!.variant,
      place: place.get(keyOf(group[0]!))!,
      process: group[0]!.processKey,
      relative: Math.exp(
        mean(group.map((row) => Math.log(row.seconds / medians.get(`${row.case}\u0000${row.variant}`)!))),
      ),
    }))
    .sort((a, b) => a.place - b.place);
}

/**
 * Draws each round's time relative to the median of its cases, in the order of measuring; rules where a new process
 * began.
 *
 * @param results - of at least three rounds
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 */
export function drift(results: AnyResults, options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say } = look;
  const palette = paletteOf(results.variants, look);
  const places = roundPlaces(results);
  const values = places.map((one) => ({
    ...fieldsOf(one, palette),
    x: one.place,
    y: significant(one.relative),
  }));
  const present = new Set(values.map(({ variant }) => variant));
  const last = Math.max(...values.map(({ x }) => x));
  const starts = places
    .filter((one, i) => i > 0 && one.process !== places[i - 1]!.process)
    .map((one) => ({ x: one.place - 0.5 }));
  const reach = Math.max(0.02, ...values.map(({ y }) => Math.abs(y - 1))) * 1.15;
  const x = {
    field: "x",
    type: "quantitative" as const,
    title: xTitle(look, say("roundAxis")),
    scale: { domain: [0.5, last + 0.5], nice: false, zero: false },
    axis: { tickMinStep: 1, format: "d", grid: false },
  };
  const y = {
    field: "y",
    type: "quantitative" as const,
    title: yTitle(look, say("roundTimeAxis")),
    scale: { domain: [significant(1 - reach), significant(1 + reach)], nice: false, zero: false },
    axis: { format: ".3~f", tickCount: 6 },
  };
  const many = last > 60;
  return {
    ...frame(results, look, {
      ...finding(places, look),
      notes: [many ? say("driftNoteMany") : say("driftNote")],
    }),
    ...plotSize(look, { width: 600, height: 300 }, present.size),
    layer: [
      {
        ...pickParams(look),
        data: { values },
        mark: pointMark(look, many ? 14 : 45),
        encoding: {
          x,
          y,
          ...pointChannels(look, palette, present),
          ...pickOpacity(look, 0.9),
          tooltip: [
            { field: "variant", type: "nominal", title: say("strategyKernel") },
            { field: "x", type: "quantitative", title: say("round") },
            { field: "y", type: "quantitative", format: ".3f", title: say("relative") },
          ],
        },
      },
      {
        data: { values },
        mark: { type: "line", strokeWidth: (many ? 0.6 : 1.2) * look.measure.mark },
        encoding: { x, y, ...lineChannels(look, palette, present), ...pickOpacity(look, 0.8) },
      },
      ...(many || starts.length === 0
        ? []
        : [{ data: { values: uniqueStarts(starts) }, mark: referenceMark(look, "rule"), encoding: { x } }]),
    ],
  };
}

function fieldsOf({ label }: RoundPlace, palette: Palette) {
  return seriesFields(palette.of(label));
}

function uniqueStarts(starts: readonly { readonly x: number }[]) {
  return [...new Set(starts.map(({ x }) => x))].map((x) => ({ x }));
}

/**
 * The change from the first to the last third of the rounds, by a straight line through the processes, since rounds of one
 * share its luck; through the rounds where there are too few processes. Its interval is Student's t.
 */
function changeOf(places: readonly RoundPlace[]): { readonly change: number; readonly half: number | null } {
  const unitsBy = (keyOf: (one: RoundPlace) => string): { x: number; y: number }[] =>
    [...groupBy(places, keyOf).values()].map((group) => ({
      x: mean(group.map(({ place }) => place)),
      y: mean(group.map(({ relative }) => Math.log(relative))),
    }));
  const processes = unitsBy(({ process }) => process);
  const units = processes.length < LEAST_UNITS ? unitsBy(({ place }) => String(place)) : processes;
  const reach = (2 / 3) * Math.max(...places.map(({ place }) => place));
  const [x, y] = [mean(units.map((unit) => unit.x)), mean(units.map((unit) => unit.y))];
  const spread = units.reduce((sum, unit) => sum + (unit.x - x) ** 2, 0);
  if (units.length < LEAST_UNITS || spread === 0) return { change: 0, half: null };
  const slope = units.reduce((sum, unit) => sum + (unit.x - x) * (unit.y - y), 0) / spread;
  const degrees = units.length - 2;
  const rest = units.reduce((sum, unit) => sum + (unit.y - y - slope * (unit.x - x)) ** 2, 0) / degrees;
  const quantile = studentTQuantile((1 + CONFIDENCE) / 2, degrees);
  return { change: slope * reach, half: quantile * Math.sqrt(rest / spread) * reach };
}

/** Whether the machine became slower or faster, with its whole interval. */
function finding(places: readonly RoundPlace[], { tell }: Look): Pick<FrameText, "finding" | "states"> {
  const { change, half } = changeOf(places);
  const statement = compare({
    subject: "all rounds",
    quantity: "last third / first third",
    value: {
      estimate: Math.exp(change),
      interval95: half === null ? null : [Math.exp(change - half), Math.exp(change + half)],
    },
    reference: 1,
  });
  const states = [statement];
  const values = { percent: percent(Math.abs(Math.expm1(change))) };
  if (Math.abs(change) > LEAST_DRIFT) {
    if (statement.relation === "above") return { finding: tell("driftSlower", values), states };
    if (statement.relation === "below") return { finding: tell("driftFaster", values), states };
  }
  const rounds = [...groupBy(places, ({ place }) => String(place)).values()].map((group) =>
    mean(group.map(({ relative }) => Math.log(relative))),
  );
  const spread = Math.max(...rounds.map((log) => Math.abs(Math.expm1(log))));
  return { finding: tell("driftNone", { percent: digits(100 * spread, 1) }), states };
}
