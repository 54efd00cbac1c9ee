/** @file Targets of full Jacobians: our fastest strategy and kernel against jitted JAX in float64. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareJacobian, referenceJacobian } from "../../src/ad/jacobian.ts";
import { entries, type Vector } from "../../src/array.ts";
import { buildChain, randomPoint } from "../../src/chain/build.ts";
import type { Chain } from "../../src/chain/chain.ts";
import { usableKernels } from "../../src/kernels/index.ts";
import { findBlas } from "../../src/kernels/openblas-library.ts";
import { INSTALL_PYTHON, type PythonPeer } from "./python.ts";
import { BATCH_SECONDS, type Contender, inRounds, ratioRow, type TargetRow, work } from "./rounds.ts";

/** Chains of tanh, and how much slower than JAX we may be: not at all up to Σ = 50,000, 1.3 times above. */
export const JAX_CASES = [
  { widths: [4, 8, 8, 8, 4], least: 1 },
  { widths: [16, 32, 32, 32, 16], least: 1 },
  { widths: [64, 128, 128, 128, 8], least: 1 },
  { widths: [256, 256, 256, 256, 32], least: 1 / 1.3 },
  { widths: [512, 512, 512, 512, 512], least: 1 / 1.3 },
] as const;

const STRATEGIES = [
  { strategy: "forward" },
  { strategy: "reverse" },
  { strategy: "forward-blocked", blockSize: "all" },
  { strategy: "reverse-blocked", blockSize: "all" },
  { strategy: "product-right-to-left" },
  { strategy: "product-left-to-right" },
] as const;

/** How far JAX's Jacobian may be from ours, whose entries are about 1. */
const TOLERANCE = 1e-8;

/** JAX uses all cores; so may OpenBLAS here, where that is faster. */
const THREADS = 2;

/**
 * Times f's Jacobian at a point from nothing but weights and x: values, partial derivatives and products, on both sides.
 *
 * @param python - null where there is none
 */
export async function jaxTargets(python: PythonPeer | null): Promise<TargetRow[]> {
  const rows: TargetRow[] = [];
  for (const { widths, least } of JAX_CASES) {
    const target = { kind: "least", value: least } as const;
    const label = `Jacobian ${widths.join("-")} / JAX`;
    if (python === null || python.versions.jax === null) {
      rows.push({ label, target, missing: `needs JAX: ${INSTALL_PYTHON}` });
      continue;
    }
    const chain = buildChain({ widths: [...widths], activation: "tanh", rngSeed: 1 });
    const x = randomPoint(widths[0], 1);
    const folder = mkdtempSync(join(tmpdir(), "jacobench-bench-"));
    try {
      const jax = await jaxContenders(python, { widths, chain, x, folder });
      const ours = await fastest(chain, x);
      const seconds = await inRounds({ ours: ours.contender, ...jax });
      const theirs = seconds.jacfwd!.map((forward, i) => Math.min(forward, seconds.jacrev![i]!));
      rows.push({ ...ratioRow(label, target, theirs, seconds.ours!), note: ours.name });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return rows;
}

/** jacfwd and jacrev, compiled, and held against our Jacobian before they are timed. */
async function jaxContenders(
  python: PythonPeer,
  given: { widths: readonly number[]; chain: Chain; x: Vector; folder: string },
): Promise<Record<"jacfwd" | "jacrev", Contender>> {
  const { widths, chain, x, folder } = given;
  const [weights, jacobian] = [join(folder, "weights"), join(folder, "jacobian")];
  const parts = chain.layers.flatMap(({ ownParameters }) =>
    ownParameters === undefined ? [] : [ownParameters.weights, ownParameters.bias],
  );
  writeFileSync(weights, Float64Array.from([...parts.flatMap(entries), ...entries(x)]));
  writeFileSync(jacobian, Float64Array.from(entries(referenceJacobian(chain, x))));
  const make = async (mode: string): Promise<Contender> => {
    const command = { do: "jax", widths, mode, weights, jacobian, seconds: BATCH_SECONDS };
    const { maxAbsError } = await python.ask(command);
    if (!(maxAbsError! <= TOLERANCE))
      throw new Error(`JAX's ${mode} differs from our Jacobian by ${maxAbsError}; expected ${TOLERANCE}`);
    return async () => (await python.ask(command)).seconds;
  };
  return { jacfwd: await make("jacfwd"), jacrev: await make("jacrev") };
}

/** The strategy and kernel that are fastest on a chain, by one short timing of each. */
async function fastest(chain: Chain, x: Vector): Promise<{ name: string; contender: Contender }> {
  const blas = findBlas();
  const candidates = usableKernels()
    .filter(({ id }) => id !== "reference")
    .flatMap(({ id: kernel }) =>
      STRATEGIES.flatMap((choice) =>
        (kernel === "openblas" ? [1, THREADS] : [1]).map((threads) => ({ ...choice, kernel, threads })),
      ),
    );
  let best = { name: "", contender: (): number | Promise<number> => 0, seconds: Number.POSITIVE_INFINITY };
  for (const { threads, ...choice } of candidates) {
    const prepared = prepareJacobian(chain, x, choice);
    const timed = work(() => {
      prepared.linearise();
      return prepared.run();
    });
    const contender = async (): Promise<number> => {
      if ("setThreads" in blas) blas.setThreads(threads);
      const seconds = await timed();
      if ("setThreads" in blas) blas.setThreads(1);
      return seconds;
    };
    const seconds = await contender();
    if (seconds >= best.seconds) continue;
    const name = `${choice.strategy} on ${choice.kernel}${threads > 1 ? ` with ${threads} threads` : ""}`;
    best = { name, contender, seconds };
  }
  return best;
}
