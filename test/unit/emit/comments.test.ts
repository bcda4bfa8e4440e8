import { describe, expect, it } from "vitest";
import { commentLine, printed } from "../../../generator/emit/code.js";
import { commentText } from "../../../generator/emit/comment-line.js";
import { docLines, oneLine } from "../../../generator/emit/comments.js";
import { docComment } from "../../../generator/emit/layout/comments.js";

describe("the text of a comment", () => {
  it.each([
    ["plain", ["plain"]],
    ["a */ b", ["a *\\/ b"]],
    ["a /* b", ["a /\\* b"]],
    ["a\nb\r\nc\u2028d", ["a", "b", "c", "d"]],
    ["@deprecated", ["\\@deprecated"]],
    ["see @deprecated", ["see \\@deprecated"]],
    ["  @deprecated", ["  \\@deprecated"]],
    ["a@example.org", ["a@example.org"]],
    ["{@link x}", ["{\\@link x}"]],
    ["eslint-disable", ["\\eslint-disable"]],
    ["prettier-ignore", ["\\prettier-ignore"]],
    ["//# sourceMappingURL=x", ["//#\\ sourceMappingURL=x"]],
    ["\u202etxt\u0000", ["\\u202etxt\\u0000"]],
    ["end ", ["end"]],
  ])("%j", (text, expected) => {
    expect(commentText(text)).toEqual(expected);
  });

  it("on one line is its first paragraph", () => {
    expect(oneLine(" a\nb\n\nc")).toBe("a b");
  });
});

describe("a comment", () => {
  const text = (value: string): string => docLines([{ kind: "text", text: value }]).join("\n");
  const long = Array.from({ length: 30 }, () => "word").join(" ");

  it("is short where it can be", () => {
    const shown = (...lines: readonly string[]): string => printed(docComment(lines));
    expect(shown("Text.")).toBe("/** Text. */\n");
    expect(shown("Text.", "", "@deprecated")).toBe("/**\n * Text.\n *\n * @deprecated\n */\n");
    expect(shown("", "Text.")).toBe("/** Text. */\n");
    expect(shown("")).toBe("");
    expect(shown()).toBe("");
  });

  it.each(["a */ b", "a\nb", "a\u2028b"])("is refused where %j would end it", (line) => {
    expect(() => commentLine(line)).toThrow("is no line of a comment");
  });

  it("wraps prose", () => {
    for (const line of text(long).split("\n")) expect(line.length).toBeLessThanOrEqual(92);
    expect(text(long).replaceAll("\n", " ")).toBe(long);
  });

  it.each([
    ["a table", `| ${long} |`],
    ["code", `\`\`\`\n${long}\n\`\`\``],
  ])("leaves %s as it is", (_, value) => {
    expect(text(value)).toBe(value);
  });

  it("indents what belongs to an item of a list", () => {
    expect(text(`- ${long}`)).toMatch(/^- word.*\n {2}word/);
  });

  it("keeps apart what HTML shows apart", () => {
    const item = "word ".repeat(12).trim();
    const list = `<p>First.</p> <ul><li>${item}</li> <li>${item}</li></ul>Last<br>words.`;
    expect(text(list)).toBe(
      `<p>First.</p>\n<ul>\n<li>${item}</li>\n<li>${item}</li></ul>Last<br>\nwords.`,
    );
    // The same on lines of its own, which are joined where one of them is too long.
    expect(text(`${long}\n<ul>\n<li>a</li>\n<li>b</li>`)).toMatch(
      /\n<ul>\n<li>a<\/li>\n<li>b<\/li>$/,
    );
    expect(text("a <ul><li>b</li></ul>")).toBe("a <ul><li>b</li></ul>");
  });

  it.each([
    ["<br>@deprecated", "<br>\n\\@deprecated"],
    ["<br>eslint-disable", "<br>\neslint\\-disable"],
    ["<br /> <reference path='x' />", "<br />\n`<reference path='x' />`"],
  ])("begins no line behind %s with a tag or a directive", (ending, expected) => {
    expect(text(`${long} ${ending}`)).toContain(expected);
  });

  it("begins no line anew with a tag or a directive", () => {
    const filler = "x".repeat(90);
    expect(text(`${filler} eslint-disable`)).toBe(`${filler}\neslint\\-disable`);
    expect(text(`${filler} @deprecated`)).toBe(`${filler}\n\\@deprecated`);
  });

  it("has its tags at the end", () => {
    expect(
      docLines(
        [
          { kind: "tag", tag: "deprecated", text: "" },
          { kind: "text", text: "Text." },
          { kind: "throws", status: "404", text: "Not there.\n\nMore." },
        ],
        ["`GET /a`"],
      ),
    ).toEqual([
      "Text.",
      "",
      "`GET /a`",
      "",
      "@deprecated Not for new code.",
      "@throws `ApiError` 404 - Not there.",
    ]);
  });

  it("says why, or what else to use, where something is deprecated", () => {
    const until = {
      kind: "tag",
      tag: "deprecated",
      text: "May be gone from 2027-01-31 on.",
    } as const;
    expect(docLines([until])).toEqual(["@deprecated May be gone from 2027-01-31 on."]);
    const instead = { kind: "instead", names: ["VideoApi.getVideo", "Video"] } as const;
    expect(docLines([instead])).toEqual([
      "@deprecated Use {@link VideoApi.getVideo} and {@link Video}.",
    ]);
  });

  it("has defaults as code", () => {
    const preset = { kind: "tag", tag: "defaultValue", text: '{"a":"`@x"}' } as const;
    expect(docLines([preset])).toEqual([`@defaultValue \`{"a":"'@x"}\``]);
  });
});
