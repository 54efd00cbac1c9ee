/** @file Bundles code for browsers with esbuild, and refuses what only Node has. (N) */

import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The folder of the page's code. */
export const EXPLORER = dirname(dirname(fileURLToPath(import.meta.url)));

/** The repository, to which paths of inputs are relative. */
const ROOT = dirname(dirname(EXPLORER));

/** A script, and the files that went into it. */
export type Bundle = {
  /** JavaScript that nothing can end a `<script>` element in. */
  readonly script: string;
  /** Paths from the repository's root, sorted. */
  readonly inputs: readonly string[];
};

/**
 * Bundles one entry with all that it imports.
 *
 * @param entry - a file of `src/explorer`
 * @throws {Error} what esbuild says, e.g. that a module of Node is imported, by whom and where
 */
export async function bundle(entry: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(EXPLORER, entry)],
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
    // Only code for Node reads it, behind a check that there is one.
    define: { "import.meta.url": '""', "process.env.NODE_ENV": '"production"' },
  });
  const script = outputFiles[0]!.text
    .replace(/<\/(?=script)/gi, "<\\/")
    .replaceAll("<!--", "\\x3c!--")
    .trimEnd();
  return {
    script,
    inputs: Object.keys(metafile.inputs)
      .map((path) => relative(".", path))
      .sort(),
  };
}
