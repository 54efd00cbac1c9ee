/** @file The one module that writes files: atomic replacement, flushed appending, folders; and errors as sentences. */

import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type ErrorCode, JacobenchError } from "./errors.ts";

/** What the operating system's error codes mean, and what to do about them. */
const SENTENCES: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space and try again",
  EDQUOT: "the disk quota is used up; free some space and try again",
  EROFS: "the file system is read-only; choose another folder with --out",
  EACCES: "permission denied; choose a folder that you may write to, or change its permissions",
  EPERM: "operation not permitted; choose a folder that you may write to, or change its permissions",
  ENOENT: "there is no such file or folder; check the path",
  ENOTDIR: "a part of the path is a file, not a folder; check the path",
  EISDIR: "it is a folder; expected a file",
  EEXIST: "it exists already; remove it or choose another name",
  EMFILE: "too many files are open; raise the limit (ulimit -n) and try again",
  EIO: "the disk reported an error; check it before measuring again",
};

/** An open file to which whole lines are appended; each is on the disk when `append` returns. */
export type AppendFile = {
  /**
   * Appends text and flushes it to the disk (fsync).
   *
   * @throws {JacobenchError} `ERR_FILE`; the file may then end in a part of the text
   */
  append(text: string): void;
  close(): void;
};

/**
 * Replaces or creates a file as a whole: readers see the old content or the new, never a part.
 *
 * @param path - the file; its folder must exist
 * @param content - its new content; text is written as UTF-8
 * @throws {JacobenchError} `ERR_FILE`; the old content is then untouched
 */
export function writeFileAtomic(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    explained("writing", path, () => {
      const descriptor = openSync(temporary, "w");
      try {
        writeAll(descriptor, content);
      } finally {
        closeSync(descriptor);
      }
      renameSync(temporary, path);
    });
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Creates a file that must not exist yet; of two processes that try at once, one succeeds.
 *
 * @returns false if the file exists already
 * @throws {JacobenchError} `ERR_FILE` for any other failure; the file is then removed again
 */
export function createFileExclusive(path: string, content: string): boolean {
  return explained("creating", path, () => {
    let descriptor: number;
    try {
      descriptor = openSync(path, "wx");
    } catch (error) {
      if (systemCode(error) === "EEXIST") return false;
      throw error;
    }
    try {
      writeAll(descriptor, content);
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return true;
  });
}

/**
 * Opens a file for flushed appending.
 *
 * @param path - the file; created if missing
 * @param keepBytes - what follows the first `keepBytes` bytes is cut off first (a torn last line)
 * @throws {JacobenchError} `ERR_FILE`
 */
export function openAppend(path: string, keepBytes = 0): AppendFile {
  const descriptor = explained("opening", path, () => {
    const opened = openSync(path, "a+");
    ftruncateSync(opened, keepBytes);
    fsyncSync(opened);
    return opened;
  });
  flushFolder(dirname(path));
  return {
    append: (text) => explained("appending to", path, () => writeAll(descriptor, text)),
    close: () => closeSync(descriptor),
  };
}

/** Creates a folder and those above it. Does nothing where it exists. @throws {JacobenchError} `ERR_FILE` */
export function createFolder(path: string): void {
  explained("creating the folder", path, () => mkdirSync(path, { recursive: true }));
}

/** Renames a file or folder within one file system. @throws {JacobenchError} `ERR_FILE` */
export function renamePath(from: string, to: string): void {
  explained("renaming", `${from} to ${to}`, () => renameSync(from, to));
  flushFolder(dirname(to));
}

/** Removes a file or a folder with all it holds. Does nothing where it is missing. @throws {JacobenchError} `ERR_FILE` */
export function removePath(path: string): void {
  explained("removing", path, () => rmSync(path, { recursive: true, force: true }));
}

/** Whether a path is there and is a file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** True if there is a file or folder of that name. */
export function pathExists(path: string): boolean {
  return existsSync(path);
}

/**
 * Names of the entries of a folder, sorted.
 *
 * @throws {JacobenchError} `code` if it cannot be read
 */
export function listFolder(path: string, code: ErrorCode = "ERR_FILE"): string[] {
  return explained("reading the folder", path, () => readdirSync(path).sort(), code);
}

/**
 * Reads a text file.
 *
 * @param path - the file
 * @param code - code of the error; `ERR_CONFIG` for files that the user named
 * @throws {JacobenchError} `code` if it is missing, a folder, or unreadable
 */
export function readTextFile(path: string, code: ErrorCode = "ERR_FILE"): string {
  return explained("reading", path, () => readFileSync(path, "utf8"), code);
}

/** Path of an entry of a folder. */
export function inside(folder: string, ...names: readonly string[]): string {
  return join(folder, ...names);
}

/** The function that writes: every byte that jacobench puts on a disk goes through here, and is flushed. */
function writeAll(descriptor: number, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  fsyncSync(descriptor);
}

/** Makes renames and new names durable; systems that cannot flush a folder (Windows) go without. */
function flushFolder(path: string): void {
  try {
    const descriptor = openSync(path, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Not offered here; the content itself has been flushed.
  }
}

function explained<T>(doing: string, path: string, work: () => T, code: ErrorCode = "ERR_FILE"): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof JacobenchError) throw error;
    const system = systemCode(error);
    if (system === null) throw error;
    const sentence = SENTENCES[system] ?? (error as Error).message;
    throw new JacobenchError(code, `${path}: ${doing} it failed with ${system}: ${sentence}`, {
      cause: error,
    });
  }
}

function systemCode(error: unknown): string | null {
  const code = (error as NodeJS.ErrnoException)?.code;
  return typeof code === "string" && (error as NodeJS.ErrnoException).syscall !== undefined ? code : null;
}
