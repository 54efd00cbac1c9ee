/** @file "Guess first": a question before the costs are told, and what came of the guess. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import { counted, formatTimes } from "../numbers.ts";
import { type Answer, answerOf } from "../sentences.ts";

const CHEAPER: readonly (readonly [Answer["cheaper"], string, string])[] = [
  ["forward", "Forward mode", "push vectors from input to output"],
  ["reverse", "Reverse mode", "pull vectors from output to input"],
  ["equal", "Neither", "both cost about the same"],
];

const TIMES: readonly (readonly [number, string])[] = [
  [2, "2 times"],
  [10, "10 times"],
  [100, "100 times"],
  [1000, "1000 times"],
];

/** The question. */
export function guessView(app: App): TemplateResult {
  const { n, m } = app.model;
  const { mode, times } = app.ui.guess;
  const complete = mode === "equal" || (mode !== null && times !== null);
  return html`<form class="guess" aria-labelledby="guess-question" @submit=${(event: SubmitEvent) => {
    event.preventDefault();
    if (complete) reveal(app);
  }}>
    <p class="kicker">Guess first</p>
    <h2 id="guess-question">This network turns ${counted(n, "number")} into ${m === 1 ? "one" : m}. You want
      ${m === 1 ? "the derivative by every input" : "the whole Jacobian"}. Which way is cheaper?</h2>
    <fieldset><legend class="unseen">The cheaper way</legend>
      ${CHEAPER.map(
        ([value, name, what]) => html`<label class=${`option ${value}`}>
          <input type="radio" name="guess-mode" value=${value} .checked=${mode === value} @change=${() => {
            app.ui.guess = { ...app.ui.guess, mode: value };
            app.redraw();
          }}><span><b>${name}</b><small>${what}</small></span></label>`,
      )}
    </fieldset>
    <fieldset class="times" ?disabled=${mode === "equal"}><legend>By how much, about?</legend>
      ${TIMES.map(
        ([value, name]) => html`<label class="option small">
          <input type="radio" name="guess-times" value=${value} .checked=${times === value} @change=${() => {
            app.ui.guess = { ...app.ui.guess, times: value };
            app.redraw();
          }}><span>${name}</span></label>`,
      )}
    </fieldset>
    <p class="actions"><button type="submit" class="primary" ?disabled=${!complete}>Reveal</button>
      <button type="button" class="quiet" @click=${() => reveal(app)}>Just show me</button></p>
  </form>`;
}

/** What was guessed against what is counted, until another network is chosen. */
export function guessedView(app: App): TemplateResult | typeof nothing {
  const { guessed } = app.ui;
  if (guessed === null) return nothing;
  const { cheaper, times } = answerOf(app.model);
  const said = CHEAPER.find(([value]) => value === guessed.mode)![1].toLowerCase();
  const right = guessed.mode === cheaper;
  const near = right && (cheaper === "equal" || Math.abs(Math.log10(guessed.times / times)) < 0.5);
  const by = guessed.mode === "equal" ? "" : `, about ${guessed.times} times`;
  const verdict = near ? "You saw it." : right ? "The right way; look at how much." : "Look again:";
  return html`<p class="guessed" data-right=${right ? "yes" : "no"}>You guessed ${said}${by}; counted: ${
    cheaper === "equal" ? "the same" : `${cheaper} mode, ${formatTimes(times)} times`
  }. ${verdict}</p>`;
}

function reveal(app: App): void {
  const { mode, times } = app.ui.guess;
  app.ui.guessed = mode === null ? null : { mode, times: times ?? 1 };
  app.ui.guess = { mode: null, times: null };
  app.change({ guess: false });
  // The form with the focus goes; the answer takes it.
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById("answer")?.focus()));
}
