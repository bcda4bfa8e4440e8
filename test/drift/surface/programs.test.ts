import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { emitDocument } from "../../support/generate.js";
import { repository } from "../../support/repository.js";
import { typeErrors } from "../../support/type-check.js";
import { changesBetween } from "./cases.js";

/*
 * What people write: programs for the client of a document are compiled against the client of a changed one, and the
 * verdict has to be that of the compiler.
 */

const OLD = readFileSync(repository("test/drift/usages/old.yaml"), "utf8");
const PROGRAMS = ["page", "write"].map(
  (name) =>
    [
      name,
      readFileSync(repository(`test/drift/usages/program/src/${name}.ts.txt`), "utf8"),
    ] as const,
);

/** A change of the document's text, and whether the programs still compile. */
const CHANGES: readonly (readonly [what: string, from: string, to: string, compiles: boolean])[] = [
  ["nothing", "title: Clips", "title: Clips", true],
  ["a description", 'description: ""', "description: Words.", true],
  [
    "a new member of an answer",
    "views: { type: integer }",
    "views: { type: integer }\n        likes: { type: integer }",
    true,
  ],
  [
    "a new optional parameter",
    "- { name: tag,",
    "- { name: more, in: query, schema: { type: string } }\n        - { name: tag,",
    true,
  ],
  ["a wider parameter", "enum: [name, -name, -match]", "enum: [name, -name, -match, new]", true],
  ["a member of an answer that is gone", "        views: { type: integer }\n", "", false],
  [
    "a member of an answer that may be missing",
    "required: [id, name, state, owner]",
    "required: [id, name, state]",
    false,
  ],
  ["a parameter that is gone", "- { name: tag, in: query, schema: { type: string } }", "", false],
  ["a value of a parameter that is gone", ", -match]", "]", false],
  ["a member of a body that is gone", "note: { type: string }", "remark: { type: string }", false],
  ["a method of another name", "operationId: getClip", "operationId: showClip", false],
  ["a class of another name", "tags: [Clips]", "tags: [Films]", false],
  ["an error that is gone", '"404":', '"410":', false],
  ["a type that is gone", "    Unused:", "    Other:", false],
  ["a scheme of another name", "    key: { type: apiKey", "    apiKey: { type: apiKey", false],
];

function documentAfter([what, from, to]: (typeof CHANGES)[number]): JsonObject {
  const text = OLD.replaceAll(from, to);
  if (what !== "nothing") expect(text).not.toBe(OLD);
  return parse(text) as JsonObject;
}

/** The client of each changed document, and the programs beside it: one compilation for all. */
function complaints(): readonly string[] {
  const files = CHANGES.flatMap((change, index) => [
    ...emitDocument(documentAfter(change)).map(
      ({ path, text }) => [`clips${index}/${path}`, text] as const,
    ),
    ...PROGRAMS.map(
      ([name, text]) =>
        [`program${index}/${name}.ts`, text.replaceAll("../clips/", `../clips${index}/`)] as const,
    ),
  ]);
  return typeErrors(new Map(files));
}

describe("programs for the old client, after", () => {
  let found: readonly string[] = [];
  beforeAll(() => {
    found = complaints();
  }, 120_000);

  it.each(CHANGES.map((change, index) => [change[0], change, index] as const))(
    "%s",
    async (_what, change, index) => {
      const compiles = !found.some((complaint) => complaint.startsWith(`program${index}/`));
      const changes = await changesBetween(parse(OLD) as JsonObject, documentAfter(change));
      const breaks = changes.some(({ source }) => source === "breaking");
      expect({ compiles, breaks }).toEqual({ compiles: change[3], breaks: !change[3] });
    },
  );
});
