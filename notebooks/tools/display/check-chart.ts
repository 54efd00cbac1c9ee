/** @file What every chart of a lesson must say: a title, a description, and what its axes show. Pure. */

import type { TopLevelSpec } from "vega-lite";

/** Shorter descriptions are hardly more than a name. */
const SHORTEST_DESCRIPTION = 30;

type Json = Readonly<Record<string, unknown>>;

/**
 * Finds what a reader of the chart would miss.
 *
 * @param spec - a Vega-Lite spec of one view, of layers, or of several views
 * @param description - the text for those who do not see the chart
 * @returns one sentence for each fault; none for a good chart
 */
export function chartFaults(spec: TopLevelSpec, description: string): string[] {
  const faults: string[] = [];
  if (description.trim().length < SHORTEST_DESCRIPTION) {
    faults.push(
      `the description is "${description}"; expected a sentence of at least ${SHORTEST_DESCRIPTION} characters that says what the picture shows`,
    );
  }
  if (titleOf(spec) === "") faults.push("there is no title; expected one that says the finding");
  const views = viewsOf(spec as unknown as Json);
  for (const [index, view] of views.entries()) {
    for (const axis of ["x", "y"]) {
      if (axisIsNamed(view, axis)) continue;
      // Of views side by side the first names the axis for all that say `title: null`.
      if (index > 0 && axisIsNamed(views[0]!, axis) && titlesOf(view, axis).includes(null)) continue;
      const where = views.length > 1 ? ` of view ${index + 1}` : "";
      faults.push(
        `the ${axis} axis${where} has no title; expected encoding.${axis}.title, with its unit (or axis: null)`,
      );
    }
  }
  return faults;
}

/**
 * The title of a chart in one line.
 *
 * @param spec - whose title may be a text, lines, or an object
 */
export function titleOf(spec: TopLevelSpec): string {
  const { title, usermeta } = spec;
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  const finding = (usermeta as { jacobench?: { finding?: unknown } } | undefined)?.jacobench?.finding;
  return (Array.isArray(text) ? text.join(" ") : String(text ?? finding ?? "")).trim();
}

/** Views side by side; each a list of layers that share their axes. */
function viewsOf(spec: Json): Json[][] {
  const side = ["concat", "hconcat", "vconcat"].flatMap((key) => (Array.isArray(spec[key]) ? spec[key] : []));
  if (side.length > 0) return (side as Json[]).flatMap(viewsOf);
  // In facets and repetitions the axes are those of the view inside.
  if (typeof spec.spec === "object" && spec.spec !== null) return viewsOf(spec.spec as Json);
  return [layersOf(spec)];
}

function layersOf(spec: Json): Json[] {
  const layers = Array.isArray(spec.layer) ? (spec.layer as Json[]).flatMap(layersOf) : [];
  return [spec, ...layers];
}

/** Whether the layers agree on a title for an axis, or have none of that axis. */
function axisIsNamed(layers: readonly Json[], axis: string): boolean {
  const drawn = channelsOf(layers, axis).filter((channel) => channel.axis !== null && !namesItself(channel));
  if (drawn.length === 0) return true;
  return drawn.some((channel) => {
    const own = titleOfChannel(channel);
    return typeof own === "string" ? own.trim() !== "" : Array.isArray(own) && own.length > 0;
  });
}

function titlesOf(layers: readonly Json[], axis: string): unknown[] {
  return channelsOf(layers, axis).map(titleOfChannel);
}

/** The channels of an axis that show data. */
function channelsOf(layers: readonly Json[], axis: string): Json[] {
  return layers.flatMap(({ encoding }) => {
    const channel = (encoding as Json | undefined)?.[axis] as Json | undefined;
    return channel !== undefined && ("field" in channel || "aggregate" in channel) ? [channel] : [];
  });
}

function titleOfChannel({ axis, title }: Json): unknown {
  const own = (axis as Json | null | undefined)?.title;
  return own === undefined ? title : own;
}

/** Names on an axis need no title where the spec says so itself. */
function namesItself(channel: Json): boolean {
  return titleOfChannel(channel) === null && (channel.type === "nominal" || channel.type === "ordinal");
}
