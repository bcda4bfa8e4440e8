import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { printed } from "../../generator/emit/code.js";
import { docLines, oneLine } from "../../generator/emit/comments.js";
import { docs as docsCode } from "../../generator/emit/layout/comments.js";
import { header } from "../../generator/output/header.js";
import type { DocPart } from "../../generator/types/docs.js";
import { codeUnits, trickyText } from "./text.js";

const text = fc.oneof(trickyText, codeUnits);
const part: fc.Arbitrary<DocPart> = fc.oneof(
  text.map((value): DocPart => ({ kind: "text", text: value })),
  fc
    .tuple(fc.constantFrom("deprecated" as const, "defaultValue" as const), text)
    .map(([tag, value]): DocPart => ({ kind: "tag", tag, text: value })),
  text.map((value): DocPart => ({ kind: "throws", status: "400", text: value })),
);
const RUNS = { numRuns: 2000, seed: 1 };

describe("doc comments", () => {
  it("are one comment and nothing else, whatever is in them", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), text, (docs, extra) => {
        const comment = printed(docsCode(docs, [oneLine(extra)]));
        expect(commentsBefore(comment)).toBe(comment === "" ? 0 : 1);
      }),
      RUNS,
    );
  });

  it("show what cannot be seen, and keep their lines apart", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), (docs) => {
        const lines = docLines(docs);
        for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
      }),
      RUNS,
    );
  });

  it("have no tags but our own", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), (docs) => {
        const own = docs.flatMap((part) =>
          part.kind === "tag" ? [part.tag] : part.kind === "throws" ? ["throws"] : [],
        );
        expect(tagsIn(printed(docsCode(docs)))).toEqual(own);
      }),
      RUNS,
    );
  });

  it("tell tools nothing", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 3 }), (docs) => {
        expect(printed(docsCode(docs))).not.toMatch(
          /[#@]\s*source(?:Mapping)?URL|^\s*\*?\s*(?:@ts-|eslint-|prettier-ignore)/im,
        );
      }),
      RUNS,
    );
  });

  it("the header of a file is one comment, whatever the title", () => {
    fc.assert(
      fc.property(text, text, (title, version) => {
        expect(commentsBefore(header(title, version))).toBe(1);
      }),
      RUNS,
    );
  });
});

/** How many comments stand before a constant, provided that nothing else does. */
function commentsBefore(comment: string): number {
  const source = `${comment}const marker = 1;`;
  const file = ts.createSourceFile("a.ts", source, ts.ScriptTarget.Latest);
  const [statement, ...others] = file.statements;
  if (statement === undefined || !ts.isVariableStatement(statement) || others.length > 0)
    throw new Error(`more than a comment: ${source}`);
  expect(source.slice(statement.getStart(file))).toBe("const marker = 1;");
  return ts.getLeadingCommentRanges(source, 0)?.length ?? 0;
}

/** The tags of a comment. TypeScript takes the `{@link ApiError}` behind `@throws` for one, which it is not. */
function tagsIn(comment: string): readonly string[] {
  const file = ts.createSourceFile(
    "a.ts",
    `${comment}interface A {}`,
    ts.ScriptTarget.Latest,
    true,
  );
  const [statement] = file.statements;
  const tags = statement === undefined ? [] : ts.getJSDocTags(statement);
  return tags.map(({ tagName }) => tagName.text).filter((name) => name !== "link");
}
