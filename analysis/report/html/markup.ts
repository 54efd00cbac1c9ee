/** @file Texts as HTML that can only be text, and data as JSON that cannot leave its script element. Pure. */

import { unbroken } from "../../text.ts";
import { marked, type RichText } from "../blocks.ts";

/** What no page should hold: control characters but for line ends and tabs, and marks that turn reading around. */
const UNWANTED = /(?![\n\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Escapes a text for the content of an element or a quoted attribute.
 *
 * @param text - anything; line ends and tabs are kept
 */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(UNWANTED, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/**
 * Writes data for a `<script type="application/json">`: JSON in which nothing ends the element or begins a comment,
 * and which is JavaScript too.
 *
 * @param data - what JSON can hold
 */
export function inlineJson(data: unknown): string {
  return JSON.stringify(data)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

/**
 * Prose for reading: an interval, a number and its unit, and `= 1` are not broken at the ends of lines.
 *
 * @param text - anything
 */
export function proseHtml(text: string): string {
  return escapeHtml(unbroken(text));
}

/** A text with its marks. */
export function inlineHtml(text: RichText): string {
  return typeof text === "string" ? proseHtml(text) : marked(text).map(spanHtml).join("");
}

function spanHtml(span: ReturnType<typeof marked>[number]): string {
  if (typeof span === "string") return proseHtml(span);
  switch (span.kind) {
    case "strong":
      return `<strong>${escapeHtml(span.text)}</strong>`;
    case "code":
      return `<code>${escapeHtml(span.text)}</code>`;
    case "link":
      return `<a href="${escapeHtml(safeAddress(span.href))}">${escapeHtml(span.text)}</a>`;
  }
}

/** Addresses are relative, of a part of this page, or of the web; a scheme that runs code leads to the page itself. */
function safeAddress(href: string): string {
  return /^(?:https?:\/\/|#|(?![a-z][a-z0-9+.-]*:|\/\/))/i.test(href) ? href : "#";
}
