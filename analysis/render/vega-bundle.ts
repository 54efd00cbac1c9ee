/** @file Vega, Vega-Lite and Vega-Embed as one script to inline in pages, so that charts need no network. (N) */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** In the order in which they need each other; each has its minified script beside its module. */
const PARTS = [
  { name: "vega", module: require.resolve("vega") },
  { name: "vega-lite", module: require.resolve("vega-lite") },
  { name: "vega-embed", module: require.resolve("vega-embed") },
] as const;

let bundle: Promise<string> | undefined;

/**
 * The script that defines the globals `vega`, `vegaLite` and `vegaEmbed`; about 0.84 MB.
 *
 * It looks neither for a module loader (`define`, `module`) on the page, nor for anything on the network, and holds
 * nothing that could end a `<script>` element. The licence of the three packages stands at its head.
 *
 * @returns JavaScript to stand in a `<script>` element or a file, the same bytes for the same packages
 */
export function vegaBundle(): Promise<string> {
  bundle ??= makeBundle();
  return bundle;
}

async function makeBundle(): Promise<string> {
  const parts = await Promise.all(PARTS.map(readPart));
  const names = parts.map(({ name, version }) => `${name} ${version}`).join(", ");
  const licences = parts.map(({ name, licence }) => `${name}\n\n${licence.trim()}`).join("\n\n");
  return [
    `/*! ${names}`,
    ...licences.replaceAll("*/", "* /").split("\n"),
    "*/",
    // The scripts would hand themselves to a module loader where a page has one.
    "(function (define, module, exports) {",
    ...parts.map(({ script }) => script),
    "}).call(globalThis);",
    "",
  ].join("\n");
}

async function readPart(part: { readonly name: string; readonly module: string }) {
  const build = dirname(part.module);
  const [script, manifest, licence] = await Promise.all([
    readFile(join(build, `${part.name}.min.js`), "utf8"),
    readFile(join(build, "..", "package.json"), "utf8"),
    readFile(join(build, "..", "LICENSE"), "utf8"),
  ]);
  const { version } = JSON.parse(manifest) as { version: string };
  // In strings and regular expressions, the only places where these can stand, the escaped forms mean the same.
  const harmless = script
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, "")
    .replace(/<\/(?=script)/gi, "<\\/")
    .replaceAll("<!--", "\\x3c!--");
  return { name: part.name, version, licence, script: harmless };
}
