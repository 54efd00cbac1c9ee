/** @file Makes a chart's SVG smaller for a page without changing the picture: what is default, unseen or said twice goes. Pure. */

/** Attributes with what they are anyway, or that only a live chart or a reader of single marks needs. */
const NEEDLESS =
  /\s(?:opacity="1"|stroke-width="1"|stroke-opacity="1"|fill-opacity="1"|pointer-events="none"|transform="translate\(0,0\)"|class="[^"]*"|role="[^"]*"|aria-[\w-]+="[^"]*")/g;

const NUMBER = "(-?[\\d.]+)";
const LINE = new RegExp(
  `<line(?: transform="translate\\(${NUMBER},${NUMBER}\\)")? x2="${NUMBER}" y2="${NUMBER}"([^>]*)/>`,
  "g",
);
const LINES = /(?:<path data-line="[^"]*"[^>]*\/>)+/g;

/**
 * Slims the SVG of `renderSvg`. The root keeps its role, title and description.
 *
 * @param svg - a document whose root has `role="img"`
 * @returns the same picture, commonly a quarter as long
 */
export function slimSvg(svg: string): string {
  const root = /<svg[^>]*>/.exec(svg)![0];
  const rest = svg
    .slice(svg.indexOf(root) + root.length)
    .replace(NEEDLESS, "")
    // The width of a stroke that is not drawn.
    .replace(/<(?:path|text)(?![^>]*\sstroke=)[^>]*>/g, (tag) => tag.replace(/\sstroke-width="[^"]*"/, ""))
    // Frames without lines and fills, and labels that had no room.
    .replace(/<path d="[^"]*"(?: display="none")?\/>/g, "")
    .replace(/<(rect|path|text)[^>]*display="none"[^>]*(?:\/>|>[^<]*<\/\1>)/g, "")
    .replace(/<text[^>]*(?:\/>|><\/text>)/g, "")
    .replace(/<text(?=[^>]*\sopacity="0")[^>]*>[^<]*<\/text>/g, "");
  const id = /aria-labelledby="([^" ]*)-title/.exec(root)?.[1] ?? "chart";
  return withSharedLooks(withSharedShapes(withoutEmptyGroups(joinLines(withSharedFont(root, rest))), id));
}

/** The font that all texts have in common is said once, at the root. */
function withSharedFont(root: string, rest: string): string {
  const fonts = [...new Set([...rest.matchAll(/\sfont-family="([^"]*)"/g)].map(([, name]) => name!))];
  if (fonts.length !== 1) return root + rest;
  return root.replace(/>$/, ` font-family="${fonts[0]}">`) + rest.replace(/\sfont-family="[^"]*"/g, "");
}

/** Neighbouring lines of one look, as those of a grid, become one path. */
function joinLines(svg: string): string {
  return svg
    .replace(LINE, (line, x = "0", y = "0", dx: string, dy: string, look: string) =>
      /opacity/.test(look) ? line : `<path data-line="M${x},${y}${stroke(dx, dy)}"${look}/>`,
    )
    .replace(LINES, (lines) => {
      const byLook: { look: string; d: string }[] = [];
      for (const [, d, look] of lines.matchAll(/<path data-line="([^"]*)"([^>]*)\/>/g)) {
        const last = byLook.at(-1);
        if (last?.look === look) last.d += d;
        else byLook.push({ look: look!, d: d! });
      }
      return byLook.map(({ look, d }) => `<path d="${d}"${look}/>`).join("");
    });
}

function stroke(dx: string, dy: string): string {
  if (dx === "0") return `v${dy}`;
  return dy === "0" ? `h${dx}` : `l${dx},${dy}`;
}

/** A symbol that stands often is drawn once and used. */
function withSharedShapes(svg: string, id: string): string {
  const counts = new Map<string, number>();
  for (const [, d] of svg.matchAll(/<path transform="[^"]*" d="([^"]{24,})"/g))
    counts.set(d!, (counts.get(d!) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count > 2).map(([d]) => d);
  if (shared.length === 0) return svg;
  const names = new Map(shared.map((d, i) => [d, `${id}-s${i}`]));
  const shapes = shared.map((d) => `<path id="${names.get(d)}" d="${d}"/>`).join("");
  return svg
    .replace(
      /<path (transform="[^"]*") d="([^"]*)"([^>]*)\/>/g,
      (tag, transform: string, d: string, look: string) => {
        const name = names.get(d);
        return name === undefined ? tag : `<use href="#${name}" ${transform}${look}/>`;
      },
    )
    .replace("</desc>", `</desc><defs>${shapes}</defs>`);
}

const INHERITED =
  /\s(?:fill|stroke|stroke-width|stroke-dasharray|font-size|font-weight|text-anchor)="[^"]*"/g;
const RUN = /(?:<(?:use|path)\s[^>]*\/>){3,}|(?:<text\s[^>]*>[^<]*<\/text>){3,}/g;

/** What neighbours have in common is said once, by a group around them; opacity is not, since it would mean another thing. */
function withSharedLooks(svg: string): string {
  const body = svg.indexOf("</defs>") + 1;
  const marks = svg.slice(body).replace(RUN, (run) => {
    const tags = [...run.matchAll(/<(?:use|path|text)\s[^>]*>/g)].map(([tag]) => tag);
    const common = (tags[0]!.match(INHERITED) ?? []).filter((attribute) =>
      tags.every(
        (tag) =>
          tag.includes(`${attribute} `) || tag.includes(`${attribute}>`) || tag.includes(`${attribute}/`),
      ),
    );
    if (common.length === 0) return run;
    const inner = run.replace(/<(?:use|path|text)\s[^>]*>/g, (tag) =>
      common.reduce((text, attribute) => text.replace(attribute, ""), tag),
    );
    return `<g${common.join("")}>${inner}</g>`;
  });
  return svg.slice(0, body) + marks;
}

function withoutEmptyGroups(svg: string): string {
  let before = "";
  let text = svg;
  while (text !== before) {
    before = text;
    text = text.replace(/<g[^>]*><\/g>/g, "").replace(/<g>((?:(?!<\/?g\b)[\s\S])*?)<\/g>/g, "$1");
  }
  return text;
}
