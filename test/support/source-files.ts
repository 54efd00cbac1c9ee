/** @file The project's own source files, as the formal tests read them. */

import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { REPOSITORY } from "./run-command.ts";

/** A source file: its path from the top of the checkout, with slashes, and its text. */
export type SourceFile = { readonly path: string; readonly text: string; readonly lines: readonly string[] };

/** Reads all TypeScript files in some folders, sorted by path. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: REPOSITORY }))
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(REPOSITORY, path), "utf8");
      return { path, text, lines: text.trimEnd().split("\n") };
    });
}

/** What a file imports or re-exports, statically, by `import()` and in types: specifiers as written. */
export function importsOf(file: SourceFile): string[] {
  const statements = file.text.matchAll(
    /^(?:import|export)\b[^;"'`]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm,
  );
  const calls = file.text.matchAll(/\bimport\(\s*"([^"]+)"/g);
  return [...statements, ...calls].map((match) => (match[1] ?? match[2])!);
}

/** The path, from the top of the checkout, of a relative import. */
export function resolveImport(file: SourceFile, specifier: string): string {
  return posix.join(posix.dirname(file.path), specifier);
}
