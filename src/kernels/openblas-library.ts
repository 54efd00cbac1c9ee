/** @file Finds OpenBLAS at run time and calls it through koffi. Loads in a browser too, where there is none. */

import { JacobenchError } from "../errors.ts";

/** The environment variable that names the library's file; no other place is then looked at. */
export const OPENBLAS_VARIABLE = "JACOBENCH_OPENBLAS";

/** CBLAS's constants: how a matrix lies in memory, and whether it is read transposed. */
export const ROW_MAJOR = 101;
export const COLUMN_MAJOR = 102;
export const AS_IT_IS = 111;
export const TRANSPOSED = 112;

/**
 * The routines of CBLAS that the kernel calls. Arrays are addresses in bytes, see {@link Blas.addressOf}; `lda` and its
 * like are the distance of two rows (row-major) or columns (column-major), `inc` that of two entries, in entries.
 */
export type Blas = {
  /** Version, and the processor for which it has chosen its loops, e.g. `OpenBLAS 0.3.21 (Haswell)`. */
  readonly description: string;
  /** Sets the number of threads of this process's library; a build without threads stays at one. */
  setThreads(count: number): void;
  /**
   * Where an array's entries lie, as a number: passing it costs a fifth less than passing the array, and an offset is one
   * addition. It holds as long as the array is referenced. 0 if the array has lost its memory (was transferred).
   */
  addressOf(data: Float64Array): number;
  /** y = α·A·x + β·y, or with Aᵀ. */
  readonly dgemv: (
    order: number,
    transposed: number,
    m: number,
    n: number,
    alpha: number,
    A: number,
    lda: number,
    x: number,
    incX: number,
    beta: number,
    y: number,
    incY: number,
  ) => void;
  /** C = α·A·B + β·C, each operand transposed or not. */
  readonly dgemm: (
    order: number,
    transposedA: number,
    transposedB: number,
    m: number,
    n: number,
    k: number,
    alpha: number,
    A: number,
    lda: number,
    B: number,
    ldb: number,
    beta: number,
    C: number,
    ldc: number,
  ) => void;
  /** A += α·x·yᵀ. */
  readonly dger: (
    order: number,
    m: number,
    n: number,
    alpha: number,
    x: number,
    incX: number,
    y: number,
    incY: number,
    A: number,
    lda: number,
  ) => void;
  readonly ddot: (n: number, x: number, incX: number, y: number, incY: number) => number;
  /** y += α·x. */
  readonly daxpy: (n: number, alpha: number, x: number, incX: number, y: number, incY: number) => void;
  /** y = x. */
  readonly dcopy: (n: number, x: number, incX: number, y: number, incY: number) => void;
  /** x *= α. */
  readonly dscal: (n: number, alpha: number, x: number, incX: number) => void;
};

/** The part of koffi that is used; its own types are there only where it is installed. */
type Koffi = {
  load(path: string): Library;
  address(value: Float64Array): bigint;
};
type Library = { func(name: string, result: string, parameters: readonly string[]): NativeFunction };
type NativeFunction = (...parameters: readonly number[]) => unknown;

/** Prefix and suffix of the names of routines: as Debian, Homebrew and conda build them, and as Python's wheels do. */
const DECORATIONS = [
  ["", ""],
  ["scipy_", ""],
  ["scipy_", "64_"],
  ["", "64_"],
] as const;

/** What was found by the value of the variable: a search is made once. */
const found = new Map<string | undefined, Blas | JacobenchError>();

/**
 * Finds the library, loads it, and sets it to one thread.
 *
 * @returns its routines; or, where koffi or the library is missing, the error that says how to install it
 */
export function findBlas(): Blas | JacobenchError {
  const given = globalThis.process?.env?.[OPENBLAS_VARIABLE];
  const known = found.get(given);
  if (known !== undefined) return known;
  const result = search(given);
  found.set(given, result);
  return result;
}

/**
 * Names and paths of the library, most likely first.
 *
 * @param platform - as `process.platform`
 * @param conda - the folder of the active conda environment, if any
 */
export function libraryNames(platform: string, conda: string | undefined): string[] {
  if (platform === "darwin") {
    const folders = ["/opt/homebrew/opt/openblas/lib", "/usr/local/opt/openblas/lib", "/opt/local/lib"];
    return [...(conda === undefined ? [] : [`${conda}/lib`]), ...folders]
      .map((folder) => `${folder}/libopenblas.dylib`)
      .concat("libopenblas.dylib");
  }
  if (platform === "win32") {
    const own = conda === undefined ? [] : [`${conda}\\Library\\bin\\openblas.dll`];
    return [...own, "libopenblas.dll", "openblas.dll"];
  }
  const own = conda === undefined ? [] : [`${conda}/lib/libopenblas.so.0`];
  return [...own, "libopenblas.so.0", "libopenblas.so", "libopenblasp.so.0"];
}

