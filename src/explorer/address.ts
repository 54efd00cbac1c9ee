/** @file The state in the address bar: written after the `#`, read from there and from the query, odd input refused. Pure. */

import { plainText } from "../../analysis/text.ts";
import { CHOICES, type ChoiceName, type ExplorerState, MOST_LAYERS, OPENING, WIDEST } from "./state.ts";

/** What was understood of an address. */
export type ReadAddress = {
  readonly state: ExplorerState;
  /** A sentence for each part that was refused. */
  readonly problems: readonly string[];
};

/** Longer addresses are not looked at. */
const LONGEST_ADDRESS = 2000;

const CHOICE_NAMES = Object.keys(CHOICES) as ChoiceName[];
const KNOWN: readonly string[] = ["widths", "guess", ...CHOICE_NAMES];

/**
 * Reads a state. Nothing of an address is ever run or becomes markup; what cannot be understood is refused with a
 * sentence, and the opening's value stands instead.
 *
 * @param search - the query with its `?`, or nothing; names that are not the explorer's are left alone
 * @param hash - the fragment with its `#`, or nothing; what it says goes before the query
 */
export function parseAddress(search: string, hash: string): ReadAddress {
  if (search.length + hash.length > LONGEST_ADDRESS) {
    const length = search.length + hash.length;
    return {
      state: OPENING,
      problems: [`The address has ${length} characters; expected at most ${LONGEST_ADDRESS}.`],
    };
  }
  const [query, fragment] = [parametersOf(search), parametersOf(hash)];
  const problems: string[] = [];
  const unknown = [...fragment.keys()].find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    problems.push(
      `After the # stands ${quoted(unknown)}; expected widths=…, e.g. #widths=784-128-10, or one of ` +
        `${KNOWN.slice(1).join(", ")}.`,
    );
  }
  const given = (name: string): string | null => fragment.get(name) ?? query.get(name);
  const attempt = <Value>(name: string, read: (text: string) => Value, fallback: Value): Value => {
    const text = given(name);
    if (text === null) return fallback;
    try {
      return read(text);
    } catch (error) {
      problems.push((error as Error).message);
      return fallback;
    }
  };
  const choice = <Name extends ChoiceName>(name: Name): ExplorerState[Name] =>
    attempt(name, (text) => readChoice(name, text), OPENING[name]);
  const state: ExplorerState = {
    widths: attempt("widths", readWidths, OPENING.widths),
    activation: choice("activation"),
    loss: choice("loss"),
    plan: choice("plan"),
    code: choice("code"),
    view: choice("view"),
    // A link to a network shows it; without one the page opens with its question.
    guess: attempt("guess", readGuess, given("widths") === null && !isPart(given("view"))),
  };
  return { state, problems };
}

/**
 * Writes a state, so that {@link parseAddress} gives it back.
 *
 * @param state - what is shown
 * @returns the fragment with its `#`
 */
export function formatAddress(state: ExplorerState): string {
  const parts = [`widths=${state.widths.join("-")}`];
  for (const name of CHOICE_NAMES) if (state[name] !== OPENING[name]) parts.push(`${name}=${state[name]}`);
  if (state.guess) parts.push("guess=1");
  return `#${parts.join("&")}`;
}

/**
 * Reads widths as people write them: `784-128-10`, `784, 128, 10`, `[784, 128, 10]`, `784 → 128 → 10`.
 *
 * @param text - whole numbers with something between them
 * @returns 2 to 9 widths
 * @throws {Error} with a sentence that names what cannot be
 */
export function readWidths(text: string): number[] {
  const inside = text.trim().replace(/^[[({]|[\])}]$/g, "");
  const parts = inside.split(/\s*(?:,|;|→|->|–|×|(?<=[^\s,;-])-|\s)\s*/).filter((part) => part !== "");
  if (parts.length < 2) {
    throw new Error(`The widths are ${quoted(text)}; expected at least two, e.g. 784-128-10.`);
  }
  const odd = parts.find((part) => !/^\d{1,9}$/.test(part) || Number(part) < 1 || Number(part) > WIDEST);
  if (odd !== undefined) {
    throw new Error(`One of the widths is ${quoted(odd)}; expected whole numbers from 1 to 1,000,000.`);
  }
  if (parts.length > MOST_LAYERS + 1) {
    throw new Error(`There are ${parts.length - 1} layers; expected 1 to ${MOST_LAYERS} layers.`);
  }
  return parts.map(Number);
}

function readChoice<Name extends ChoiceName>(name: Name, text: string): ExplorerState[Name] {
  const values: readonly string[] = CHOICES[name];
  if (values.includes(text)) return text as ExplorerState[Name];
  throw new Error(`The ${name} is ${quoted(text)}; expected ${values.join(", ")}.`);
}

function readGuess(text: string): boolean {
  if (text === "1" || text === "0") return text === "1";
  throw new Error(`The guess is ${quoted(text)}; expected 1 (ask before the costs are told) or 0.`);
}

function isPart(view: string | null): boolean {
  return view !== null && view !== "all";
}

function parametersOf(text: string): URLSearchParams {
  return new URLSearchParams(text.replace(/^[?#]/, ""));
}

/** What was given, short and on one line. */
function quoted(text: string): string {
  const shown = plainText(text);
  return `“${shown.length > 40 ? `${shown.slice(0, 37).toWellFormed()}…` : shown}”`;
}
