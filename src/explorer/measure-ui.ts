/** @file The measurement as the page sees it: started, followed, cancelled, kept until the next one; files to download. */

import type { App } from "./app.ts";
import type {
  MeasuredPoint,
  MeasurementOutcome,
  MeasurementProgress,
  MeasurementRequest,
  RunningMeasurement,
} from "./measure/request.ts";
import { startMeasurement } from "./measure/session.ts";

/** The element of the page that holds the worker's script as text. */
export const WORKER_SOURCE_ID = "worker-source";

/** The element of the page that holds {@link PageData}. */
export const PAGE_DATA_ID = "page-data";

/** What the build tells the page. */
export type PageData = { readonly software: MeasurementRequest["software"] };

/** What the page remembers of measurements. */
export type MeasureUi = {
  length: MeasurementRequest["length"];
  running: RunningMeasurement | null;
  progress: MeasurementProgress | null;
  /** Medians so far, one a case and mode. */
  points: ReadonlyMap<string, MeasuredPoint>;
  outcome: MeasurementOutcome | null;
  /** The network that was measured. */
  network: string;
  /** A sentence for the reader where it failed. */
  failure: string | null;
};

/** Before the first measurement. */
export function createMeasureUi(): MeasureUi {
  return {
    length: "full",
    running: null,
    progress: null,
    points: new Map(),
    outcome: null,
    network: "",
    failure: null,
  };
}

/**
 * Starts a measurement of the shown network.
 *
 * @param app - the page
 */
export function startMeasuring(app: App): void {
  const ui = app.ui.measure;
  if (ui.running !== null) return;
  const { widths, activation } = app.state;
  const { software } = JSON.parse(textOf(PAGE_DATA_ID)) as PageData;
  ui.progress = null;
  ui.points = new Map();
  ui.outcome = null;
  ui.failure = null;
  ui.network = widths.join("-");
  const request: MeasurementRequest = {
    widths,
    activation: activation === "none" ? undefined : activation,
    length: ui.length,
    software,
  };
  const running = startMeasurement(request, textOf(WORKER_SOURCE_ID), (progress) => {
    ui.progress = progress;
    const { latest } = progress;
    if (latest !== null) ui.points = new Map(ui.points).set(`${latest.case} ${latest.mode}`, latest);
    app.redraw();
  });
  ui.running = running;
  app.say("Measuring.");
  app.redraw();
  running.finished
    .then((outcome) => {
      ui.outcome = outcome;
      app.say(outcome.kind === "cancelled" ? "Measuring was cancelled." : outcome.sentences.join(" "));
    })
    .catch((error: unknown) => {
      ui.failure = error instanceof Error ? error.message : String(error);
      app.say(ui.failure);
    })
    .finally(() => {
      ui.running = null;
      app.redraw();
      app.settle();
    });
}

/** Ends the measurement that runs; what is there is kept if it is enough. */
export function cancelMeasuring(app: App): void {
  app.ui.measure.running?.cancel();
}

/**
 * Hands a file to the reader.
 *
 * @param name - of the file
 * @param type - its media type
 * @param content - its text
 */
export function download(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it when this turn is over; some take a moment longer.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function textOf(id: string): string {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element ${id}`);
  return element.textContent ?? "";
}
