import { describe, expect, it } from "vitest";
import { proseText } from "../../../generator/emit/comment-prose.js";
import { docLines, linkedNames } from "../../../generator/emit/comments.js";
import type { LinkNames } from "../../../generator/types/docs.js";

const LINKS: LinkNames = [
  ["#operation/getToken", "SessionApi.getToken"],
  ["#tag/Video", "VideoApi"],
];

function shown(text: string): string {
  return docLines([{ kind: "text", text, links: LINKS }]).join("\n");
}

describe("Markdown of a document, as TSDoc", () => {
  it.each([
    ["plain words, 100 % of them; a_b *c*", "plain words, 100 % of them; a_b *c*"],
    ["a \\* b", "a \\* b"],
    ["a\\_b", "a_b"],
    ["C:\\dir", "C:\\\\dir"],
    ["a@b.c", "a\\@b.c"],
    ["a -> b, 1 < 2", "a -\\> b, 1 \\< 2"],
    ["> quoted", "\\> quoted"],
    ["a ` b", "a \\` b"],
    ["{", "\\{"],
    // What is written as code becomes code.
    ["GET /videos/{id}.", "GET `/videos/{id}`."],
    ["(see /a/{b}/{c}?d={e})", "(see `/a/{b}/{c}?d={e}`)"],
    ["Bearer <token>", "Bearer `<token>`"],
    ["a List<Item name>", "a `List<Item name>`"],
    // Code is left alone, but TSDoc ends it at the first backtick, and on the same line.
    ["`{a} <b> \\ @c`", "`{a} <b> \\ \\@c`"],
    ["``a ` b``", "`a ' b`"],
    ["`` `a` ``", "`'a'`"],
    ["`a\nb`", "`a b`"],
    ["``` ```", "\\`\\`\\` \\`\\`\\`"],
    // Elements of HTML are, what only looks like one is not.
    ['<b>a</b><br/><a href="b">c</a>', '<b>a</b><br/><a href="b">c</a>'],
    ["<a href=b>", "\\<a href=b\\>"],
    ["<!-- a -->", "`<!-- a -->`"],
    // Links.
    ["[a](https://b.c/@d)", "[a](https://b.c/\\@d)"],
    ["https://b.c/d?e=f", "https://b.c/d?e=f"],
    ["<https://b.c>", "https://b.c"],
    ["(https://b.c/@d).", "({@link https://b.c/@d})."],
    ["[log in](#operation/getToken)", "{@link SessionApi.getToken | log in}"],
    ["[`log`\nin](#operation/getToken)", "{@link SessionApi.getToken | log in}"],
    ["[VideoApi](#tag/Video)", "{@link VideoApi}"],
    ["[{a} | b](#tag/Video)", "`{a}` | b ({@link VideoApi})"],
    ["[gone](#operation/gone)", "gone"],
    ["[](#operation/gone)", ""],
    ["`[a](#tag/Video)`", "`[a](#tag/Video)`"],
    ["{@link VideoApi}", "\\{\\@link VideoApi\\}"],
    // Directives to tools.
    ["eslint-disable", "eslint\\-disable"],
    ["//# sourceMappingURL=x", "//&#35; sourceMappingURL=x"],
    ["@jsxImportSource x", "&#64;jsxImportSource x"],
    // Lines that are to stay as they are.
    ["a\\\nb", "a\nb"],
    ["a\\", "a\\\\"],
    ["~~~json\n{@x}\n~~~", "```json\n{\\@x}\n```"],
    ["```\na", "```\na\n```"],
    ["~~~\n```\n~~~", "```\n'''\n```"],
    ["```\n```", ""],
    ["a\n\n    {b}\n\nc", "a\n\n```\n{b}\n```\n\nc"],
    ["- a\n\n    {b}", "- a\n\n    `{b}`"],
  ])("%j", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it("breaks no line in code or in a link", () => {
    const filler = "x".repeat(86);
    expect(shown(`${filler} \`a b\` c`)).toBe(`${filler} \`a b\`\nc`);
    expect(shown(`${filler} [log in](#operation/getToken)`)).toBe(
      `${filler}\n{@link SessionApi.getToken | log in}`,
    );
    expect(shown(`${filler} \`a <li> b\``)).toBe(`${filler}\n\`a <li> b\``);
  });

  it("takes no longer for a hostile text than for another", () => {
    for (const text of ["`", "``a", "[", "[a](", "<a ", "{", "http://a@", "a{", "\\", "<", "-"])
      expect(shown(`x ${text.repeat(20_000)}`).length).toBeGreaterThan(0);
  });
});

describe("what links name", () => {
  it("is what is printed as a link", () => {
    const text = "[a](#tag/Video), `[b](#operation/getToken)`";
    expect(linkedNames([{ kind: "text", text, links: LINKS }])).toEqual(["VideoApi"]);
    expect(linkedNames([{ kind: "instead", names: ["VideoApi.getVideo"] }])).toEqual(["VideoApi"]);
    expect(linkedNames([{ kind: "text", text: "{@link VideoApi}" }])).toEqual([]);
  });
});

it.each(["word ", "x"])("takes 20 MB of %j", (piece) => {
  const text = piece.repeat(20_000_000 / piece.length);
  // Compared by itself, so that a failure does not print it.
  expect(proseText(text) === text).toBe(true);
});
