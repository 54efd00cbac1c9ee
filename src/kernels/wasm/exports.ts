/** @file The compiled module of the `wasm` kernel: what it exports, and how an engine gets the build that it can run. */

import { JacobenchError } from "../../errors.ts";
import { WASM_BUILDS, type WasmBuild } from "./bytes.ts";

type Vector = [address: number, stride: number];
type Matrix = [address: number, rowStride: number, columnStride: number];

/** What src/kernels/assembly exports: products on addresses. Sizes are entries, strides and addresses bytes. */
export type WasmExports = {
  scratchBytes(): number;
  useScratch(address: number): void;
  matvec(m: number, n: number, ...operands: [...Matrix, ...Vector, ...Vector, ...Vector]): void;
  matmul(m: number, n: number, k: number, ...operands: [...Matrix, ...Matrix, ...Matrix]): void;
  dot(n: number, ...operands: [...Vector, ...Vector]): number;
  sum(n: number, ...operand: Vector): number;
  axpy(n: number, alpha: number, ...operands: [...Vector, ...Vector]): void;
  scale(n: number, alpha: number, ...operands: [...Vector, ...Vector]): void;
  multiply(n: number, ...operands: [...Vector, ...Vector, ...Vector]): void;
  quotient(n: number, ...operands: [...Vector, ...Vector, alpha: number, ...Vector]): void;
  add(m: number, n: number, ...operands: [...Matrix, ...Matrix]): void;
  copy(m: number, n: number, ...operands: [...Matrix, ...Matrix]): void;
  scaleRows(m: number, n: number, ...operands: [...Vector, ...Matrix, ...Matrix]): void;
  addOuter(sign: number, m: number, n: number, ...operands: [...Vector, ...Vector, ...Matrix]): void;
  /** Addresses: d, l, r (0 for ones), the pivot, s (0 for none); then X and Y with the strides along a vector and across. */
  rankOneProduct(
    k: number,
    b: number,
    ...operands: [d: number, l: number, r: number, pivot: number, s: number, ...Matrix, ...Matrix]
  ): void;
  /** Runs recorded products; `input` and `output` stand where records say 1 and 2. */
  run(program: number, end: number, input: number, output: number): void;
  /** Does the tasks of one lane; see threads.ts for these four. */
  perform(task: number, end: number): void;
  order(control: number, task: number, end: number): void;
  awaitChange(address: number, seen: number): void;
  serve(control: number, scratch: number): never;
};

/** Bytes of a build, for shared or for plain memory. */
function bytesOf({ base64, sharedFlagAt }: WasmBuild, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  if (!shared) bytes[sharedFlagAt] = 1;
  return bytes;
}

const modules = new Map<string, WebAssembly.Module>();
let chosen: WasmBuild | null | undefined;

/** The best build that this engine accepts; null where it has no 128-bit SIMD. */
function chooseBuild(): WasmBuild | null {
  chosen ??=
    [WASM_BUILDS.relaxed, WASM_BUILDS.plain].find((build) => WebAssembly.validate(bytesOf(build, false))) ??
    null;
  return chosen;
}

/** Why the kernel cannot run here; null where it can. */
export function wasmUnavailable(): string | null {
  unavailable ??= { reason: whyUnavailable() };
  return unavailable.reason;
}

let unavailable: { readonly reason: string | null } | null = null;

function whyUnavailable(): string | null {
  if (typeof WebAssembly === "object" && chooseBuild() !== null) {
    try {
      compiled(chooseBuild()!, true);
      return null;
    } catch (error) {
      // A page may forbid what its engine can do.
      return `kernel "wasm": WebAssembly was refused (${(error as Error).message}); expected 'wasm-unsafe-eval' in the page's content security policy: take "typed"`;
    }
  }
  return 'kernel "wasm": this engine has no WebAssembly with 128-bit SIMD; expected Node 18, Chrome 91, Firefox 89, Safari 16.4 or newer: take "typed"';
}

/** Whether products round once (relaxed SIMD with fused multiply-adds), or twice. */
export function isRelaxed(): boolean {
  return chooseBuild() === WASM_BUILDS.relaxed;
}

/**
 * Compiles the module, once for each kind of memory.
 *
 * @param shared - whether its memory is shared among threads
 * @param build - which build; the best one unless a test wants the other
 * @throws {JacobenchError} `ERR_ABSENT` where the engine cannot run it
 */
export function wasmModule(shared: boolean, build: WasmBuild | null = chooseBuild()): WebAssembly.Module {
  const reason = wasmUnavailable();
  if (build === null || reason !== null) throw new JacobenchError("ERR_ABSENT", reason!);
  return compiled(build, shared);
}

function compiled(build: WasmBuild, shared: boolean): WebAssembly.Module {
  const key = `${build === WASM_BUILDS.relaxed} ${shared}`;
  let module = modules.get(key);
  if (module === undefined) {
    module = new WebAssembly.Module(bytesOf(build, shared));
    modules.set(key, module);
  }
  return module;
}

/**
 * Instantiates the module on a memory.
 *
 * @param module - of {@link wasmModule}
 * @param memory - shared or plain, as the module wants it
 */
export function wasmExports(module: WebAssembly.Module, memory: WebAssembly.Memory): WasmExports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as WasmExports;
}
