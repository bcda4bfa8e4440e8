import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockText } from "../../../../generator/docs/markdown/block-text.js";
import { inlineText } from "../../../../generator/docs/markdown/inline-text.js";
import {
  codeSpan,
  heading,
  link,
  listItem,
  table,
} from "../../../../generator/docs/markdown/parts.js";
import { readMarkdown } from "../../../drift/report/support/parse.js";
import { TRICKS } from "../../../hostile/support/tricks.js";
import { contextOf } from "./support.js";

/*
 * Texts of documents in every kind of place of a page, read as GitHub reads it: nothing around them changes, and no
 * element comes of them that is not on the list. `FUZZ_SEED=7 FUZZ_RUNS=20000` tries others, and more.
 */

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 500);
const SEED = Number(process.env["FUZZ_SEED"] ?? 1);

const WORDS = ["a", "br", "code", "del", "em", "strong"];
const TABLE = ["table", "tbody", "td", "th", "thead", "tr"];
const ELEMENTS = new Set([...WORDS, ...TABLE, "blockquote", "hr", "li", "ol", "p", "pre", "ul"]);
const ATTRIBUTES = new Set(["align", "class", "href", "start"]);
const LINK = /^(?:https?:\/\/|mailto:|#getVideo$)/i;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** The names of the elements of a page, of which each may be there. */
function namesOn(page: string): readonly string[] {
  expect(page.split("\n").filter((line) => INVISIBLE.test(line))).toEqual([]);
  const { elements } = readMarkdown(page);
  const names = elements.map(({ name }) => name);
  expect(names.filter((name) => !ELEMENTS.has(name) && name !== "h2")).toEqual([]);
  const attributes = elements.flatMap(({ attributes: found }) => Object.entries(found));
  expect(attributes.filter(([name]) => !ATTRIBUTES.has(name))).toEqual([]);
  expect(attributes.filter(([name, url]) => name === "href" && !LINK.test(url))).toEqual([]);
  return names;
}

/** The same without those that can stand in a line. */
function frameOf(page: string): string {
  return namesOn(page)
    .filter((name) => !WORDS.includes(name))
    .join(" ");
}

function expectBlock(text: string): void {
  const page = `Before\n\n${blockText(text, contextOf())}\n\nAfter`;
  const names = namesOn(page);
  const { elements } = readMarkdown(page);
  expect([elements[0]?.name, elements[0]?.text]).toEqual(["p", "Before"]);
  expect([elements.at(-1)?.name, elements.at(-1)?.text]).toEqual(["p", "After"]);
  expect(names).not.toContain("h2");
}

function expectLine(inline: string): void {
  expect(inline).not.toMatch(/[\n\r]/);
  expect(frameOf(`Before\n\nx ${inline}\n\nAfter`)).toBe("p p p");
  expect(frameOf(`Before\n\n${inline === "" ? "x" : inline}\n\nAfter`)).toBe("p p p");
  expect(frameOf(`- x\n${listItem(inline)}\n- x`)).toBe("ul li li li");
  expect(frameOf(`${heading(2, inline)}\n\nAfter`)).toBe("h2 p");
  expect(
    frameOf(
      `${table(
        ["a", "b"],
        [
          ["x", inline],
          [inline, "x"],
        ],
      )}\n\nAfter`,
    ),
  ).toBe("table thead tr th th tbody tr td td tr td td p");
}

function expectHarmless(text: string): void {
  expectBlock(text);
  expectLine(inlineText(text, contextOf()));
  expectLine(codeSpan(text));
  expectLine(link(codeSpan(text), "#getVideo"));
}

const CASES: Readonly<Record<string, string>> = {
  ...TRICKS,
  "table of Markdown": "a | b\n| - | - |\n`c` \\| d \\\\| e",
  "line of a table": "| - | - |",
  "code of Markdown": "``` ` `` `x",
  "fence that is not closed": "~~~\n```\nx",
  "links of Markdown":
    "[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](&#106;avascript:alert(1)) [x](//evil.example) <javascript:x> ![y](data:image/svg+xml,x)",
  "links of HTML":
    "<a href=javascript:x>a</a> <a href='java&#10;script:x'>b</a> <a href=' javascript:x'>c</a> <a title=' href=https://e.example' href=vbscript:x>d</a>",
  "definitions for the page": "[getVideo]: javascript:x\n\n[getVideo]",
  "line below a paragraph": "===\n---",
  "elements that do something":
    '<img src=x onerror="alert(1)"><svg/onload=x><iframe src=x><details open ontoggle=x><style>*{}</style><math><base href=x>',
  "end of what is around": "</td></tr></table></p></li></ul></h2>--><!--",
  "elements in elements": "<b><p><ul><li><a href=https://e.example><b></a></li>",
  "comment that is not closed": "<!-- x",
  "blocks of HTML": "<script>\n\n# x\n\n</script>\n\n<pre>\n\nx\n\n</pre>",
  declarations: "<!DOCTYPE x> <![CDATA[ x ]]> <?php x ?>",
  "anchor of the page": '<a id="getVideo" name="getVideo">x</a>',
  mention: "@octocat #12 :+1: $x$ a@evil.example xmpp:a@evil.example",
  "alert of GitHub": "> [!WARNING]\n> x",
  placeholder: "{{name}} {{{name}}} {% x %}",
};

it.each(Object.entries(CASES))("%s", (_, text) => {
  expectHarmless(text);
});

const SIGNS = [
  ...[
    "*",
    "**",
    "_",
    "`",
    "``",
    "```",
    "~~",
    "~~~",
    "#",
    "# ",
    "- ",
    "1. ",
    "+ ",
    "> ",
    "---",
    "===",
  ],
  ...[
    "|",
    "| - | - |\n",
    "\n",
    "\n\n",
    "\r",
    "\t",
    " ",
    "  ",
    "    ",
    "\\",
    "&",
    "<",
    ">",
    "[",
    "]",
  ],
  ...["(", ")", "!", "![", ":", "$", '"', "'", "a", "b c", "é", "\u00a0", "\u202e", "\0", "\ud800"],
  ...["](#x)", "](https://e.x/)", "](javascript:x)", "[x]: https://e.x/", "[x]", "[^1]", "[ ] "],
  ...["<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<a href='https://e.x/'>", "</a>", "<br>"],
  ...["<p>", "</p>", "<ul>", "<li>", "</ul>", "<ol>", "<h2>", "</h2>", "<hr>", "<div>", "<!--"],
  ...['<a href="javascript:x">', "<script>", "</script>", "<img src=x>", "-->", "<![CDATA[", "<?"],
  ...["&lt;", "&#x202e;", "&#10;", "&nbsp;", "http://", "www.e.x", "a@e.x", "mailto:", "<x:y>"],
];
const text = fc.array(fc.constantFrom(...SIGNS), { maxLength: 14 }).map((signs) => signs.join(""));

describe("any text", () => {
  it("is harmless", { timeout: 120_000 }, () => {
    fc.assert(fc.property(text, expectHarmless), { seed: SEED, numRuns: RUNS });
  });
});
