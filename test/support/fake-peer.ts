/**
 * @file A framework for tests, in a process of its own: it speaks the protocol of `jacobench peers` and computes the right
 * Jacobian, but for the fault that it is told to have: `node fake-peer.ts FAULT`. Only its reverse mode is at fault.
 */

import { createInterface } from "node:readline";
import { decodeNumbers, encodeNumbers, type PeerReply, type PeerRequest } from "../../src/peers/protocol.ts";
import { loadJacobench } from "../../src/peers/ways/jacobench.ts";
import type { GivenJacobian, PreparedWay } from "../../src/peers/ways/types.ts";

const fault = process.argv[2] ?? "none";
const ours = loadJacobench(1);
const chains = new Map<string, (way: string) => PreparedWay>();
const ways = new Map<string, PreparedWay>();

/** What each fault makes of a right Jacobian. */
const SPOIL: Readonly<Record<string, (right: GivenJacobian) => GivenJacobian>> = {
  wrong: (right) => ({ ...right, values: right.values.map((value) => 1.001 * value) }),
  transpose: ({ dtype, shape: [m, n], values }) => ({
    dtype,
    shape: [n!, m!],
    values: values.map((_, i) => values[(i % m!) * n! + Math.floor(i / m!)]!),
  }),
  flat: (right) => ({ ...right, shape: [right.values.length] }),
  nan: (right) => ({ ...right, values: right.values.map((value, i) => (i === 0 ? Number.NaN : value)) }),
  integers: (right) => ({ ...right, dtype: "int32" }),
  single: (right) => ({ ...right, dtype: "float32", values: right.values.map(Math.fround) }),
  "single-as-double": (right) => ({ ...right, values: right.values.map(Math.fround) }),
};

async function answer(request: PeerRequest): Promise<PeerReply> {
  const reverse = "way" in request && request.way === "reverse";
  switch (request.kind) {
    case "hello":
      if (fault === "absent") return { kind: "absent", message: "the fake is not installed" };
      if (fault === "crash-at-once") throw new Error("crashed on purpose");
      return {
        kind: "ready",
        name: "Fake",
        versions: { fake: "1.2.3" },
        device: null,
        ways: (["forward", "reverse"] as const).map((mode) => ({
          id: mode,
          title: `fake ${mode}`,
          group: fault,
          mode,
          seeds: "one",
        })),
      };
    case "load":
      chains.set(request.case, ours.load(request.layers, decodeNumbers(request.x)));
      return { kind: "loaded" };
    case "prepare": {
      if (reverse && fault === "crash") process.exit(7);
      if (reverse && fault === "throw") return { kind: "failed", message: "thrown on purpose" };
      const way = chains.get(request.case)!(`${request.way}-typed`);
      ways.set(request.case + request.way, way);
      await way.run();
      const right = await way.jacobian();
      const { dtype, shape, values } = reverse ? (SPOIL[fault]?.(right) ?? right) : right;
      return { kind: "prepared", seconds: 0.001, dtype, shape, jacobian: encodeNumbers(values) };
    }
    case "time": {
      if (reverse && fault === "hang") await new Promise(() => setInterval(() => {}, 1000));
      const start = performance.now();
      for (let i = 0; i < request.runs; i++) await ways.get(request.case + request.way)!.run();
      const seconds = (performance.now() - start) / 1000;
      return { kind: "timed", seconds, cpuSeconds: seconds };
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as PeerRequest;
  const reply = await answer(request);
  const noise = fault === "babble" && request.kind === "time";
  console.log(noise ? "this is no reply" : JSON.stringify(reply));
}
