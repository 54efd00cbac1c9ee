/** @file The errors of jacobench: one class, a closed set of codes, and sentences for the person who sees them. */

/**
 * Stable codes of all errors that jacobench raises on purpose.
 *
 * - `ERR_SHAPE`: an array or a layer has a width that does not fit its neighbour.
 * - `ERR_NON_FINITE`: NaN or infinity where a finite number is needed.
 * - `ERR_RANGE`: a number outside of what is allowed (label, block size, count, …).
 * - `ERR_UNKNOWN_NAME`: a strategy, kernel, layer, experiment or chart that is not in its table.
 * - `ERR_UNSUPPORTED`: a combination that exists nowhere (complex step through a layer without it, …).
 * - `ERR_CONFIG`: an experiment, model or input file that cannot be used.
 * - `ERR_FILE`: a file or folder that cannot be read or written.
 * - `ERR_LOCKED`: another sweep is working in the same folder.
 * - `ERR_MISMATCH`: results that do not belong together (resume, merge).
 * - `ERR_MEMORY`: a case that needs more memory than there is.
 * - `ERR_ABSENT`: an optional library or tool that is not installed here.
 * - `ERR_MEASURE`: a measurement that failed.
 */
export type ErrorCode =
  | "ERR_SHAPE"
  | "ERR_NON_FINITE"
  | "ERR_RANGE"
  | "ERR_UNKNOWN_NAME"
  | "ERR_UNSUPPORTED"
  | "ERR_CONFIG"
  | "ERR_FILE"
  | "ERR_LOCKED"
  | "ERR_MISMATCH"
  | "ERR_MEMORY"
  | "ERR_ABSENT"
  | "ERR_MEASURE";

/** Codes that mean "the input is wrong": the command leaves with exit code 2 instead of 1. */
const INPUT_CODES: ReadonlySet<ErrorCode> = new Set([
  "ERR_SHAPE",
  "ERR_NON_FINITE",
  "ERR_RANGE",
  "ERR_UNKNOWN_NAME",
  "ERR_UNSUPPORTED",
  "ERR_CONFIG",
  "ERR_LOCKED",
  "ERR_MISMATCH",
  "ERR_MEMORY",
  "ERR_ABSENT",
]);

/**
 * An error that jacobench raises on purpose. Its message reads `where: what was given; what was expected`, and ends
 * with the way out where there is one. Anything else that is thrown is a bug.
 */
export class JacobenchError extends Error {
  readonly code: ErrorCode;

  /**
   * @param code - stable code, see {@link ErrorCode}
   * @param message - one sentence for the person who sees it
   * @param options - `cause`, the error underneath
   */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "JacobenchError";
    this.code = code;
  }

  /** True when the input is at fault (exit code 2), false when the work failed (exit code 1). */
  get isInputError(): boolean {
    return INPUT_CODES.has(this.code);
  }
}
