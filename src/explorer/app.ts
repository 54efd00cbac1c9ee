/** @file The page's memory: the state of the address, what only this visit knows, and what happens after a change. */

import { formatAddress, parseAddress } from "./address.ts";
import type { AnimationUi } from "./animation/player.ts";
import type { Scale } from "./layout/scale.ts";
import type { MeasureUi } from "./measure-ui.ts";
import { type Model, modelOf } from "./model.ts";
import { type Answer, sentenceOf } from "./sentences.ts";
import type { ExplorerState } from "./state.ts";

/** What is not in the address. */
export type Ui = {
  /** Sentences about what was refused of the address. */
  problems: readonly string[];
  /** A sentence about widths that were typed. */
  widthsProblem: string | null;
  /** A column under the pointer: the scale stands still until it is let go. */
  drag: { readonly index: number; readonly scale: Scale } | null;
  guess: { mode: Answer["cheaper"] | null; times: number | null };
  /** What was guessed, once the answer is told. */
  guessed: { readonly mode: Answer["cheaper"]; readonly times: number } | null;
  copied: string | null;
  readonly animation: AnimationUi;
  readonly measure: MeasureUi;
};

/** What views see and call. */
export type App = {
  readonly state: ExplorerState;
  readonly model: Model;
  readonly ui: Ui;
  /** px of the content. */
  readonly width: number;
  readonly dark: boolean;
  /** Whether the reader asks for less motion. */
  readonly still: boolean;
  /** Changes the state; the address follows. */
  change(patch: Partial<ExplorerState>): void;
  /** Draws again after a change of `ui`. */
  redraw(): void;
  /** Draws the charts again, a moment later. */
  settle(): void;
  /** Says a sentence to those who listen to the page. */
  say(text: string): void;
};

/** What the page does when something changed. */
export type Hooks = {
  /** Draws everything that is cheap; at most once a frame. */
  readonly draw: (app: App) => void;
  /** Draws charts; a moment after the last change. */
  readonly settle: (app: App) => void;
  /** A new network was chosen. */
  readonly network: (app: App) => void;
};

/** ms after the last change until charts, the address and the spoken sentence follow. */
const SETTLED = { charts: 160, address: 300, speech: 900 } as const;

/**
 * Starts with what the address says.
 *
 * @param ui - fresh
 * @param content - the element whose width the drawings have
 * @param hooks - see {@link Hooks}
 */
export function createApp(ui: Ui, content: HTMLElement, hooks: Hooks): App {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let { state, problems } = parseAddress(location.search, location.hash);
  let model = modelOf(state);
  ui.problems = problems;
  // The drawings stand in sections of that padding, and a line of one px on each side.
  const inside = (): number => {
    const padding = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--pad"));
    return Math.floor(content.clientWidth - 2 * padding - 2);
  };
  let width = inside();
  let pending = false;
  const timers = new Map<keyof typeof SETTLED, number>();
  const later = (what: keyof typeof SETTLED, work: () => void): void => {
    clearTimeout(timers.get(what));
    timers.set(what, window.setTimeout(work, SETTLED[what]));
  };
  const app: App = {
    get state() {
      return state;
    },
    get model() {
      return model;
    },
    ui,
    get width() {
      return width;
    },
    get dark() {
      return dark.matches;
    },
    get still() {
      return still.matches;
    },
    change: (patch) => {
      adopt({ ...state, ...patch });
      later("address", writeAddress);
      if (!state.guess) {
        const { head, rest } = sentenceOf(model);
        later("speech", () => app.say(`${head} ${rest}`));
      }
    },
    redraw: () => {
      if (pending) return;
      pending = true;
      requestAnimationFrame(() => {
        pending = false;
        hooks.draw(app);
      });
    },
    settle: () => later("charts", () => hooks.settle(app)),
    say: (text) => {
      const announcer = document.getElementById("announcer");
      if (announcer !== null && announcer.textContent !== text) announcer.textContent = text;
    },
  };
  const adopt = (next: ExplorerState): void => {
    const before = networkText(state);
    state = next;
    if (networkText(state) !== before) {
      model = modelOf(state);
      hooks.network(app);
    }
    app.redraw();
    app.settle();
  };
  const writeAddress = (): void => {
    const address = formatAddress(state);
    if (address === location.hash) return;
    try {
      // Without a new entry in the history: the way back leads out of the page, not through every width.
      history.replaceState(history.state, "", address);
    } catch {
      // A frame without an address of its own cannot have one; all else works.
    }
  };
  addEventListener("hashchange", () => {
    const read = parseAddress(location.search, location.hash);
    ui.problems = read.problems;
    adopt(read.state);
  });
  for (const query of [dark, still]) {
    query.addEventListener("change", () => {
      app.redraw();
      app.settle();
    });
  }
  new ResizeObserver(() => {
    const now = inside();
    if (now === width) return;
    width = now;
    app.redraw();
    app.settle();
  }).observe(content);
  return app;
}

function networkText({ widths, activation, loss }: ExplorerState): string {
  return JSON.stringify([widths, activation, loss]);
}
