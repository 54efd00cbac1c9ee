/** @file Which lessons a command is about, and where what is made from them goes. (N) */

import { join, resolve } from "node:path";
import { JacobenchError } from "../../src/errors.ts";
import { listFolder, pathExists, readTextFile } from "../../src/files.ts";
import { FOLDERS } from "./paths.ts";
import { type Lesson, parseLesson } from "./source.ts";

/** Folders of a set of lessons. */
export type Places = {
  readonly source: string;
  readonly notebooks: string;
  readonly myst: string;
  readonly pages: string;
  readonly student: string;
};

/**
 * The project's folders or, for lessons that stand elsewhere, those of the caller.
 *
 * @param from - folder of the sources
 * @param into - folder for everything that is made
 */
export function placesOf(from?: string, into?: string): Places {
  const source = from === undefined ? FOLDERS.source : resolve(from);
  if (into === undefined) {
    const { notebooks, myst, pages, student } = FOLDERS;
    return { source, notebooks, myst, pages, student };
  }
  const top = resolve(into);
  return {
    source,
    notebooks: top,
    myst: join(top, "myst"),
    pages: join(top, "pages"),
    student: join(top, "student"),
  };
}

/**
 * Names of the lessons whose sources are there, in order.
 *
 * @param places - where to look
 * @param wanted - parts of names (`05`, `skip`); all lessons if there are none
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME` if a part is in no name
 */
export function lessonNames(places: Places, wanted: readonly string[] = []): string[] {
  if (!pathExists(places.source)) {
    throw new JacobenchError(
      "ERR_ABSENT",
      `notebooks: there is no folder ${places.source}; in a copy for students there are no sources: npm run notebooks -- --open`,
    );
  }
  return pick(namesIn(places.source, ".md"), wanted);
}

/**
 * Names of the student's notebooks that are there, in order.
 *
 * @param places - where to look
 * @param wanted - as in {@link lessonNames}
 */
export function studentNames(places: Places, wanted: readonly string[] = []): string[] {
  return pick(pathExists(places.student) ? namesIn(places.student, ".ipynb") : [], wanted);
}

function namesIn(folder: string, extension: string): string[] {
  return listFolder(folder).flatMap((file) => {
    const name = file.endsWith(extension) ? file.slice(0, -extension.length) : "";
    return /^\d\d-[a-z0-9-]+$/.test(name) ? [name] : [];
  });
}

function pick(names: readonly string[], wanted: readonly string[]): string[] {
  if (wanted.length === 0) return [...names];
  for (const part of wanted) {
    if (!names.some((name) => name.includes(plainName(part)))) {
      throw new JacobenchError(
        "ERR_UNKNOWN_NAME",
        `notebooks: no lesson is called "${part}"; expected a part of ${names.join(", ")}`,
      );
    }
  }
  return names.filter((name) => wanted.some((part) => name.includes(plainName(part))));
}

/**
 * Reads lessons.
 *
 * @param places - where they are
 * @param names - from {@link lessonNames}
 * @throws {JacobenchError} `ERR_CONFIG` with file and line, if a source is not in the format
 */
export function readLessons(places: Places, names: readonly string[]): Lesson[] {
  return names.map((name) => parseLesson(name, readTextFile(join(places.source, `${name}.md`))));
}

/** A path or a file's name that was completed by a shell is as good as a lesson's name. */
function plainName(part: string): string {
  return part.replace(/^.*[\\/]/, "").replace(/\.(md|ipynb|html)$/, "");
}
