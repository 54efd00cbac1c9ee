/** @file The work of `peers`: which comparison, by which interpreters; its report, and the answer in a few lines. */

import { existsSync } from "node:fs";
import { summarisePeers } from "../../analysis/peers/summary.ts";
import { renderReport } from "../../analysis/report/render-report.ts";
import { JacobenchError } from "../errors.ts";
import { takeLock } from "../experiment/lock.ts";
import { outputFolder, repairFolder, startPartial, writeFiles } from "../experiment/output-folder.ts";
import { publishResults } from "../experiment/run-experiment.ts";
import { createFolder, inside, readTextFile } from "../files.ts";
import { parseJson } from "../json.ts";
import { shippedExperimentsFolder } from "../package-root.ts";
import { pythonsToTry, setupPython } from "../peers/commands.ts";
import {
  type PeersConfig,
  parsePeersConfig,
  peerEntries,
  planConfig,
  quickPeersConfig,
} from "../peers/config.ts";
import { peerById } from "../peers/index.ts";
import { runComparison } from "../peers/run.ts";
import { setUpPeers } from "../peers/setup.ts";
import { formatResults } from "../results/parse.ts";
import { EXIT } from "./action.ts";
import { listenForInterrupts } from "./interrupts.ts";
import { expectCharts } from "./known-charts.ts";
import type { PeersCommandOptions } from "./peers.ts";
import { writeIndex } from "./write-index.ts";

/**
 * Runs a comparison, or installs what one needs.
 *
 * @param file - config; undefined for the shipped one
 * @param options - of the command
 * @returns exit code
 * @throws {JacobenchError} `ERR_CONFIG`, `ERR_UNKNOWN_NAME`, `ERR_MEASURE` if nothing could be measured, `ERR_LOCKED`, `ERR_FILE`
 */
export async function peersCommand(file: string | undefined, options: PeersCommandOptions): Promise<number> {
  if (options.setup !== undefined) return setUp(options);
  const { config, where } = chooseConfig(file, options);
  expectCharts(config.report.charts, where);
  const quick = options.quick ?? false;
  const out = options.out ?? (quick ? "reports/quick" : "reports");
  const pythons = pythonsToTry(options.python, options.cache);
  if (options.python.length === 0 && !existsSync(setupPython(options.cache))) {
    notice(
      `Python peers are looked for in python3 and python: there is no ${setupPython(options.cache)} ` +
        "(jacobench peers --setup makes it)",
    );
  }
  createFolder(out);
  const release = takeLock(out);
  try {
    const folder = outputFolder(out, config.name);
    repairFolder(folder);
    const interrupt = listenForInterrupts("ending the peers");
    const results = await runComparison({
      config,
      quick,
      where,
      pythons,
      own: options.peer,
      planned: options.plan !== undefined,
      onNotice: notice,
      shouldStop: interrupt.happened,
    }).finally(interrupt.stopListening);
    if (results === null) {
      process.stderr.write("jacobench: interrupted; nothing was written\n");
      return EXIT.interrupted;
    }
    startPartial(folder);
    // The samples are on the disk before anything is made of them.
    writeFiles(folder.partial, new Map([["results.json", formatResults(results)]]));
    await publishResults(folder, results, null, renderReport);
    writeIndex(out);
    process.stdout.write(
      `${summarisePeers(results).join("\n")}\nReport: ${inside(folder.final, "index.md")}\n`,
    );
    return EXIT.done;
  } finally {
    release();
  }
}

function notice(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

async function setUp(options: PeersCommandOptions): Promise<number> {
  const python = await setUpPeers({
    cache: options.cache,
    python: options.python[0] ?? "python3",
    torch: options.setup === "torch",
    onNotice: notice,
  });
  process.stdout.write(`Ready: ${python}. Measure with: jacobench peers\n`);
  return EXIT.done;
}

function chooseConfig(
  file: string | undefined,
  options: PeersCommandOptions,
): { readonly config: PeersConfig; readonly where: string } {
  const { plan, activation, only, quick, limit } = options;
  if (plan !== undefined && file !== undefined) {
    throw new JacobenchError("ERR_CONFIG", `--plan: found the config ${file} too; expected one of the two`);
  }
  if (plan === undefined && activation !== undefined) {
    throw new JacobenchError(
      "ERR_CONFIG",
      "--activation: found it without --plan; expected both, or a config",
    );
  }
  const where =
    plan === undefined ? (file ?? inside(shippedExperimentsFolder(), "peers", "peers.json")) : "--plan";
  const whole =
    plan === undefined
      ? parsePeersConfig(parseJson(readTextFile(where, "ERR_CONFIG"), where), where)
      : planConfig(plan, activation);
  const limited = limit === undefined ? whole : { ...whole, limitSeconds: limit };
  const chosen = only === undefined ? limited : { ...limited, peers: keep(limited, only) };
  return { config: quick ? quickPeersConfig(chosen) : chosen, where };
}

/** The entries of some peers; one that the config does not name is run with all its ways. */
function keep(config: PeersConfig, only: readonly string[]): PeersConfig["peers"] {
  const entries = peerEntries(config);
  return only.flatMap((id) => {
    const peer = peerById(id).id as (typeof entries)[number]["peer"];
    const own = entries.filter((entry) => entry.peer === peer);
    return own.length > 0 ? own : [{ peer, threads: [1, "all"] }];
  });
}
