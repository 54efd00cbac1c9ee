/** @file Texts and data in HTML: nothing ends its element, numbers stay whole, addresses stay harmless. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { table } from "../../../analysis/report/blocks.ts";
import { type Change, differences } from "../../../analysis/report/html/difference.ts";
import { documentHtml } from "../../../analysis/report/html/document.ts";
import { escapeHtml, inlineHtml, inlineJson, proseHtml } from "../../../analysis/report/html/markup.ts";
import { tableHtml } from "../../../analysis/report/html/table.ts";
import { HOSTILE } from "../../support/report-folder.ts";

describe("texts", () => {
  it("keep nothing that HTML reads as markup, and no invisible marks", () => {
    expect(escapeHtml(`<a href="x" id='y'>&amp;`)).toBe(
      "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;",
    );
    expect(escapeHtml("a\u0000b\u202ec\ud800\td\ne")).toBe("abc\ufffd\td\ne");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });

  it("do not break inside of intervals, before units, or around an equals sign", () => {
    expect(proseHtml("n/m = 0.97 [0.95, 0.99] in 500 ns [413 ns, 587 ns], 95 % of it")).toBe(
      "n/m\u00a0=\u00a00.97 [0.95,\u00a00.99] in 500\u00a0ns [413\u00a0ns,\u00a0587\u00a0ns], 95\u00a0% of it",
    );
    expect(proseHtml("−0.4 [−1.1, 0.3] of 3 MiB")).toBe("−0.4 [−1.1,\u00a00.3] of 3\u00a0MiB");
    expect(proseHtml("5 squares and a, b")).toBe("5 squares and a, b");
  });

  it("carry marks and links, but no address that runs code", () => {
    const link = (href: string): string => inlineHtml([{ kind: "link", text: "x", href }]);
    expect(inlineHtml(["a ", { kind: "strong", text: "<b>" }, " ", { kind: "code", text: "c" }])).toBe(
      "a <strong>&lt;b&gt;</strong> <code>c</code>",
    );
    expect(link("results.csv")).toBe('<a href="results.csv">x</a>');
    expect(link("#cost")).toBe('<a href="#cost">x</a>');
    expect(link("https://example.org/")).toBe('<a href="https://example.org/">x</a>');
    for (const href of [
      "javascript:alert(1)",
      "JaVaScRiPt:1",
      "data:text/html,x",
      "//example.org",
      "vbscript:x",
    ])
      expect(link(href)).toBe('<a href="#">x</a>');
  });
});

describe("data", () => {
  it("is the same when read back, and cannot end its script", () => {
    const data = { [HOSTILE]: [HOSTILE, 1.5, null, true] };
    const text = inlineJson(data);
    expect(JSON.parse(text)).toEqual(data);
    expect(text).not.toMatch(/[<\u2028\u2029]/);
  });

  it("differences make one value of another", () => {
    const apply = (from: unknown, changes: readonly Change[]): unknown => {
      const root = { value: structuredClone(from) } as Record<string | number, unknown>;
      for (const [path, ...value] of changes) {
        const keys = ["value", ...path];
        let place = root;
        for (const key of keys.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
        if (value.length === 0) delete place[keys.at(-1)!];
        else place[keys.at(-1)!] = value[0];
      }
      return root.value;
    };
    const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false } as object);
    fc.assert(
      fc.property(json, json, (from, to) => {
        expect(apply(from, differences(from, to))).toEqual(to);
        expect(differences(from, structuredClone(from))).toEqual([]);
      }),
      { seed: 12, examples: [[{ toString: false }, {}]] },
    );
    expect(differences({ a: [1, { b: 2 }], c: 3 }, { a: [1, { b: 5 }] })).toEqual([
      [["a", 1, "b"], 5],
      [["c"]],
    ]);
  });
});

describe("a table", () => {
  it("has heads that sort, sort keys where the text is none, and its rows' names", () => {
    const html = tableHtml(
      table(
        "t",
        "A <table>",
        ["name", ">time", ""],
        [
          [
            { text: "a", sort: "a" },
            { text: "1 µs", sort: 1e-6 },
            { text: "x", sort: null },
          ],
        ],
      ),
    );
    expect(html).toContain("<caption>A &lt;table&gt;</caption>");
    expect(html.match(/<button type="button" class="sort">/g)).toHaveLength(2);
    expect(html).toContain('<th scope="row">a</th>');
    expect(html).toContain('<td class="number" data-sort="0.000001">1\u00a0µs</td>');
    expect(html).toContain('<td data-sort="">x</td>');
  });
});

describe("the document", () => {
  const parts = { title: "T <t>", description: 'D "d"', body: "<p>x</p>", scripts: ["let a = 1;\r\nlet b;"] };

  it("allows its own scripts and style by hash, and neither eval nor anything inline nor the network", () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(documentHtml(parts))![1]!;
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='; /,
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(documentHtml(parts)).toContain("<script>let a = 1;\nlet b;</script>");
    expect(documentHtml({ ...parts, scripts: [] })).not.toContain("script-src");
  });
});
