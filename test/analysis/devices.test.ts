/** @file Many devices side by side: machines of one file told apart, summaries of known numbers, what can be missing. */

import { describe, expect, it } from "vitest";
import { drawDevices } from "../../analysis/charts/devices.ts";
import { chartById } from "../../analysis/charts/index.ts";
import {
  type Device,
  deviceGroups,
  devicePair,
  devicesOf,
  QUANTITIES,
  summariseDevices,
  withDistinctNames,
} from "../../analysis/laws/devices.ts";
import { devicesSentences } from "../../analysis/report/devices-words.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const { machines, standard, quick } = CHART_RESULTS;

const device = (name: string, value: number, half: number | null, group = "Chrome"): Device => ({
  name,
  group,
  runtime: `${group} 1`,
  kernel: "typed",
  cases: 8,
  rounds: 15,
  values: Object.fromEntries(
    QUANTITIES.map(({ id }) => [
      id,
      id === "forward-m"
        ? null
        : { estimate: value, interval95: half === null ? null : ([value - half, value + half] as const) },
    ]),
  ),
  notes: [],
});

describe("devices of a file", () => {
  it("are its machines, each by its own measurements alone", () => {
    const found = devicesOf(machines, "class");
    expect(found.map(({ name }) => name)).toEqual([1, 2, 3, 4, 5].map((i) => `class · machine-${i}`));
    expect(found.map(({ group }) => group)).toEqual(["Node", "Chrome", "Chrome", "Firefox", "Safari"]);
    // The slower a call, the lower the exponent of Σ.
    const sigma = found.map(({ values }) => values["forward-sigma"]!.estimate);
    expect(sigma[0]).toBeGreaterThan(0.95);
    expect(sigma[4]).toBeLessThan(0.85);
  });

  it("is one machine under the file's name", () => {
    const [only, ...none] = devicesOf(standard, "mine");
    expect(none).toEqual([]);
    expect(only).toMatchObject({
      name: "mine",
      group: "Node",
      kernel: "typed",
      cases: 27,
      rounds: 15,
      notes: [],
    });
  });

  it("has estimates alone where it is quick, and says why; none without a pair of modes", () => {
    const [one] = devicesOf(quick, "quick");
    expect(one!.values["forward-n"]).toMatchObject({ interval95: null });
    expect(one!.notes).toEqual(["no intervals: a quick run"]);
    expect(devicesOf(syntheticResults({ variants: [variantOf("forward")] }))).toEqual([]);
  });

  it("takes the plain modes of the plain kernel where there are several", () => {
    const variants = [
      ...["reference", "typed"].flatMap((kernel) =>
        ["forward-blocked", "reverse-blocked", "forward", "reverse"].map((strategy) =>
          variantOf(strategy, { kernel, label: `${strategy} · ${kernel}` }),
        ),
      ),
    ];
    const results = syntheticResults({
      widths: gridWidths([3, 12], [4, 20], [8, 32]),
      variants,
      rounds: 1,
      processes: 1,
    });
    expect(devicePair(results)!.forward.label).toBe("forward · typed");
  });
});

describe("together", () => {
  const all = [
    device("a", 0.9, 0.05),
    device("b", 1, 0.05),
    device("c", 1.1, 0.2, "Firefox"),
    device("d", 1.4, null),
  ];

  it("median, middle half, range, and the intervals that cover the predicted number", () => {
    const summaries = new Map(summariseDevices(all).map((one) => [one.quantity.id, one]));
    expect(summaries.get("forward-n")).toMatchObject({
      devices: 4,
      intervals: 3,
      covering: 2,
      range: [0.9, 1.4],
    });
    expect(summaries.get("forward-n")!.median).toBeCloseTo(1.05, 12);
    // The claim for n in reverse is 0: none of these covers it.
    expect(summaries.get("reverse-n")).toMatchObject({ intervals: 3, covering: 0 });
    expect(summaries.get("forward-m")).toMatchObject({
      devices: 0,
      median: null,
      quartiles: null,
      range: null,
    });
    expect(deviceGroups(all)).toEqual([
      { group: "Chrome", count: 3 },
      { group: "Firefox", count: 1 },
    ]);
    expect(devicesSentences(all).join(" ")).toMatch(
      /^4 devices \(3 Chrome and 1 Firefox\)\. The exponent of n forward is 1\.05 in the median of 4 .*; 2 of 3 intervals cover 1\./,
    );
  });

  it("names are kept apart", () => {
    const named = withDistinctNames([
      device("a", 1, null),
      device("a", 1, null),
      device("a (2)", 1, null),
      device("a", 1, null),
    ]);
    expect(new Set(named.map(({ name }) => name)).size).toBe(4);
    expect(named[0]!.name).toBe("a");
  });

  it("the picture has a panel for each quantity that anybody has found, names where there is room", () => {
    const panels = (list: readonly Device[]) =>
      (
        drawDevices(list) as unknown as {
          hconcat: { layer: { encoding: { y: { axis: unknown } } }[]; height: number }[];
        }
      ).hconcat;
    expect(panels(all)).toHaveLength(6);
    expect(panels(all)[0]!.layer[3]!.encoding.y.axis).not.toBeNull();
    const many = Array.from({ length: 100 }, (_, i) => device(`student ${i}`, 1 + i / 1000, 0.1));
    expect(panels(many)[0]!.layer[3]!.encoding.y.axis).toBeNull();
    expect(panels(many)[0]!.height).toBeLessThan(500);
  });

  it("a chart of the catalogue states the medians, and wants several machines", () => {
    const { usermeta } = chartById("devices").draw(machines) as unknown as {
      usermeta: { jacobench: { finding: string } };
    };
    // The median of exponents of 0, 0.2, … 0.8 µs a call beside 1 ns an FMA.
    expect(usermeta.jacobench.finding).toMatch(
      /^5 devices, in the median n\^0\.9\d·Σ\^0\.8\d forward, m\^(0\.9\d|1\.0\d)·Σ\^0\.8\d reverse, crossover at n\/m = (0\.9\d|1\.0\d)$/,
    );
    expect(chartById("devices").wants(machines)).toBeNull();
    expect(chartById("devices").wants(standard)).toMatch(/at least two machines/);
  });
});
