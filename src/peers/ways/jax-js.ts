/**
 * @file `@jax-js/jax` in WebAssembly, float64: jvp and vjp a seed at a time, vectorised and jitted, and its own jacfwd and
 * jacrev. Arrays are counted references there: `.ref` gives one more, and every function takes what it is given.
 */

import { createRequire } from "node:module";
import * as jax from "@jax-js/jax";
import { decodeNumbers, type LayerMessage, type WayMessage } from "../protocol.ts";
import type { NodePeer, PreparedWay } from "./types.ts";

type Value = jax.Array;
type Function1 = (x: Value) => Value;

const { numpy: np } = jax;

const WAYS: readonly WayMessage[] = [
  {
    id: "jvp-each",
    title: "jvp, a seed at a time",
    group: "eager by seed",
    mode: "forward",
    seeds: "one",
  },
  {
    id: "vjp-each",
    title: "vjp, a seed at a time",
    group: "eager by seed",
    mode: "reverse",
    seeds: "one",
  },
  { id: "jvp-vmap-jit", title: "jit(vmap(jvp))", group: "jit", mode: "forward", seeds: "all" },
  { id: "vjp-vmap-jit", title: "jit(vmap(vjp))", group: "jit", mode: "reverse", seeds: "all" },
  { id: "jacfwd", title: "jacfwd(f)", group: "jacfwd and jacrev", mode: "forward", seeds: "all" },
  { id: "jacrev", title: "jacrev(f)", group: "jacfwd and jacrev", mode: "reverse", seeds: "all" },
];

/** Starts the WebAssembly backend and makes the package a peer. */
export async function loadJaxJs(): Promise<NodePeer> {
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  return { name: "jax-js", versions: { "@jax-js/jax": ownVersion() }, device: "wasm", ways: WAYS, load };
}

/** Its package.json may not be imported, but lies beside its entry. */
function ownVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@jax-js/jax");
  const manifest = createRequire(entry)("../package.json") as { version: string };
  return manifest.version;
}

function array(values: Float64Array, shape: number[]): Value {
  return np.array(values as Float64Array<ArrayBuffer>, { shape, dtype: np.float64 });
}

function load(layers: readonly LayerMessage[], values: Float64Array): (way: string) => PreparedWay {
  const n = values.length;
  const x = array(values, [n]);
  /** Weights and biases, in the order of the layers. */
  const parameters = layers.flatMap((layer) =>
    layer.kind === "dense"
      ? [
          array(decodeNumbers(layer.weights), [layer.rows, layer.columns]),
          array(decodeNumbers(layer.bias), [layer.rows]),
        ]
      : [],
  );
  const m = layers.reduce((width, layer) => (layer.kind === "dense" ? layer.rows : width), n);
  const f = functionOf(layers, parameters);
  const refs = (): Value[] => parameters.map((parameter) => parameter.ref);
  return (way) => {
    switch (way) {
      case "jvp-each": {
        const seeds = basisOf(n);
        return runsOf(() => {
          const columns = seeds.map((seed) => {
            const [y, dy] = jax.jvp(f, [x.ref], [seed.ref]) as [Value, Value];
            y.dispose();
            return dy;
          });
          return np.stack(columns, 1);
        });
      }
      case "vjp-each": {
        const seeds = basisOf(m);
        return runsOf(() => {
          const [y, pull] = pullbackOf(f, x.ref);
          y.dispose();
          const rows = seeds.map((seed) => pull(seed.ref)[0]);
          pull.dispose();
          return np.stack(rows, 0);
        });
      }
      case "jvp-vmap-jit": {
        const seeds = identity(n);
        const whole = jax.jit((point: Value, all: Value, ...own: Value[]) => {
          const traced = functionOf(layers, own);
          const push = (seed: Value): Value => (jax.jvp(traced, [point.ref], [seed]) as [Value, Value])[1];
          return np.transpose(jax.vmap(push)(all) as Value);
        });
        return runsOf(() => whole(x.ref, seeds.ref, ...refs()) as Value);
      }
      case "vjp-vmap-jit": {
        const seeds = identity(m);
        const whole = jax.jit((point: Value, all: Value, ...own: Value[]) => {
          const [, pull] = pullbackOf(functionOf(layers, own), point);
          return jax.vmap((seed: Value): Value => pull(seed)[0])(all) as Value;
        });
        return runsOf(() => whole(x.ref, seeds.ref, ...refs()) as Value);
      }
      case "jacfwd":
        return runsOf(() => jax.jacfwd(f)(x.ref as never) as unknown as Value);
      case "jacrev":
        return runsOf(() => jax.jacrev(f)(x.ref as never) as unknown as Value);
      default:
        throw new Error(`no way ${way}`);
    }
  };
}

type Pullback = ((seed: Value) => [Value]) & { dispose(): void };

function pullbackOf(f: Function1, x: Value): [Value, Pullback] {
  return jax.vjp(f as never, [x] as never) as unknown as [Value, Pullback];
}

/** A run keeps its Jacobian until the next one, which lets go of it. */
function runsOf(run: () => Value): PreparedWay {
  let last: Value | null = null;
  return {
    run: async () => {
      last?.dispose();
      last = null;
      const J = run();
      await J.blockUntilReady();
      last = J;
    },
    jacobian: async () => {
      const { dtype, shape } = last!;
      return { dtype: String(dtype), shape: [...shape], values: Float64Array.from(await last!.ref.data()) };
    },
  };
}

/** The chain as a function of one vector, over weights that may be traced. */
function functionOf(layers: readonly LayerMessage[], parameters: readonly Value[]): Function1 {
  return (x) => {
    let value = x;
    let next = 0;
    for (const { kind } of layers) {
      if (kind === "dense") {
        value = np.dot(parameters[next]!.ref, value).add(parameters[next + 1]!.ref);
        next += 2;
      } else {
        value = ACTIVATIONS[kind](value);
      }
    }
    return value;
  };
}

const ACTIVATIONS: Readonly<Record<Exclude<LayerMessage["kind"], "dense">, Function1>> = {
  relu: (x) => jax.nn.relu(x),
  tanh: (x) => np.tanh(x),
  sigmoid: (x) => jax.nn.sigmoid(x),
  softplus: (x) => jax.nn.softplus(x),
  identity: (x) => x,
};

function basisOf(length: number): Value[] {
  return Array.from({ length }, (_, j) => {
    const seed = new Float64Array(length);
    seed[j] = 1;
    return array(seed, [length]);
  });
}

function identity(length: number): Value {
  const values = new Float64Array(length * length);
  for (let i = 0; i < length; i++) values[i * (length + 1)] = 1;
  return array(values, [length, length]);
}
