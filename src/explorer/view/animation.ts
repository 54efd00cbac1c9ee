/** @file The animation's section: two canvases on one clock, and what plays them. */

import { html, nothing, type TemplateResult } from "lit-html";
import {
  finish,
  isOver,
  MODES,
  placeOf,
  resetAnimation,
  SPEEDS,
  stepHop,
  stepProduct,
  togglePlay,
} from "../animation/player.ts";
import type { App } from "../app.ts";
import { formatFma } from "../numbers.ts";

/** The section. */
export function animationView(app: App): TemplateResult {
  const ui = app.ui.animation;
  const divided = ui.passes?.dividedBy ?? 1;
  return html`<section id="animation" aria-labelledby="animation-title">
    <h2 id="animation-title">Watch the Jacobian fill</h2>
    <p class="lead">A JVP pushes one seed through the layers and fills a <b>column</b>; a VJP pulls one back and fills a
      <b>row</b>. Both modes run on one clock, with the values of a real network with random weights.</p>
    ${playerView(app)}
    <div class="race">
      ${MODES.map((mode) => modeView(app, mode))}
    </div>
    ${
      divided > 1
        ? html`<p class="note">This network is too large to be computed as you watch: all widths are divided by ${divided} here
            (${ui.passes!.columns.join("-")}).</p>`
        : nothing
    }
    <p class="note">Colours: the sign and size of an entry, relative to the largest of its vector; in J to the largest of its
      first rows and columns.</p>
  </section>`;
}

function playerView(app: App): TemplateResult {
  const ui = app.ui.animation;
  const over = isOver(ui);
  return html`<div class="player" role="group" aria-label="Animation">
    ${
      app.still
        ? html`<p class="note">Your system asks for less motion: step through instead.</p>`
        : html`<button type="button" class="primary play" @click=${() => togglePlay(app)}>${
            ui.playing ? "Pause" : over ? "Play again" : "Play"
          }</button>`
    }
    <button type="button" class="step" ?disabled=${over} @click=${() => stepHop(app)}>Step: a layer</button>
    <button type="button" class="product" ?disabled=${over} @click=${() => stepProduct(app)}>Step: a product</button>
    <button type="button" ?disabled=${over} @click=${() => finish(app)}>To the end</button>
    <button type="button" ?disabled=${ui.tick < 0} @click=${() => {
      resetAnimation(app, false);
      app.redraw();
    }}>Back to the start</button>
    ${
      app.still
        ? nothing
        : html`<label class="speed">Speed <input type="range" min="0" max=${SPEEDS.length - 1} step="1"
            .value=${String(ui.speed)} aria-valuetext=${`${SPEEDS[ui.speed]} layers a second`} @input=${(
              event: Event,
            ) => {
              ui.speed = Number((event.target as HTMLInputElement).value);
              app.redraw();
            }}><output>${SPEEDS[ui.speed]}/s</output></label>`
    }
  </div>`;
}

function modeView(app: App, mode: (typeof MODES)[number]): TemplateResult {
  const ui = app.ui.animation;
  const forward = mode === "forward";
  const count =
    ui.passes === null ? (forward ? app.model.n : app.model.m) : forward ? ui.passes.n : ui.passes.m;
  const place = placeOf(ui, mode);
  const noun = forward ? "JVP" : "VJP";
  const part = forward ? "column" : "row";
  const state =
    place === null
      ? `${formatFma(count)} ${noun}${count === 1 ? "" : "s"} to do`
      : place.done
        ? `done after ${formatFma(count)} ${noun}${count === 1 ? "" : "s"}`
        : `${noun} ${formatFma(place.product + 1)} of ${formatFma(count)}: ${part} ${formatFma(place.product + 1)}`;
  return html`<figure class=${`mode ${mode} ${place?.done ? "done" : ""}`}>
    <figcaption><b>${forward ? "Forward" : "Reverse"}</b> <span class="place" data-place=${mode}>${state}</span></figcaption>
    <canvas data-mode=${mode} role="img" aria-label=${`${forward ? "Forward" : "Reverse"} mode: ${state}`}></canvas>
    <progress max=${count} value=${place?.finished ?? 0} aria-label=${`${part}s of J that are filled`}></progress>
  </figure>`;
}
