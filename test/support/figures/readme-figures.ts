/** @file The figures of README: each sentence, and how its numbers are read from a committed file. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { aaCheck } from "../../../analysis/laws/aa.ts";
import { bottleneckSweep, isMode } from "../../../analysis/laws/bottleneck.ts";
import { planGains } from "../../../analysis/peers/plan-section.ts";
import { configSchema } from "../../../src/experiment/config.ts";
import { sigmaOf } from "../../../src/explorer/measure/plan.ts";
import { MIN_CLOCK_STEPS } from "../../../src/measure/diagnose.ts";
import { TOLERANCES } from "../../../src/peers/agree.ts";
import { MINIMUM_PROCESSES } from "../../../src/statistics/interval.ts";
import { REPOSITORY } from "../run-command.ts";
import { capital, exponential, type Figure, grouped, inWords, significant, withInterval } from "./figure.ts";
import {
  allCommittedResults,
  committedResults,
  committedText,
  dayInWords,
  foundIn,
  madeOn,
} from "./sources.ts";

const lessonCount = (): number =>
  readdirSync(join(REPOSITORY, "notebooks/source")).filter((name) => /^\d+-.*\.md$/.test(name)).length;

const PACKAGE = "package.json";
const PEERS = "reports/peers/index.md";

/** Fixed cost of a call, forward and reverse, as a report on frameworks prints it, in units of `unit`. */
function callCosts(framework: string, unit: "µs" | "ms"): [number, number] {
  const pattern = new RegExp(
    String.raw`^- \*\*${framework} · 1 thread\*\*: .*fixed cost a call (\S+) (\S+) forward, (\S+) (\S+) reverse`,
    "m",
  );
  const [forward, forwardUnit, reverse, reverseUnit] = foundIn(PEERS, pattern);
  const scale = { µs: 1, ms: 1000 } as const;
  const inUnit = (value: string, of: string): number => {
    if (of !== "µs" && of !== "ms") throw new Error(`${PEERS}: found the unit ${of}; expected µs or ms`);
    return (Number(value) * scale[of]) / scale[unit];
  };
  return [inUnit(forward!, forwardUnit!), inUnit(reverse!, reverseUnit!)];
}

