import { describe, expect, it } from "vitest";
import { blockText } from "../../../../generator/docs/markdown/block-text.js";
import { contextOf } from "./support.js";

/* What becomes of descriptions. The pages of other tools show them as Markdown with HTML in it. */

const SAME: Readonly<Record<string, string>> = {
  words: "Returns a video.",
  paragraphs: "One\nand the same.\n\nAnother.",
  "marks of words": "**All** of *it* but ~~this~~ and `that`.",
  "code with backticks": "``a ` b``",
  "a list": "Either:\n\n- `1`: one\n- `2`: two",
  "a list in a list": "- one\n  - inner\n- two",
  "a numbered list": "1. one\n2. two",
  "a quotation": "> So it is.",
  "a line break": "One\\\ntwo",
  "a table": "| a | b |\n| - | - |\n| 1 | `x\\|y` |",
  "a fence": '```json\n{ "a": 1 }\n```',
  "a link": "[here](https://example.com/a?b=c)",
  "an address of mail": "[write](mailto:a@example.com)",
  "an address by itself": "<https://example.com>",
  "names with underscores": "It is client_id and not clientId.",
  "signs that mean nothing": "2 < 3 & 4 > 1, 100%",
};

it.each(Object.entries(SAME))("keeps %s", (_, text) => {
  expect(blockText(text, contextOf())).toBe(text);
});

const CHANGED: Readonly<Record<string, readonly [text: string, expected: string]>> = {
  // Links
  "reference to an operation": ["[x](#operation/getVideo)", "[x](#getVideo)"],
  "reference to a tag": ["[x](#tag/Video)", "[x](VideoApi.md)"],
  "reference to a schema": ["[x](#/components/schemas/Video)", "[x](models/Video.md)"],
  "reference to what is not there": ["See [that](#operation/gone).", "See that."],
  "relative link": ["See [`that`](/docs/x.html).", "See `that`."],
  "link to a script": ["[x](javascript:alert(1))", "x"],
  "link to data": ["[x](data:text/html,x)", "x"],
  "link to a file": ["[x](file:///etc/passwd)", "x"],
  "link with any other scheme": ["<ssh://x.example>", "ssh://x.example"],
  "address without a scheme": ["www.example.com", "[www.example.com](http://www.example.com)"],
  "address of a file server": ["ftp://example.com", "ftp\\://example.com"],
  "reference with a definition": [
    "[x] and [y][x]\n\n[x]: https://example.com",
    "[x](https://example.com) and [y](https://example.com)",
  ],
  "reference without a definition": ["[x] and [y][z]", "\\[x] and \\[y]\\[z]"],
  "definition twice": [
    "[x]\n\n[x]: https://a.example\n[x]: https://b.example",
    "[x](https://a.example)",
  ],
  image: ["![A map](https://example.com/a.png)", "[A map](https://example.com/a.png)"],
  "image without words": ["![](https://example.com/a.png)", "<https://example.com/a.png>"],
  "image of the server": ["![A map](/a.png)", "A map"],
  "image in a link": [
    "[![A map](https://example.com/a.png)](https://example.com)",
    "[A map](https://example.com)",
  ],
  "title of a link": ['[x](https://example.com "y")', "[x](https://example.com)"],
  footnote: ["Yes[^1]\n\n[^1]: <https://example.com>", "Yes[^1](https://example.com)"],
  // HTML
  "bold and italic": ["<b>a</b> <strong>b</strong> <i>c</i> <em>d</em>", "**a** **b** *c* *d*"],
  "code of HTML": ["<code>a*b</code>", "`a*b`"],
  "break of HTML": ["a<br>b<br/>c<BR />d", "a\\\nb\\\nc\\\nd"],
  "paragraphs of HTML": ["<p>a</p><p>b</p>", "a\n\nb"],
  "list of HTML": ["<ul><li>a</li><li>b <b>c</b></li></ul>", "- a\n- b **c**"],
  "list that is not closed": ["x<ol><li>a<li>b", "x\n\n1. a\n2. b"],
  "list of HTML in a list": ["<ul><li>a<ul><li>b</li></ul></li><li>c</ul>", "- a\n  - b\n- c"],
  "heading of HTML": ["<h2>a</h2>b", "**a**\n\nb"],
  "link of HTML": [
    "<a href='https://example.com/?a=1&amp;b=2' onclick=x>a</a>",
    "[a](https://example.com/?a=1\\&b=2)",
  ],
  "script in a link of HTML": ['<a href="javascript:x">a</a>', "a"],
  "reference in a link of HTML": ['<a href="#operation/getVideo">a</a>', "[a](#getVideo)"],
  "name that looks like a tag": ["Bearer <access_token>", "Bearer \\<access_token>"],
  "any other element": ["<script>x</script>", "\\<script>x\\</script>"],
  "attribute that does something": ["<img src=x onerror=y>", "\\<img src=x onerror=y>"],
  "tag that is not closed": ["<b>a", "\\<b>a"],
  "tag that is not open": ["a</b>", "a\\</b>"],
  "tags that cross": ["<b>a<i>b</b>c</i>", "**a\\<i>b**c\\</i>"],
  comment: ["a <!-- b --> c", "a  c"],
  "comment of paragraphs": ["a\n\n<!-- b\n\nc -->\n\nd", "a\n\nd"],
  "comment that is not closed": ["a\n\n<!-- b\n\nc", "a"],
  // What would be part of the page
  heading: ["# a\n\nb\n\nc\n=", "**a**\n\nb\n\n**c**"],
  "box to tick": ["- [ ] a", "- \\[ ] a"],
  "code by indentation": ["a\n\n    b", "a\n\n```text\nb\n```"],
  "program of ours": ["```ts\na\n```", "```js\na\n```"],
  diagram: ["```mermaid\na\n```", "```text\na\n```"],
  "fence with more": ['```json title="x"\na\n```', "```json\na\n```"],
  "fence that is not closed": ["```json\na", "```json\na\n```"],
  formula: ["$a$ and $$b$$", "\\$a\\$ and \\$\\$b\\$\\$"],
  // What nobody would see
  "bidirectional override": ["a\u202eb", "a\\u202eb"],
  "reference to a control": ["a&#x202e;b", "a\\u202eb"],
  "control in code": ["`a\u200bb`", "`a\\u200bb`"],
  "line separator": ["a\u2028- b", "a\n\n- b"],
  "white space at the ends": [" \n a \n ", "a"],
  tabs: ["a\tb\n\n```sh\n\tc\n```", "a b\n\n```sh\n  c\n```"],
  nothing: [" \n ", ""],
  "a dash for nothing": ["-", ""],
};

