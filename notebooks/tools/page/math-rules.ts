/** @file Teaches markdown-it the dollars of mathematics: `$…$` in a line, `$$…$$` on lines of its own. Pure. */

import type { MarkdownIt } from "markdown-it";

/**
 * Adds tokens `math_inline` and `math_block`, whose content is TeX.
 *
 * As in Jupyter and Pandoc, a dollar opens where no space follows and closes where none stands before and no digit follows;
 * `\$` is a dollar.
 *
 * @param md - changed in place
 */
export function addMathRules(md: MarkdownIt): void {
  md.inline.ruler.after("escape", "math_inline", (state, silent) => {
    const { src, pos } = state;
    if (src[pos] !== "$") return false;
    const double = src[pos + 1] === "$";
    const marker = double ? "$$" : "$";
    const begin = pos + marker.length;
    if (!double && /\s/.test(src[begin] ?? " ")) return false;
    const end = closing(src, begin, marker);
    if (end < 0 || end === begin) return false;
    if (!silent) {
      const token = state.push("math_inline", "math", 0);
      token.content = src.slice(begin, end).trim();
      token.markup = marker;
    }
    state.pos = end + marker.length;
    return true;
  });
  md.block.ruler.before(
    "fence",
    "math_block",
    (state, startLine, endLine, silent) => {
      const lineOf = (line: number): string =>
        state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]);
      const first = lineOf(startLine);
      if (!first.startsWith("$$")) return false;
      const content: string[] = [];
      let line = startLine;
      let rest = first.slice(2);
      while (!rest.trimEnd().endsWith("$$")) {
        content.push(rest);
        line++;
        if (line >= endLine) return false;
        rest = lineOf(line);
      }
      content.push(rest.trimEnd().slice(0, -2));
      // `$$a$$ and more` is a line of text.
      if (line === startLine && first.trimEnd().length < 5) return false;
      if (silent) return true;
      const token = state.push("math_block", "math", 0);
      token.block = true;
      token.content = content.join("\n").trim();
      token.map = [startLine, line + 1];
      token.markup = "$$";
      state.line = line + 1;
      return true;
    },
    { alt: ["paragraph", "reference", "blockquote", "list"] },
  );
}

/** Where the closing marker stands, or -1. */
function closing(text: string, from: number, marker: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\") {
      i++;
    } else if (text.startsWith(marker, i)) {
      const single = marker === "$";
      if (!single || (!/\s/.test(text[i - 1]!) && !/\d/.test(text[i + 1] ?? ""))) return i;
    }
  }
  return -1;
}