/** Chains of the comparison with frameworks, from the config in its report. */
function peersChains(): readonly (readonly number[])[] {
  const [config] = foundIn(PEERS, /^## Config$.*?^```json\n(.*?)^```/ms);
  return JSON.parse(config!).chain.list;
}

/**
 * Gain of the printed plan in a framework, at one thread and at all cores.
 *
 * @param framework - as the page names it
 * @param name - as the results name it
 */
function gainRow(framework: string, name: string): Figure {
  return {
    page: "README.md",
    sentence: `| ${framework} | # | # |`,
    source: "reports/peers-plan/results.json",
    values: () => {
      const gains = planGains(committedResults("peers-plan"));
      return ["1 thread", "all cores"].map((threads) =>
        withInterval(gains.find((one) => one.name === `${name} · ${threads}`)!.gain),
      );
    },
  };
}

/** The better mode over the plan, at the narrowest width, and where both take as many FMA. */
function bottleneckGains() {
  const modes = bottleneckSweep(committedResults("bottleneck"))!.points.filter(isMode);
  const better = (points: typeof modes) => points.reduce((a, b) => (b.measured < a.measured ? b : a));
  return {
    narrowest: better(modes.filter(({ width }) => width === modes[0]!.width)),
    equal: better(modes.filter(({ predicted }) => predicted === 1)),
  };
}

/** From the first measurement of the default sweep to its last, in seconds. */
function defaultSweepSeconds(): number {
  const environments = allCommittedResults()
    .filter(({ config }) => config.defaultSweep === true)
    .flatMap((results) => results.environments);
  if (new Set(environments.map(({ gitCommit }) => gitCommit)).size !== 1)
    throw new Error(
      "reports: found default experiments of several commits; expected one sweep of all of them",
    );
  const times = environments.flatMap(({ startedAt, finishedAt }) => {
    if (finishedAt === null) throw new Error("reports: found a default experiment that was not finished");
    return [Date.parse(startedAt), Date.parse(finishedAt)];
  });
  return (Math.max(...times) - Math.min(...times)) / 1000;
}

/** In the order of the page. */
export const README_FIGURES: readonly Figure[] = [
  {
    page: "README.md",
    sentence: "a clone brings its own Node #;",
    source: PACKAGE,
    values: () => foundIn(PACKAGE, /"node": "(\d+)\./),
  },
  {
    page: "README.md",
    sentence: "- Teachers: @ [lessons](reports/lessons)",
    source: "notebooks/source",
    values: () => [inWords(lessonCount())],
  },
  {
    page: "README.md",
    sentence:
      "with the widths #-#-h-#-#: at h = # the mixed plan is # times as fast as the better mode, where it needs # times fewer FMA",
    source: "reports/bottleneck/results.json",
    values: () => {
      const { record, width, measured, interval95, predicted } = bottleneckGains().narrowest;
      return [
        ...record.widths.filter((one) => one !== width).map(String),
        String(width),
        withInterval({ estimate: measured, interval95 }),
        significant(predicted),
      ];
    },
  },
  {
    page: "README.md",
    sentence: "at h = #, with equal FMA, it is already # times as fast",
    source: "reports/bottleneck/results.json",
    values: () => {
      const { width, measured, interval95 } = bottleneckGains().equal;
      return [String(width), withInterval({ estimate: measured, interval95 })];
    },
  },
  {
    page: "README.md",
    sentence: "rounds in random order over @ fresh Web Workers",
    source: "src/statistics/interval.ts",
    values: () => [inWords(MINIMUM_PROCESSES)],
  },
  {
    page: "README.md",
    sentence: "samples of at least # steps of the browser's (coarse) clock",
    source: "src/measure/diagnose.ts",
    values: () => [String(MIN_CLOCK_STEPS)],
  },
  {
    page: "README.md",
    sentence: "its Jacobian is ours (to #; # in float32;",
    source: "src/peers/agree.ts",
    values: () => [exponential(TOLERANCES.float64!), exponential(TOLERANCES.float32!)],
  },
  {
    page: "README.md",
    sentence: "jax-js/jax # gives the transpose",
    source: PEERS,
    values: () => foundIn(PEERS, /^\| jax-js \|.* &#64;jax-js\/jax ([\d.]+),/m),
  },
  {
    page: "README.md",
    sentence: "On the machine below (# chains, Σ from # to #,",
    source: PEERS,
    values: () => {
      const sigmas = peersChains().map(sigmaOf);
      return [String(sigmas.length), grouped(Math.min(...sigmas)), grouped(Math.max(...sigmas))];
    },
  },
  {
    page: "README.md",
    sentence:
      "where seeds go one by one, time grows with their number to the power # to #; where they are one vectorised call, to the power # to #.",
    source: PEERS,
    values: () =>
      foundIn(
        PEERS,
        /is ([\d.]+) to ([\d.]+) \([\d.]+ in the median\) where they go one by one, ([\d.]+) to ([\d.]+) \(/,
      ),
  },
  {
    page: "README.md",
    sentence:
      "With one thread a call costs at least # µs in jitted JAX, # ms (forward) and # ms (reverse) in eager JAX, # to # ms in `torch.func`",
    source: PEERS,
    values: () => {
      const torch = callCosts("PyTorch func", "ms");
      return [
        Math.min(...callCosts("JAX jit", "µs")),
        ...callCosts("JAX eager", "ms"),
        Math.min(...torch),
        Math.max(...torch),
      ].map((value) => significant(value, 2));
    },
  },
  {
    page: "README.md",
    sentence: "the printed plan needs # times fewer FMA than either mode",
    source: "reports/peers-plan/results.json",
    values: () => {
      const { fma, forwardFma, reverseFma } = committedResults("peers-plan").peers!.plan!;
      if (forwardFma !== reverseFma)
        throw new Error("peers-plan: found modes of different FMA; name the mode");
      return [significant(forwardFma / fma)];
    },
  },
  gainRow("jitted JAX", "JAX jit"),
  gainRow("PyTorch, `torch.func`", "PyTorch func"),
  gainRow("eager JAX", "JAX eager"),
  {
    page: "README.md",
    sentence: "The lessons @ executed notebooks",
    source: "notebooks/source",
    values: () => [capital(inWords(lessonCount()))],
  },
  {
    page: "README.md",
    sentence: "installed from the tarball (Node ≥ #)",
    source: PACKAGE,
    values: () => foundIn(PACKAGE, /"node": ">=([\d.]+)"/),
  },
  {
    page: "README.md",
    sentence: "**Jacobians** agree with each other to #,",
    source: "test/properties/strategies.test.ts",
    values: () => foundIn("test/properties/strategies.test.ts", /toBeLessThanOrEqual\((\S+) \* scale\)/),
  },
  {
    page: "README.md",
    sentence: "rounds are spread over @ fresh processes",
    source: "src/experiment/config.ts",
    values: () => [inWords(configSchema.shape.processes.parse(undefined))],
  },
  {
    page: "README.md",
    sentence:
      "one strategy under two labels, # repetitions in fresh processes: # of # intervals (95 %) of the paired ratio cover 1, " +
      "their median width is #, and the mean |ratio − 1| is #",
    source: "reports/aa/results.json",
    values: () => {
      const {
        repetitions,
        covering,
        withInterval: all,
        medianWidth,
        meanAbsDeviation,
      } = aaCheck(committedResults("aa"))!;
      return [
        ...[repetitions.length, covering, all].map(String),
        significant(medianWidth!),
        significant(meanAbsDeviation, 2),
      ];
    },
  },
  {
    page: "README.md",
    sentence:
      "the planner's optimum is the published one for all # chains of [STCE-at-RWTH/Jacobian-Chaining](https://github.com/STCE-at-RWTH/Jacobian-Chaining) " +
      "(CC BY #): `node test/support/published-chains.ts FOLDER` draws them again, plans them and compares; we ran it on @. Of these chains # are in the tests.",
    source: "test/planner/published-chains.json",
    values: () => {
      const { allChains, chains, licence } = JSON.parse(committedText("test/planner/published-chains.json"));
      if (allChains.equal !== allChains.chains)
        throw new Error("published-chains.json: found unequal chains");
      return [
        grouped(allChains.chains),
        licence.match(/^CC BY ([\d.]+),/)[1],
        dayInWords(allChains.date),
        String(chains.length),
      ];
    },
  },
  {
    page: "README.md",
    sentence:
      "Figures above: @, @ cores (shared), Node @, @; the measurements of the default sweep took # min # s there.",
    source: "reports/*/results.json",
    values: () => {
      const { processor, cores, node, day } = madeOn(allCommittedResults());
      const seconds = Math.round(defaultSweepSeconds());
      return [processor, cores, node, day, String(Math.floor(seconds / 60)), String(seconds % 60)];
    },
  },
];
