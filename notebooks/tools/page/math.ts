/** @file Mathematics as HTML by KaTeX, and the style and fonts that a page needs for what stands in it. (N) */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import katex from "katex";
import { JacobenchError } from "../../../src/errors.ts";

const FOLDER = dirname(createRequire(import.meta.url).resolve("katex/dist/katex.min.css"));

/**
 * Renders a formula: drawn, with MathML beside it for screen readers. MathML alone would be smaller, but where a system has
 * no mathematical font it shows boxes for letters.
 *
 * @param tex - without dollars
 * @param display - on a line of its own
 * @returns HTML without scripts
 * @throws {JacobenchError} `ERR_CONFIG` if KaTeX does not understand it
 */
export function mathHtml(tex: string, display: boolean): string {
  try {
    return katex.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      strict: "error",
      trust: false,
    });
  } catch (error) {
    const what = (error as Error).message.replace(/^KaTeX parse error: /, "");
    throw new JacobenchError("ERR_CONFIG", `the formula $${tex}$ cannot be drawn: ${what}`);
  }
}

/** A face of a font family. */
type Face = { readonly family: string; readonly weight: string; readonly style: string };

/**
 * KaTeX's style sheet with the faces that a page uses, inside of it.
 *
 * @param html - of the page
 * @returns CSS; empty where there is no mathematics
 */
export function mathStyle(html: string): string {
  if (!html.includes('class="katex-html')) return "";
  const css = readFileSync(join(FOLDER, "katex.min.css"), "utf8");
  const faces = [...css.matchAll(/@font-face\{([^}]*)\}/g)].map((match) => match[1]!);
  const classes = classesOf(html);
  const rules = rulesFor(css.replace(/@font-face\{[^}]*\}/g, ""), classes);
  const used = usedFaces(rules);
  const embedded = faces
    .filter((body) => used.some((face) => sameFace(face, faceOf(body, "normal"))))
    .map((body) => `@font-face{${body.replace(/src:[^;}]*/, `src:url(${fontData(body)}) format("woff2")`)}}`);
  return embedded.join("") + rules;
}

function fontData(body: string): string {
  const file = /fonts\/(KaTeX_[\w-]+\.woff2)/.exec(body)![1]!;
  return `data:font/woff2;base64,${readFileSync(join(FOLDER, "fonts", file)).toString("base64")}`;
}

function classesOf(html: string): Set<string> {
  return new Set([...html.matchAll(/class="([^"]*)"/g)].flatMap((match) => match[1]!.split(" ")));
}

/** The rules that have something to do on the page: those of which all classes stand in it. */
function rulesFor(css: string, classes: ReadonlySet<string>): string {
  return [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .map(([, selectors, body]) => {
      const kept = selectors!
        .split(",")
        .filter((selector) =>
          [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].every(([, name]) => classes.has(name!)),
        );
      return kept.length === 0 ? "" : `${kept.join(",")}{${body}}`;
    })
    .join("");
}

function usedFaces(rules: string): Face[] {
  return [...rules.matchAll(/\{([^{}]*)\}/g)].flatMap(([, body]) =>
    /font-family:"?KaTeX|font:[^;]*KaTeX|font-weight|font-style/.test(body!)
      ? [faceOf(body!, "KaTeX_Main")]
      : [],
  );
}

function faceOf(body: string, otherwise: string): Face {
  return {
    family: /font(?:-family)?:[^;]*?(KaTeX_\w+)/.exec(body)?.[1] ?? otherwise,
    weight: /font-weight:(\w+)/.exec(body)?.[1]?.replace("normal", "400").replace("bold", "700") ?? "400",
    style: /font-style:(\w+)/.exec(body)?.[1] ?? "normal",
  };
}

function sameFace(a: Face, b: Face): boolean {
  return a.family === b.family && a.weight === b.weight && a.style === b.style;
}
