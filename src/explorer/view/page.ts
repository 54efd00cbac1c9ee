/** @file The whole page, or the one part that the address asks for. */

import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import { sentenceOf } from "../sentences.ts";
import { animationView } from "./animation.ts";
import { codeView } from "./code.ts";
import { costsView } from "./costs.ts";
import { guessedView, guessView } from "./guess.ts";
import { blocksView, copiesView } from "./jacobians.ts";
import { measureView } from "./measure.ts";
import { networkView } from "./network.ts";
import { linkView, presetsView, toolsView } from "./toolbar.ts";

/** The view of everything. */
export function pageView(app: App): TemplateResult {
  const { view } = app.state;
  return html`
    ${problemsView(app)}
    ${view === "all" || view === "cost" ? heroView(app) : captionView(app)}
    ${(view === "all" || view === "cost") && !app.state.guess ? costsView(app) : nothing}
    ${view === "all" || view === "animation" ? animationView(app) : nothing}
    ${view === "all" || view === "measure" ? measureView(app) : nothing}
    ${view === "all" ? codeView(app) : nothing}`;
}

/** The network under the hand, and the answer. */
function heroView(app: App): TemplateResult {
  return html`<section id="network" class="hero" aria-label="The network">
    ${presetsView(app)}
    ${networkView(app)}
    ${
      app.state.guess
        ? guessView(app)
        : html`${answerView(app)}
          ${blocksView(app)}
          ${copiesView(app)}`
    }
    ${toolsView(app)}
  </section>`;
}

function answerView(app: App): TemplateResult {
  const { head, rest } = sentenceOf(app.model);
  return html`<div class="answer">
    <p id="answer" tabindex="-1"><strong>${head}</strong> <span>${rest}</span></p>
    ${guessedView(app)}
  </div>`;
}

/** For a part alone: which network it is about. */
function captionView(app: App): TemplateResult {
  const { widths, activation, loss } = app.state;
  const words = [
    widths.join("-"),
    ...(activation === "none" ? [] : [activation]),
    ...(loss === "none" ? [] : ["softmax cross entropy"]),
  ];
  return html`<div class="part">${presetsView(app)}
    <p class="kicker">The network: <b>${words.join(", ")}</b> · n = ${app.model.n}, m = ${app.model.m} · ${linkView(app)}</p></div>`;
}

function problemsView(app: App): TemplateResult | typeof nothing {
  const { problems } = app.ui;
  if (problems.length === 0) return nothing;
  return html`<div class="problem" role="alert" id="address-problem">
    <p><b>A part of this page’s address cannot be used.</b></p>
    ${problems.map((problem) => html`<p>${problem}</p>`)}
    <button type="button" class="quiet" @click=${() => {
      app.ui.problems = [];
      app.redraw();
    }}>Close</button>
  </div>`;
}
