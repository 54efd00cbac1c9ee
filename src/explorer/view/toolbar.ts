/** @file Presets, layers, activation and loss, and widths pasted as text. */

import { html, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { formatAddress, readWidths } from "../address.ts";
import type { App } from "../app.ts";
import { PRESETS, presetOf } from "../presets.ts";
import { CHOICES, type ExplorerState, MOST_LAYERS, withLayer, withoutLayer } from "../state.ts";

/** The presets as buttons, and the number of layers. */
export function presetsView(app: App): TemplateResult {
  const shown = presetOf(app.state);
  const { widths } = app.state;
  const layers = widths.length - 1;
  return html`<div class="choose"><div class="presets" role="group" aria-label="Networks to begin with">
    ${PRESETS.map(
      ({ id, name, network }) => html`<button type="button" class="chip" data-preset=${id}
        aria-pressed=${shown === id ? "true" : "false"} @click=${() => {
          app.ui.widthsProblem = null;
          app.change(network);
        }}>${name}</button>`,
    )}
  </div>
    <div class="stepper" role="group" aria-label="Number of layers">
      <button type="button" aria-label="Remove a layer" ?disabled=${layers <= 1}
        @click=${() => app.change({ widths: withoutLayer(widths) })}>−</button>
      <span><b>${layers}</b> layer${layers === 1 ? "" : "s"}</span>
      <button type="button" aria-label="Add a layer" ?disabled=${layers >= MOST_LAYERS}
        @click=${() => app.change({ widths: withLayer(widths) })}>+</button>
    </div>
  </div>`;
}

/** What else the network is made of. */
export function toolsView(app: App): TemplateResult {
  const { widths, activation, loss } = app.state;
  return html`<div class="tools">
    ${choiceView("Activation", ACTIVATION_NAMES, activation, (value) => app.change({ activation: value }))}
    ${choiceView("Loss", LOSS_NAMES, loss, (value) => app.change({ loss: value }))}
    <form class="paste" @submit=${(event: SubmitEvent) => onPaste(app, event)}>
      <label>Widths <input name="widths" type="text" spellcheck="false" autocomplete="off" maxlength="200"
        .value=${widths.join("-")} aria-describedby="widths-problem"></label>
      <button type="submit">Set</button>
    </form>
    ${linkView(app)}
  </div>`;
}

/** A link to exactly this network, on the whole page: to copy, or to get out of a frame. */
export function linkView(app: App): TemplateResult {
  const page = location.href.replace(/[?#].*$/s, "");
  const address = formatAddress({ ...app.state, view: "all" });
  return html`<a class="link" href=${page + address} target="_blank" rel="noopener">Link to this network</a>`;
}

const ACTIVATION_NAMES: Readonly<Record<ExplorerState["activation"], string>> = {
  none: "none",
  relu: "ReLU",
  tanh: "tanh",
  sigmoid: "sigmoid",
  softplus: "softplus",
};

const LOSS_NAMES: Readonly<Record<ExplorerState["loss"], string>> = {
  none: "none",
  softmaxCrossEntropy: "softmax cross entropy",
};

function choiceView<Value extends string>(
  label: "Activation" | "Loss",
  names: Readonly<Record<Value, string>>,
  chosen: Value,
  choose: (value: Value) => void,
): TemplateResult {
  const values = CHOICES[
    label === "Activation" ? "activation" : "loss"
  ] as readonly string[] as readonly Value[];
  return html`<label>${label}
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Value)}
      .value=${live(chosen)}>
      ${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${names[value]}</option>`)}
    </select></label>`;
}

function onPaste(app: App, event: SubmitEvent): void {
  event.preventDefault();
  const input = (event.target as HTMLFormElement).elements.namedItem("widths") as HTMLInputElement;
  try {
    const widths = readWidths(input.value);
    app.ui.widthsProblem = null;
    app.change({ widths });
  } catch (error) {
    app.ui.widthsProblem = (error as Error).message;
    app.redraw();
  }
}
