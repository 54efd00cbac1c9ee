/** @file The student's version: stubs in the place of solutions, no outputs; work that was begun is never overwritten. (N) */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { createFolder, pathExists, readTextFile, writeFileAtomic } from "../../src/files.ts";
import { type Notebook, notebookOf, notebookText, readNotebook } from "./notebook.ts";
import type { Places } from "./places.ts";
import type { Lesson } from "./source.ts";

/** What became of a student's notebook. */
export type Handed = { readonly path: string; readonly state: "written" | "kept" };

/**
 * Writes the notebooks of the student's version.
 *
 * A notebook in which something was changed since it was written is kept, unless `replace` is set: its cells are compared with
 * the fingerprint that was written with it. Having been run is no change.
 *
 * @param lessons - from their sources
 * @param places - `student` is the folder
 * @param replace - also what was changed
 */
export function writeStudentNotebooks(
  lessons: readonly Lesson[],
  places: Places,
  replace: boolean,
): Handed[] {
  createFolder(places.student);
  return lessons.map((lesson) => {
    const path = join(places.student, `${lesson.name}.ipynb`);
    if (!replace && pathExists(path) && hasOwnWork(readTextFile(path))) return { path, state: "kept" };
    const notebook = notebookOf(lesson, "student");
    const marked = {
      ...notebook,
      metadata: {
        ...notebook.metadata,
        jacobench: { ...notebook.metadata.jacobench, fingerprint: fingerprint(notebook) },
      },
    };
    writeFileAtomic(path, notebookText(marked));
    return { path, state: "written" };
  });
}

/** Whether a notebook is another than that which was written; what cannot be read is somebody's own too. */
function hasOwnWork(text: string): boolean {
  try {
    const notebook = readNotebook(text);
    const { jacobench } = notebook.metadata as { jacobench?: { fingerprint?: string } };
    return jacobench?.fingerprint !== fingerprint(notebook);
  } catch {
    return true;
  }
}

function fingerprint(notebook: Notebook): string {
  const texts = notebook.cells.map(({ cell_type, source }) => [cell_type, source]);
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16);
}
