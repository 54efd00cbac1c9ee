/** @file The section that measures in the reader's browser: start, progress, cancel, points as they come, the finding, files. */

import { html, nothing, svg, type TemplateResult } from "lit-html";
import { formatSeconds, superscript } from "../../../analysis/text.ts";
import type { App } from "../app.ts";
import type { Measured, MeasuredPoint, MeasurementProgress } from "../measure/request.ts";
import { cancelMeasuring, download, startMeasuring } from "../measure-ui.ts";

/** The element that the final chart is drawn into. */
export const MEASURED_PLOT = "plot-measured";

/** The section. */
export function measureView(app: App): TemplateResult {
  const ui = app.ui.measure;
  const running = ui.running !== null;
  const outcome = ui.outcome !== null && ui.outcome.kind !== "cancelled" ? ui.outcome : null;
  return html`<section id="measure" aria-labelledby="measure-title">
    <h2 id="measure-title">Measure it here</h2>
    <p class="lead">Does the time on <b>your</b> device grow as n·Σ and m·Σ? Both modes are timed on networks of this form in
      many sizes, in fresh Web Workers, by the code and the method of the command. Nothing leaves this page.</p>
    <div class="player" role="group" aria-label="Measurement">
      ${
        running
          ? html`<button type="button" class="primary cancel" @click=${() => cancelMeasuring(app)}>Cancel</button>`
          : html`<button type="button" class="primary start" @click=${() => startMeasuring(app)}>${outcome === null ? "Measure" : "Measure again"}</button>`
      }
      <label><input type="checkbox" class="quick" .checked=${ui.length === "quick"} ?disabled=${running}
        @change=${(event: Event) => {
          ui.length = (event.target as HTMLInputElement).checked ? "quick" : "full";
          app.redraw();
        }}> quick (no intervals)</label>
    </div>
    ${
      app.state.loss === "none"
        ? nothing
        : html`<p class="note">The loss is left out here: n and m must both vary for a law to be seen.</p>`
    }
    ${running || (ui.points.size > 0 && outcome === null) ? progressView(ui.progress, running) : nothing}
    ${ui.failure === null ? nothing : html`<p class="problem" role="alert">${ui.failure}</p>`}
    ${ui.outcome?.kind === "cancelled" ? html`<p class="note cancelled">Cancelled before there was enough for a result.</p>` : nothing}
    ${ui.points.size > 0 && outcome === null ? liveView(app, [...ui.points.values()]) : nothing}
    ${outcome === null ? nothing : outcomeView(outcome, ui.network)}
  </section>`;
}

const PHASES: Readonly<Record<MeasurementProgress["phase"], string>> = {
  pilot: "How fast is this device?",
  counting: "Counting multiply-adds …",
  measuring: "Measuring",
};

function progressView(progress: MeasurementProgress | null, running: boolean): TemplateResult {
  if (progress === null || progress.total === 0) {
    return running
      ? html`<p class="progress">${PHASES[progress?.phase ?? "pilot"]} <progress aria-label="Measuring"></progress></p>`
      : html``;
  }
  const { done, total, secondsLeft } = progress;
  const left = secondsLeft === null ? "" : `, about ${Math.max(1, Math.ceil(secondsLeft))} s left`;
  return html`<p class="progress">${running ? `${PHASES[progress.phase]}: ${done} of ${total}${left}` : `Stopped at ${done} of ${total}`}
      <progress max=${total} value=${done} aria-label="Measuring"></progress></p>
    ${progress.warnings.map(({ message }) => html`<p class="note warning">${message}</p>`)}`;
}

function outcomeView(outcome: Measured, network: string): TemplateResult {
  const { sentences, warnings, fileName } = outcome;
  return html`<div class="outcome">
    <ul class="findings">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>
    ${outcome.kind === "partial" ? html`<p class="note">Cancelled: these are the rounds that were whole by then.</p>` : nothing}
    ${warnings.map(({ message }) => html`<p class="note warning">${message}</p>`)}
    <figure class="plotted"><div class="plot" id=${MEASURED_PLOT}></div>
      <figcaption>${network} and its form at other sizes: time against predicted FMA, both axes logarithmic.</figcaption></figure>
    <p class="actions">
      <button type="button" class="json" @click=${() => download(`${fileName}.json`, "application/json", outcome.json)}>results.json</button>
      <button type="button" class="csv" @click=${() => download(`${fileName}.csv`, "text/csv", outcome.csv)}>results.csv</button>
    </p>
    <p class="note">The JSON file is complete: <code>jacobench report</code> and <code>compare</code> take it, and
      <code>jacobench devices</code> puts a whole class into one chart.</p>
  </div>`;
}

/** Points as they come, on logarithmic axes; the chart with the fit comes at the end. */
function liveView(app: App, points: readonly MeasuredPoint[]): TemplateResult {
  const [width, height] = [Math.min(app.width, 680), 260];
  const edge = { left: 72, right: 36, top: 12, bottom: 46 };
  const decades = (values: readonly number[]): [number, number] => [
    Math.floor(Math.log10(Math.min(...values))),
    Math.max(Math.ceil(Math.log10(Math.max(...values))), Math.floor(Math.log10(Math.min(...values))) + 1),
  ];
  const work = decades(points.map((point) => point.work));
  const time = decades(points.map((point) => point.seconds));
  const x = (value: number): number =>
    edge.left + ((value - work[0]) / (work[1] - work[0])) * (width - edge.left - edge.right);
  const y = (value: number): number =>
    height - edge.bottom - ((value - time[0]) / (time[1] - time[0])) * (height - edge.top - edge.bottom);
  const ticks = ([low, high]: readonly [number, number]): number[] =>
    Array.from({ length: high - low + 1 }, (_, i) => low + i);
  return html`<ul class="legend"><li><span class="swatch forward"></span>forward</li><li><span class="swatch reverse"></span>reverse</li></ul>
  <svg class="live" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img" aria-label=${`${points.length} points so far`}>
    ${ticks(work).map(
      (
        tick,
      ) => svg`<line class="rule" x1=${x(tick)} x2=${x(tick)} y1=${edge.top} y2=${height - edge.bottom}></line>
        <text x=${x(tick)} y=${height - edge.bottom + 18} text-anchor="middle">${powerText(tick)}</text>`,
    )}
    ${ticks(time).map(
      (
        tick,
      ) => svg`<line class="rule" x1=${edge.left} x2=${width - edge.right} y1=${y(tick)} y2=${y(tick)}></line>
        <text x=${edge.left - 8} y=${y(tick) + 4} text-anchor="end">${formatSeconds(10 ** tick)}</text>`,
    )}
    ${points.map(
      ({ mode, work: fma, seconds }) =>
        svg`<circle class=${mode} cx=${x(Math.log10(fma))} cy=${y(Math.log10(seconds))} r="4"></circle>`,
    )}
    <text x=${(width + edge.left) / 2} y=${height - 6} text-anchor="middle">predicted FMA, n·Σ or m·Σ</text>
  </svg>`;
}

function powerText(exponent: number): string {
  return `10${superscript(exponent)}`;
}
