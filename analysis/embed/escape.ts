/** @file Texts as the kinds of pages want them that charts are embedded in: each escaper makes text that can only be text. Pure. */

import { escapeMarkdown } from "../report/escape.ts";
import { PRINTED_INTERVAL, plainText } from "../text.ts";

/**
 * Text for the Markdown of site builders, which gives a meaning to more characters than GitHub does: braces (MDX, MyST,
 * Vue, Pandoc's attributes, templates), carets (Pandoc), quotes (attributes), a per cent sign that begins a line (MyST).
 */
export function escapeRichMarkdown(text: string): string {
  return escapeMarkdown(text)
    .replace(/[{}^"]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/^%/, "&#37;");
}

/** Characters that could end an image's text or change it, and the nearest ones that mean nothing. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  "<": "‹",
  ">": "›",
  "[": "(",
  "]": ")",
  "{": "(",
  "}": ")",
  "*": "∗",
  "`": "ˋ",
  "~": "∼",
  $: "＄",
  "\\": "⧵",
  "&": "＆",
  '"': "”",
  "'": "’",
};

/**
 * Text for the brackets of a Markdown image.
 *
 * Entities and backslashes do not help there: markdown-it, and with it VitePress, Marp and others, drops escaped
 * characters from alternative texts; Docusaurus escapes quotes and ampersands twice. What could be markup is replaced
 * by its look instead; intervals keep their brackets, which are balanced.
 */
export function imageText(text: string): string {
  return plainText(text)
    .split(INTERVAL)
    .map((part, i) =>
      i % 2 === 1 ? part : part.replace(/[<>[\]{}*`~$\\&"']/g, (character) => LOOKALIKES[character]!),
    )
    .join("")
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "＿")
    .replace(/:(?=\/\/|[\w+-]+:)/g, "∶");
}

/** An interval where no address follows. */
const INTERVAL = new RegExp(`(${PRINTED_INTERVAL})(?![([:])`);

/** A string of JSON, which is one of JavaScript, Python and YAML too: printable characters stand as they are. */
export function quoted(text: string): string {
  return JSON.stringify(plainText(text));
}

/**
 * Text for LaTeX, compiled by pdfLaTeX as well as by the engines that read every character.
 *
 * pdfLaTeX stops at a character that no package has set up. The symbols of charts are written as commands of plain
 * LaTeX; Latin letters with accents stand as they are; any other character becomes its number, as in `[U+6570]`.
 */
export function escapeTex(text: string): string {
  return (
    plainText(text)
      // Exponents stand high: n^0.93.
      .split(/\^([−-]?\d+(?:\.\d+)?)/)
      .map((part, i) => {
        const escaped = [...part].map(texCharacter).join("");
        return i % 2 === 1 ? `\\textsuperscript{${escaped}}` : escaped;
      })
      .join("")
      // Two hyphens would become a dash.
      .replace(/-(?=-)/g, "-{}")
  );
}

function texCharacter(character: string): string {
  const command = TEX[character];
  if (command !== undefined) return command;
  const code = character.codePointAt(0)!;
  // ASCII, and the accented letters of Latin-1 and Latin Extended-A but for those that T1 and OT1 cannot compose.
  if (
    code < 0x7f ||
    (code >= 0xc0 && code <= 0x17f && /\p{L}/u.test(character) && !/[ĸŉſĦħŦŧ]/.test(character))
  )
    return character;
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

const GREEK = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "varepsilon",
  η: "eta",
  θ: "theta",
  κ: "kappa",
  λ: "lambda",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  τ: "tau",
  φ: "varphi",
  χ: "chi",
  ω: "omega",
  Γ: "Gamma",
  Δ: "Delta",
  Λ: "Lambda",
  Π: "Pi",
  Σ: "Sigma",
  Φ: "Phi",
  Ω: "Omega",
  "∝": "propto",
  "≈": "approx",
  "≤": "le",
  "≥": "ge",
  "≠": "ne",
  "∈": "in",
  "∂": "partial",
  "∇": "nabla",
  "→": "to",
  "∞": "infty",
  "×": "times",
  "·": "cdot",
  "±": "pm",
  "−": "-",
  "∘": "circ",
  µ: "mu",
  μ: "mu",
  "√": "surd",
  ...(Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹⁻"].map((sign, i) => [sign, `^${"0123456789-"[i]}`])) as Record<
    string,
    string
  >),
} as const;

const TEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "''",
  "`": "\\textasciigrave{}",
  "–": "\\textendash{}",
  "—": "\\textemdash{}",
  "…": "\\ldots{}",
  "“": "``",
  "”": "''",
  "‘": "`",
  "’": "'",
  "\u00a0": "~",
  "\u202f": "\\,",
  "\u2009": "\\,",
  "°": "\\textdegree{}",
  "©": "\\textcopyright{}",
  "®": "\\textregistered{}",
  "™": "\\texttrademark{}",
  "€": "\\texteuro{}",
  "§": "\\S{}",
  ...Object.fromEntries(
    Object.entries(GREEK).map(([character, name]) => [
      character,
      /^[a-z]/i.test(name) ? `\\ensuremath{\\${name}}` : `\\ensuremath{${name}}`,
    ]),
  ),
};
