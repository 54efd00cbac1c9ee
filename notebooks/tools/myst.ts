/** @file Notebooks as MyST Markdown with their outputs, for books that shall not run them again. (N) */

import { join } from "node:path";
import { fenced } from "../../analysis/report/escape.ts";
import { createFolder, listFolder, removePath, writeFileAtomic } from "../../src/files.ts";
import { hasTag, type Made, readMade, unfolded } from "./committed.ts";
import { retargetMarkdown } from "./links.ts";
import type { Cell, CodeCell, Output } from "./notebook.ts";
import type { Places } from "./places.ts";

/** A page and the pictures that it shows, by their paths from the page. */
export type MystPage = { readonly text: string; readonly pictures: ReadonlyMap<string, Uint8Array> };

const PICTURES = "images";

/**
 * Writes `NN-name.md` for every notebook, and the pictures beside them.
 *
 * @param places - `notebooks` to `myst`; pictures that no page shows any more are removed
 * @returns the paths of the pages
 * @throws {JacobenchError} `ERR_FILE`
 */
export function writeMyst(places: Places): string[] {
  createFolder(join(places.myst, PICTURES));
  const made = readMade(places);
  const kept = new Set<string>();
  const paths = made.map((one) => {
    const { text, pictures } = mystPage(one);
    for (const [path, bytes] of pictures) {
      kept.add(path);
      writeFileAtomic(join(places.myst, path), bytes);
    }
    const path = join(places.myst, `${one.name}.md`);
    writeFileAtomic(path, text);
    return path;
  });
  for (const file of listFolder(join(places.myst, PICTURES)))
    if (!kept.has(`${PICTURES}/${file}`)) removePath(join(places.myst, PICTURES, file));
  const pages = new Set(made.map(({ name }) => `${name}.md`));
  for (const file of listFolder(places.myst))
    if (/^\d\d-.*\.md$/.test(file) && !pages.has(file)) removePath(join(places.myst, file));
  return paths;
}

/**
 * Writes a notebook as MyST. Code is a plain fence, not a `code-cell`: no book runs it. Charts are pictures with their
 * descriptions as alternative texts; solutions are folded.
 *
 * @param made - a notebook that has been run
 */
export function mystPage({ name, notebook }: Made): MystPage {
  const pictures = new Map<string, Uint8Array>();
  const addPicture = (base64: string): string => {
    const path = `${PICTURES}/${name}-${pictures.size + 1}.png`;
    pictures.set(path, Buffer.from(base64, "base64"));
    return path;
  };
  const parts = notebook.cells.map((cell) => cellText(cell, addPicture));
  const head = `% Made from ${name}.ipynb by \`npm run notebooks\`; do not edit.`;
  return { text: `${[head, ...parts.filter((part) => part !== "")].join("\n\n")}\n`, pictures };
}

function cellText(cell: Cell, addPicture: (base64: string) => string): string {
  if (cell.cell_type === "markdown") {
    const source = retargetMarkdown(cell.source, { extension: ".md", notebooks: ".." });
    const solution = unfolded(source);
    return solution === null ? source : dropdown(solution.summary, solution.text);
  }
  const shown = [fenced(cell.source, "typescript"), ...outputTexts(cell, addPicture)].join("\n\n");
  return hasTag(cell, "solution") ? dropdown("Solution (code)", shown) : shown;
}

function outputTexts(cell: CodeCell, addPicture: (base64: string) => string): string[] {
  return cell.outputs.map((output) => outputText(output, addPicture));
}

function outputText(output: Output, addPicture: (base64: string) => string): string {
  if (output.output_type === "stream") return fenced(output.text.trimEnd(), "text");
  if (output.output_type === "error") return fenced(`${output.ename}: ${output.evalue}`, "text");
  const plain = String(output.data["text/plain"] ?? "");
  const picture = output.data["image/png"];
  if (typeof picture === "string") {
    const [title, ...description] = plain.split("\n");
    return directive(
      "figure",
      addPicture(picture),
      `:alt: ${description.join(" ")}\n\n${title!.replace(/^Chart: /, "")}`,
    );
  }
  const markdown = output.data["text/markdown"];
  return typeof markdown === "string" ? markdown : fenced(plain, "text");
}

function dropdown(title: string, text: string): string {
  return directive("admonition", title, `:class: dropdown\n\n${text}`);
}

/** A directive whose fence is longer than those inside. */
function directive(name: string, argument: string, body: string): string {
  return fenced(body, `{${name}} ${argument}`);
}
