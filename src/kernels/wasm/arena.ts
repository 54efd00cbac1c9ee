/**
 * @file Memory of the `wasm` kernel: arrays lie in WebAssembly memory, and their place is free again when they are collected.
 *
 * One memory serves all preparations of a process, so that all call the same functions (an engine then compiles the call
 * itself) and a preparation costs no instance. It is shared memory where the engine has it, also without worker threads:
 * it grows without detaching views. Elsewhere it is plain memory of a fixed size, which is never grown.
 *
 * Freeing follows the Float64Array of each array (ndarray views hold it, so do prepared products). Finalizers run only
 * between tasks; a program that prepares in one long task gets a further memory when one is full, and the garbage
 * collector takes whole memories back.
 */

import { FLOAT64_BYTES } from "../../array.ts";
import { JacobenchError } from "../../errors.ts";
import type { ArraySource } from "../../memory.ts";
import type { WasmBuild } from "./bytes.ts";
import { type WasmExports, wasmExports, wasmModule } from "./exports.ts";
import { createPieces } from "./pieces.ts";

/** A memory with an instance of the module. */
export type Arena = ArraySource & {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly exports: WasmExports;
  /** Takes bytes that stay taken as long as `owner` lives. */
  reserve(bytes: number, owner: object): number;
  /** Whether a typed array lies in this memory. */
  owns(data: Float64Array): boolean;
  /** Bytes of arrays that are alive, as far as is known. */
  readonly usedBytes: number;
};

const PAGE_BYTES = 65536;
/** Memory at first: 64 MiB of addresses, of which the system gives those that are used. */
const FIRST_PAGES = 1024;
/** All that 32-bit addresses reach: 4 GiB. */
const MAX_PAGES = 65536;
/** Plain memory cannot grow without detaching views: it has 256 MiB once and for all. */
const PLAIN_PAGES = 4096;
/** Arrays start at lines of the cache. */
const ALIGNMENT = 64;
/** When so much is in use, the next preparation starts a new memory. */
const FULL_BYTES = 2 ** 28;

/** Shared memory, which all current engines have (its buffer cannot be sent to threads everywhere); else plain. */
function createMemory(plain: boolean): { memory: WebAssembly.Memory; shared: boolean } {
  if (!plain) {
    try {
      const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MAX_PAGES, shared: true });
      return { memory, shared: true };
    } catch {
      // This engine has no shared memory.
    }
  }
  return { memory: new WebAssembly.Memory({ initial: PLAIN_PAGES, maximum: MAX_PAGES }), shared: false };
}

/**
 * Makes a memory with an instance of the module on it.
 *
 * @param choice - `plain`: no shared memory (default: where the engine has none); `build`: which one (default: the best)
 * @throws {JacobenchError} `ERR_ABSENT` where the engine cannot run the module
 */
export function createArena(choice: { readonly plain?: boolean; readonly build?: WasmBuild } = {}): Arena {
  const { memory, shared } = createMemory(choice.plain ?? false);
  const module = wasmModule(shared, choice.build);
  const exports = wasmExports(module, memory);
  // After growth a shared memory has a new buffer object over the same bytes; arrays over older ones stay valid.
  let buffer: ArrayBufferLike = memory.buffer;
  const older = new Set<ArrayBufferLike>();
  const pieces = createPieces();
  // Addresses below are never an array's: 0 is no address, 1 and 2 have a meaning in records.
  const scratchAt = 1024;
  exports.useScratch(scratchAt);
  let top = roundUp(scratchAt + exports.scratchBytes());
  const end = (): number => memory.buffer.byteLength;

  const grow = (bytes: number): void => {
    const missing = Math.ceil((top + bytes - end()) / PAGE_BYTES);
    if (missing <= 0) return;
    const pages = end() / PAGE_BYTES;
    // Half as much again, so that growth is rare; as much as is needed, where that is too much.
    const wanted = Math.min(Math.max(missing, pages >> 1), MAX_PAGES - pages);
    try {
      if (!shared || wanted < missing) throw new RangeError("no more addresses");
      memory.grow(wanted);
    } catch (cause) {
      const held = `${Math.round(pieces.usedBytes / 2 ** 20)} MiB are in use`;
      throw new JacobenchError(
        "ERR_MEMORY",
        `kernel "wasm": no room for ${bytes} bytes more (${held}; expected at most ${end()} bytes in one preparation); ` +
          'prepare fewer Jacobians in one task, or take the kernel "typed"',
        { cause },
      );
    }
    older.add(buffer);
    buffer = memory.buffer;
  };
  const takePiece = (bytes: number): number => {
    const known = pieces.take(bytes);
    if (known === null) grow(bytes);
    const start = known ?? top;
    if (known === null) {
      top += bytes;
      pieces.add(bytes);
    } else new Uint8Array(buffer, start, bytes).fill(0);
    return start;
  };
  return {
    memory,
    module,
    exports,
    take: (length) => {
      const bytes = roundUp(length * FLOAT64_BYTES);
      const start = takePiece(bytes);
      const data = new Float64Array(buffer, start, length);
      pieces.freeWith(data, start, bytes);
      return data;
    },
    give: (data) => pieces.free(data, data.byteOffset, roundUp(data.length * FLOAT64_BYTES)),
    reserve: (size, owner) => {
      const bytes = roundUp(size);
      const start = takePiece(bytes);
      pieces.freeWith(owner, start, bytes);
      return start;
    },
    owns: ({ buffer: own }) => own === buffer || older.has(own),
    get usedBytes() {
      return pieces.usedBytes;
    },
  };
}

function roundUp(bytes: number): number {
  return Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
}

let current: Arena | null = null;

/** The memory that the next preparation should use. */
export function currentArena(): Arena {
  if (current === null || current.usedBytes > FULL_BYTES) current = createArena();
  return current;
}
