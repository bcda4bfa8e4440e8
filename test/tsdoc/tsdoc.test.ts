import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/document/source.js";
import { printed } from "../../generator/emit/code.js";
import { docs } from "../../generator/emit/layout/comments.js";
import { emitDocument } from "../support/generate.js";
import { repository } from "../support/repository.js";
import { typeErrors } from "../support/type-check.js";
import { deadLinks, docCommentsOf, languageService, quickInfo, tsdocMessages } from "./support.js";

/** The code of the three services and of the runtime, by path. */
const GENERATED = new Map(
  readdirSync(repository("generated"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [
      `/${name.split(path.sep).join("/")}`,
      readFileSync(repository(`generated/${name}`), "utf8"),
    ]),
);

const LINKS = JSON.parse(readFileSync(repository("test/tsdoc/links.json"), "utf8")) as JsonObject;

const LINKED = new Map(
  emitDocument(LINKS).map(({ path: name, text }) => [`/links/${name}`, text] as const),
);

describe("the comments of generated code", () => {
  it("are TSDoc", () => {
    const comments = [...GENERATED.values(), ...LINKED.values()].flatMap(docCommentsOf);
    expect(comments.length).toBeGreaterThan(5_000);
    expect(comments.flatMap(tsdocMessages)).toEqual([]);
  });

  it("have no link that leads nowhere", () => {
    const all = new Map([...GENERATED, ...LINKED]);
    const service = languageService(all);
    const linked = [...all].filter(([, text]) => text.includes("{@link"));
    expect(linked.length).toBeGreaterThan(20);
    expect(linked.flatMap(([name]) => deadLinks(service, name))).toEqual([]);
  }, 60_000);

  it("whose links need an import compile where unused names are errors", () => {
    const files = [...LINKED].map(([name, text]) => [name.slice(1), text] as const);
    expect(typeErrors(new Map(files))).toEqual([]);
  }, 60_000);
});

describe("what an editor shows", () => {
  const service = languageService(new Map([...GENERATED, ...LINKED]));
  const session = "/links/session-api.ts";
  const video = "/links/video-api.ts";

  it.each([
    [
      session,
      "SessionApi extends",
      ["Needed by {@link VideoApi videos}; gives a {@link Token token}."],
    ],
    [
      session,
      "getToken(",
      [
        "Log in.\n\nThen {@link VideoApi.getVideos list} or <b> ({@link VideoApi.getVideos}); not gone, nor\n`[code](#operation/getVideos)`. Write to a\\@b.c of `{host}`.\n\n`GET /token` - no authorization",
        "@throws `ApiError` 401 - Not {@link SessionApi.getToken logged in}, \\@all.",
      ],
    ],
    [video, "getVideos(", ["`GET /videos` - no authorization", "@deprecated Not for new code."]],
    [
      video,
      "token?:",
      ["What {@link SessionApi.getToken logging in} gave.", '@defaultValue `"{none}"`'],
    ],
  ])("%s, %s", (file, at, expected) => {
    expect(quickInfo(service, file, at)).toEqual(expected);
  });
});

/** Pieces of text that mean something to Markdown, to TSDoc, to TypeScript or to other tools. */
const PIECES = [
  ...Array.from("`~\\{}<>@[]()#*/|-.:\"'=!&_$"),
  ...Array.from("\n\t \u2028\u202e"),
  "a",
  "word",
  "    ",
  "```",
  "~~~",
  "``",
  "*/",
  "/*",
  "@deprecated",
  "{@link ",
  "{@link X}",
  "@throws {X}",
  "@jsxImportSource",
  "# sourceMappingURL=x",
  "eslint-disable",
  "<b>",
  "</b>",
  '<b title="',
  "<br/>",
  "<li>",
  "<x y>",
  "<!--",
  "https://a.b/",
  "[a](",
  "[a](#operation/a)",
  "[a](#tag/b)",
];

describe("whatever a document says", () => {
  const links = [["#operation/a", "A.b"]] as const;
  const texts = fc
    .array(fc.constantFrom(...PIECES), { maxLength: 40 })
    .map((pieces) => pieces.join(""));

  it("its comment is TSDoc, and has the tags that it is to have", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const comment = printed(
          docs([
            { kind: "text", text, links },
            { kind: "throws", status: "404", text, links },
            { kind: "tag", tag: "defaultValue", text: JSON.stringify(text) },
            { kind: "tag", tag: "deprecated", text: "" },
          ]),
        );
        expect(tsdocMessages(comment.trim())).toEqual([]);
        expect(tagsOf(comment)).toEqual(["throws", "defaultValue", "deprecated"]);
      }),
      { numRuns: 3_000, seed: 7 },
    );
  }, 60_000);
});

/** The tags of a comment, as TypeScript reads it. */
function tagsOf(comment: string): readonly string[] {
  const file = ts.createSourceFile(
    "a.ts",
    `${comment}export const a = 1;`,
    ts.ScriptTarget.ES2022,
    true,
  );
  const [statement, ...others] = file.statements;
  expect(others).toEqual([]);
  if (statement === undefined) return [];
  return ts.getJSDocTags(statement).map(({ tagName }) => tagName.text);
}
