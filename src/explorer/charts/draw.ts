/** @file Draws Vega-Lite charts into the page, with the bundle that it brings; the old picture stays until the new one is there. */

import type { TopLevelSpec } from "vega-lite";

type Embedded = { finalize(): void };
type VegaEmbed = (element: HTMLElement, spec: object, options: object) => Promise<Embedded>;

/** The element of the page that holds the bundle as text, so that it is parsed after the first paint and not before. */
export const VEGA_SOURCE_ID = "vega-source";

let loaded: Promise<VegaEmbed> | null = null;

/** Runs the bundle once, after the page has been painted. */
function vegaEmbed(): Promise<VegaEmbed> {
  loaded ??= afterPaint().then(() => {
    const source = document.getElementById(VEGA_SOURCE_ID);
    if (source === null) throw new Error("charts: the page has no Vega in it");
    const script = document.createElement("script");
    script.textContent = source.textContent;
    performance.mark("vega-run");
    document.head.append(script);
    return (globalThis as unknown as { vegaEmbed: VegaEmbed }).vegaEmbed;
  });
  return loaded;
}

/** Two frames: the first is painted when the second begins. */
function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    // A page that is not shown has no frames.
    const timer = setTimeout(resolve, 500);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(timer);
        setTimeout(resolve, 0);
      }),
    );
  });
}

const drawn = new WeakMap<HTMLElement, { embedded: Embedded | null; turn: number }>();

/**
 * Draws a chart instead of what stood there.
 *
 * @param element - where; only the last of several calls for it draws
 * @param spec - with its data inside
 * @throws {Error} what Vega throws: a spec that cannot be drawn is a bug
 */
export async function drawChart(element: HTMLElement, spec: TopLevelSpec): Promise<void> {
  const before = drawn.get(element) ?? { embedded: null, turn: 0 };
  const turn = before.turn + 1;
  drawn.set(element, { ...before, turn });
  const embed = await vegaEmbed();
  if (drawn.get(element)!.turn !== turn || !element.isConnected) return;
  const fresh = document.createElement("div");
  fresh.className = "chart";
  const refuse = (): Promise<never> => Promise.reject(new Error("charts of this page load nothing"));
  const embedded = await embed(fresh, spec, {
    mode: "vega-lite",
    renderer: "svg",
    actions: false,
    // Expressions are interpreted: nothing in a chart is ever compiled.
    ast: true,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true, theme: "page" },
    loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
  });
  const now = drawn.get(element)!;
  if (now.turn !== turn) {
    embedded.finalize();
    return;
  }
  now.embedded?.finalize();
  element.replaceChildren(fresh);
  element.dataset.drawn = String(turn);
  drawn.set(element, { embedded, turn });
}
