/** @file Whether a device computes right and how fast, found in a moment: seconds an FMA of a small Jacobian, the clock's step. */

import { prepareJacobian, referenceJacobian } from "../../ad/jacobian.ts";
import { maxAbs, maxAbsDifference } from "../../array.ts";
import { buildChain, randomPoint } from "../../chain/build.ts";
import { JacobenchError } from "../../errors.ts";
import { accuracyWarnings } from "../../experiment/visitor.ts";
import { knownClockResolutionSeconds, nowSeconds } from "../../measure/clock.ts";
import { consume } from "../../measure/sink.ts";
import type { ProbeReply, ProbeRequest } from "./messages.ts";

/** Σ of 11 712: small enough for the slowest telephone, large enough for products to weigh more than calls. */
const WIDTHS = [16, 96, 96, 10] as const;
/** Warm-up, and then the measurement. */
const WARM_UP_SECONDS = 0.03;
const PROBE_SECONDS = 0.03;
/** Steps of the clock that the measurement lasts at least. */
const CLOCK_STEPS = 30;

/**
 * Times forward mode on a small chain, once both modes have given the reference's Jacobian.
 *
 * @param request - kernel and activation
 * @param now - the clock, in seconds; the monotonic one unless a test brings its own
 * @param clockResolutionSeconds - its smallest step
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` for a kernel that is not there, `ERR_MEASURE` where a Jacobian is wrong
 */
export function probe(
  { kernel, activation }: Omit<ProbeRequest, "kind">,
  now: () => number = nowSeconds,
  clockResolutionSeconds: number = knownClockResolutionSeconds(),
): ProbeReply {
  if (!Number.isFinite(clockResolutionSeconds)) {
    return { kind: "probed", secondsPerFma: Number.NaN, clockResolutionSeconds };
  }
  const chain = buildChain({ widths: WIDTHS, ...(activation !== null && { activation }) });
  const x = randomPoint(chain.n, 1);
  const prepared = prepareJacobian(chain, x, { strategy: "forward", kernel });
  const reference = referenceJacobian(chain, x);
  for (const [strategy, { run }] of [
    ["forward", prepared],
    ["reverse", prepareJacobian(chain, x, { strategy: "reverse", kernel })],
  ] as const) {
    const [wrong] = accuracyWarnings(strategy, maxAbsDifference(run(), reference), maxAbs(reference));
    if (wrong === undefined) continue;
    throw new JacobenchError(
      "ERR_MEASURE",
      `pilot, ${strategy}, kernel ${kernel}: ${wrong.message}; nothing is timed that is wrong: please report it, with the ` +
        "name of the browser",
    );
  }
  const runFor = (seconds: number): number => {
    const start = now();
    let runs = 0;
    let elapsed = 0;
    while (elapsed < seconds) {
      consume(prepared.run());
      runs++;
      elapsed = now() - start;
    }
    return elapsed / runs;
  };
  runFor(WARM_UP_SECONDS);
  const seconds = runFor(Math.max(PROBE_SECONDS, CLOCK_STEPS * clockResolutionSeconds));
  return { kind: "probed", secondsPerFma: seconds / prepared.prediction.fma, clockResolutionSeconds };
}
