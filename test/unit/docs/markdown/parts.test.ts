import { describe, expect, it } from "vitest";
import {
  anchor,
  codeSpan,
  fence,
  heading,
  link,
  listItem,
  table,
} from "../../../../generator/docs/markdown/parts.js";
import { readMarkdown } from "../../../drift/report/support/parse.js";

/** Texts, and what a reader sees of them in code. */
const CODE: Readonly<Record<string, string>> = {
  "Content-Type": "Content-Type",
  "a`b": "a`b",
  "`": "`",
  "``a`": "``a`",
  " a ": " a ",
  "a|b": "a|b",
  "a\\|b": "a\\|b",
  "a\\\\|b": "a\\\\|b",
  "\\": "\\",
  "*a* <b> &amp; [c](d)": "*a* <b> &amp; [c](d)",
  "a\nb": "a\\u000ab",
  "a\u202eb": "a\\u202eb",
};

describe.each(Object.entries(CODE))("code %j", (text, shown) => {
  it("is seen as it is", () => {
    const { elements } = readMarkdown(codeSpan(text));
    expect(elements[0]?.text).toBe(shown);
  });

  it("is seen as it is in a table", () => {
    const { elements } = readMarkdown(table(["a", "b"], [[codeSpan(text), "c"]]));
    expect(elements.filter(({ name }) => name === "td").map((cell) => cell.text)).toEqual([
      shown,
      "c",
    ]);
  });
});

it("says that code is empty", () => {
  expect([codeSpan(""), codeSpan("  ")]).toEqual(["(empty)", "(empty)"]);
});

describe("a fence", () => {
  it("is longer than any in the code", () => {
    expect(fence("a\n```\nb\n`````\n", "ts")).toBe("``````ts\na\n```\nb\n`````\n``````");
    expect(fence("a", "ts")).toBe("```ts\na\n```");
  });
});

describe("a table", () => {
  it("has cells of any width", () => {
    expect(table(["a", "b"], [["long enough", ""]])).toBe(
      "| a | b |\n| --- | --- |\n| long enough | |",
    );
  });

  it("keeps its columns, whatever is in a cell", () => {
    const cells = ["a|b", "a\\|b", "a\\\\|b", "|", "\\\\\\", "a ` | ` b", "||"];
    for (const cell of cells) {
      const { elements } = readMarkdown(table(["a", "b"], [[cell, "c"]]));
      expect(elements.filter(({ name }) => name === "td").at(-1)?.text).toBe("c");
    }
  });

  it("takes no lines", () => {
    expect(() => table(["a"], [["a\nb"]])).toThrow("more than one line");
  });
});

it("keeps signs at the end of a heading", () => {
  expect(["C#", "C ##", "C \\#"].map((text) => heading(2, text))).toEqual([
    "## C#",
    "## C \\##",
    "## C \\#",
  ]);
});

it("keeps a link together", () => {
  expect(link("`a`", "models/A.md")).toBe("[`a`](models/A.md)");
  expect(link("a", "https://example.com/(a b)<c>\n")).toBe(
    "[a](https://example.com/%28a%20b%29%3Cc%3E%0A)",
  );
});

it("keeps the lines of an item together", () => {
  expect(listItem("a\n\n- b\n  c")).toBe("- a\n\n  - b\n    c");
});

describe("an anchor", () => {
  it("is found by its name", () => {
    expect(anchor("getVideo")).toBe('<a id="getVideo"></a>');
  });

  it.each(["", 'a"b', "a b", "<a>"])("cannot be %j", (id) => {
    expect(() => anchor(id)).toThrow("is no anchor");
  });
});