it.each(Object.entries(CHANGED))("%s", (_, [text, expected]) => {
  expect(blockText(text, contextOf())).toBe(expected);
});

describe("headings", () => {
  const text = "# a\n\nb\n\n### c\n\n# d\n\n- # e";

  it("go below those of the page, each at most one level below the one before it", () => {
    expect(blockText(text, contextOf(), { headings: 3 })).toBe(
      "### a\n\nb\n\n#### c\n\n### d\n\n- **e**",
    );
    expect(blockText("## a\n\n# b\n\n### c", contextOf(), { headings: 2 })).toBe(
      "## a\n\n## b\n\n### c",
    );
  });

  it("have no level below the last one", () => {
    expect(blockText(text, contextOf(), { headings: 6 })).toContain("###### c");
  });
});

it("links from the page that the text gets on", () => {
  const text = "[a](#operation/getVideo), [b](#/components/schemas/Video)";
  const context = contextOf();
  const onModel = { ...context, page: "models/VideoFile.md" };
  expect(blockText(text, context)).toBe("[a](#getVideo), [b](models/Video.md)");
  expect(blockText(text, onModel)).toBe("[a](../VideoApi.md#getVideo), [b](Video.md)");
});

describe("a text that nobody can have written", () => {
  const TEXTS: Readonly<Record<string, string>> = {
    "quotations in each other": ">".repeat(20_000),
    "lists in each other": "+ ".repeat(20_000),
    "lists by indentation": Array.from(
      { length: 300 },
      (_, depth) => `${"  ".repeat(depth)}- a`,
    ).join("\n"),
    "open emphasis": "**a".repeat(20_000),
    "open links": "[".repeat(50_000),
    "elements in each other": "<b>".repeat(30_000),
    "far too long": "a *b* ".repeat(100_000),
  };

  it.each(Object.entries(TEXTS))("%s: is shown as it is", (_, text) => {
    expect(blockText(text, contextOf())).toBe(`\`\`\`text\n${text.trim()}\n\`\`\``);
  });
});