function search(given: string | undefined): Blas | JacobenchError {
  const koffi = loadKoffi();
  if (koffi === null) {
    return absent(
      "the package koffi, which calls native libraries, is not installed",
      "install it with npm install koffi",
    );
  }
  const { platform, env } = globalThis.process;
  const names = given === undefined ? libraryNames(platform, env.CONDA_PREFIX) : [given];
  const way =
    "install it (Debian, Ubuntu: apt-get install libopenblas0-pthread; macOS: brew install openblas; " +
    `conda: conda install openblas) or set ${OPENBLAS_VARIABLE} to the path of its file`;
  let loaded: string | null = null;
  for (const name of names) {
    const library = attempt(() => koffi.load(name));
    if (library === null) continue;
    loaded = name;
    const blas = bind(koffi, library);
    if (blas !== null) return blas;
  }
  if (given === undefined && loaded === null) return absent("OpenBLAS was not found on this machine", way);
  const place = given === undefined ? `"${loaded}"` : `"${given}" (${OPENBLAS_VARIABLE})`;
  if (loaded === null) return absent(`${place} cannot be loaded as a library`, way);
  return absent(`${place} has no cblas_dgemv and its like`, way);
}

function absent(what: string, way: string): JacobenchError {
  return new JacobenchError("ERR_ABSENT", `kernel "openblas": ${what}; ${way}, or choose another kernel`);
}

/** koffi, by Node's own require: a static import would break where it is not installed, and in a bundle for browsers. */
function loadKoffi(): Koffi | null {
  const node = globalThis.process?.getBuiltinModule?.("node:module");
  if (node === undefined) return null;
  return attempt(() => node.createRequire(import.meta.url)("koffi") as Koffi);
}

/** The routines of a library; null if it lacks one. */
function bind(koffi: Koffi, library: Library): Blas | null {
  const decoration = DECORATIONS.find(
    ([prefix, suffix]) => attempt(() => library.func(`${prefix}cblas_dgemv${suffix}`, "void", [])) !== null,
  );
  if (decoration === undefined) return null;
  const [prefix, suffix] = decoration;
  const name = (plain: string): string => `${prefix}${plain}${suffix}`;
  const word = (plain: string): string | null =>
    attempt(() => String(library.func(name(plain), "str", [])()).trim());
  const config = word("openblas_get_config");
  // Lengths and strides of 64 bits: by the names, or by the build's own word where the names are the usual ones.
  const wide = suffix === "64_" || (config ?? "").includes("USE64BITINT");
  const types: Readonly<Record<string, string>> = {
    i: wide ? "int64_t" : "int",
    // Constants of an enumeration.
    e: "int",
    d: "double",
    p: "uintptr_t",
  };
  const routine = (plain: string, result: string, signature: string) =>
    library.func(
      name(plain),
      result,
      [...signature].map((letter) => types[letter]!),
    );
  const routines = attempt(() => ({
    dgemv: routine("cblas_dgemv", "void", "eeiidpipidpi") as Blas["dgemv"],
    dgemm: routine("cblas_dgemm", "void", "eeeiiidpipidpi") as Blas["dgemm"],
    dger: routine("cblas_dger", "void", "eiidpipipi") as Blas["dger"],
    ddot: routine("cblas_ddot", "double", "ipipi") as Blas["ddot"],
    daxpy: routine("cblas_daxpy", "void", "idpipi") as Blas["daxpy"],
    dcopy: routine("cblas_dcopy", "void", "ipipi") as Blas["dcopy"],
    dscal: routine("cblas_dscal", "void", "idpi") as Blas["dscal"],
  }));
  if (routines === null) return null;
  // One thread, so that figures compare with those of the other kernels; a build without threads may lack the function.
  const setNumThreads = attempt(() => library.func(name("openblas_set_num_threads"), "void", ["int"]));
  const setThreads = (count: number): void => void setNumThreads?.(count);
  setThreads(1);
  const version = config === null ? "CBLAS of an unknown kind" : config.split(" ").slice(0, 2).join(" ");
  const core = word("openblas_get_corename");
  const description = core === null ? version : `${version} (${core})`;
  return { description, setThreads, addressOf: addresses(koffi), ...routines };
}

function addresses(koffi: Koffi): Blas["addressOf"] {
  const known = new WeakMap<Float64Array, number>();
  return (data) => {
    if (data.length === 0) return 0;
    const address = known.get(data);
    if (address !== undefined) return address;
    const fresh = Number(koffi.address(data));
    // Nowhere seen, but a tagged pointer would not be exact as a number.
    const exact = Number.isSafeInteger(fresh) ? fresh : 0;
    known.set(data, exact);
    return exact;
  };
}

function attempt<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch {
    return null;
  }
}
