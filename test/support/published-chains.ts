/**
 * @file The planner against a published data set: `node test/support/published-chains.ts FOLDER` draws the chains of
 * STCE-at-RWTH/Jacobian-Chaining again, plans each, and compares with the optima that its files state.
 *
 * The data set (CC BY 4.0) states costs, one row a chain, and not the chains: they come from its generator
 * (include/jcdp/generator.hpp) and the config beside it (additionals/acda25/configs/config_batch.in), both followed here.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ChainFile, parseChainFile } from "../../src/planner/chain-file.ts";
import { planChain } from "../../src/planner/chain-product.ts";
import { mersenneTwister64, uniformInteger } from "./mersenne-twister-64.ts";

/** The config of the data set: lengths 1 to 8, so many chains of each, sizes and edges from these ranges. */
const CONFIG = { lengths: [1, 2, 3, 4, 5, 6, 7, 8], amount: 10_000, seed: 4711n } as const;
const SIZES = [5, 50] as const;
const EDGES = [1000, 10_000] as const;

/** Factors of a chain in the order of evaluation, as a chain file has them. */
export type PublishedChain = readonly { readonly n: number; readonly m: number; readonly edges: number }[];

/**
 * Draws the chains of the data set. The generator makes the last chain of each length too, but writes no row for it.
 *
 * @param lengths - how many of the lengths 1, 2, …, from the first on; default all
 * @returns for each length its 9,999 chains in the order of the rows
 */
export function publishedChains(lengths: number = CONFIG.lengths.length): PublishedChain[][] {
  const draw = mersenneTwister64(CONFIG.seed);
  // Three densities before the number of edges and two factors after it are drawn as well; all of the latter are 1.
  const skip = (times: number): void => {
    for (let i = 0; i < times; i++) draw();
  };
  return CONFIG.lengths.slice(0, lengths).map((length) =>
    Array.from({ length: CONFIG.amount }, () => {
      const chain: { n: number; m: number; edges: number }[] = [];
      for (let i = 0; i < length; i++) {
        // Drawn for every factor, used for the first.
        const first = uniformInteger(draw, ...SIZES);
        const m = uniformInteger(draw, ...SIZES);
        skip(3);
        chain.push({ n: chain.at(-1)?.m ?? first, m, edges: uniformInteger(draw, ...EDGES) });
        skip(2);
      }
      return chain;
    }).slice(0, -1),
  );
}

/** How many chains have the published optimum. */
export type Comparison = { readonly equal: number; readonly unequal: readonly string[] };

/**
 * Plans chains and compares each optimum with the one that its row states.
 *
 * @param chains - of one length
 * @param csv - that length's file; the column `DP/1` is the proven optimum on one worker, without a bound on the tape
 * @param name - of the file, for messages
 * @returns how many are equal, and a line for each that is not
 * @throws {Error} where the file has not one row a chain, or no such column
 */
export function compareWithPublished(
  chains: readonly PublishedChain[],
  csv: string,
  name: string,
): Comparison {
  const [head, ...rows] = csv.trim().split(/\r?\n/);
  const column = head!.split(",").indexOf("DP/1");
  if (column < 0)
    throw new Error(
      `${name}: found no column DP/1; expected a file of the data set, as results_length_3.csv`,
    );
  if (rows.length !== chains.length)
    throw new Error(`${name}: found ${rows.length} rows; expected ${chains.length}, one a chain`);
  const unequal = chains.flatMap((elementals, row) => {
    const published = Number(rows[row]!.split(",")[column]);
    const planned = planChain(fileOf(elementals, `${name} row ${row}`).elementals).fma;
    return planned === published ? [] : [`${name} row ${row}: planned ${planned}, published ${published}`];
  });
  return { equal: chains.length - unequal.length, unequal };
}

function fileOf(elementals: PublishedChain, where: string): ChainFile {
  return parseChainFile({ elementals }, where);
}

/** Compares all files of the folder, and prints the counts. */
function main(folder: string | undefined): number {
  if (folder === undefined) {
    console.error(
      "usage: node test/support/published-chains.ts FOLDER\n" +
        "FOLDER: additionals/acda25/datasets of a clone of https://github.com/STCE-at-RWTH/Jacobian-Chaining",
    );
    return 2;
  }
  const found = publishedChains().map((chains, index) => {
    const name = `results_length_${CONFIG.lengths[index]}.csv`;
    return compareWithPublished(chains, readFileSync(join(folder, name), "utf8"), name);
  });
  const equal = found.reduce((sum, one) => sum + one.equal, 0);
  const unequal = found.flatMap((one) => one.unequal);
  for (const line of unequal.slice(0, 10)) console.log(line);
  console.log(
    `${(equal + unequal.length).toLocaleString("en")} chains: the planner's optimum is the published one in ` +
      `${equal.toLocaleString("en")}, another in ${unequal.length.toLocaleString("en")}`,
  );
  return unequal.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main(process.argv[2]);
