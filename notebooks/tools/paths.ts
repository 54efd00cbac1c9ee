/** @file Where the lessons and what is made from them stand. (N) */

import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The top of the repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Folders from the top of the repository. */
export const FOLDERS = {
  notebooks: join(ROOT, "notebooks"),
  source: join(ROOT, "notebooks", "source"),
  myst: join(ROOT, "notebooks", "myst"),
  pages: join(ROOT, "reports", "lessons"),
  /** Not committed: it belongs to whoever works in it. Beside `notebooks`, so that the same relative imports hold. */
  student: join(ROOT, "student"),
  /** Environments and scratch; not committed. */
  work: join(ROOT, ".jacobench"),
} as const;

/** Where a kernel runs: relative imports of cells are looked up from here. */
export const KERNEL_FOLDER = FOLDERS.notebooks;
