import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { specFilesOf, type Node, type SpecFiles } from "../support/spec-files.js";
import { DOCUMENT_RULES } from "./document-rules.js";
import { exampleProblems } from "./examples.js";
import { OPERATION_RULES } from "./operation-rules.js";
import { SCHEMA_RULES } from "./schema-rules.js";
import { schemasOf } from "./schemas.js";
import { operationsOf } from "./spec-operations.js";

/*
 * Every rule over our documents finds what it is there to find: a row is a rule and a change of a document that keeps
 * all rules to one that breaks it.
 */

const ROOT = `
openapi: 3.1.0
info: { title: Library, version: "1" }
tags:
  - name: books
    description: What can be read and borrowed.
paths:
  /books:
    $ref: "library/books.yaml#/paths/~1books"
  /loans/{id}:
    $ref: "library/books.yaml#/paths/~1loans~1%7Bid%7D"
components:
  securitySchemes:
    OAuth2:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: /token, scopes: { lend: Borrow things. } } }
`;

const BOOKS = `
paths:
  /books:
    get:
      operationId: listBooks
      tags: [books]
      summary: List what is there
      description: Newest first, without what somebody has borrowed.
      security: []
      x-pagination: { kind: offset, offset: offset, limit: limit, items: "" }
      parameters:
        - { name: offset, in: query, description: How much to skip., schema: { type: integer } }
        - { name: limit, in: query, description: Size of a page., schema: { type: integer } }
      responses:
        "200":
          description: A page of the list.
          headers:
            X-Total: { description: How many there are in all pages., schema: { type: integer } }
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Book" } }
        "400": { $ref: "#/components/responses/BadRequest" }
  /loans/{id}:
    post:
      operationId: lend
      tags: [books]
      summary: Borrow a thing
      description: Needs a library card that is paid for. Deprecated, use the desk instead.
      deprecated: true
      security: [{ OAuth2: [lend] }]
      x-idempotent: { header: Idempotency-Key }
      parameters:
        - { name: id, in: path, required: true, description: From a list of books., schema: { type: string } }
        - { name: Idempotency-Key, in: header, description: Chosen by the caller., schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Book" }
            example: { title: Momo, format: 1 }
      responses:
        "204": { description: It was lent out. }
        "400": { $ref: "#/components/responses/BadRequest" }
components:
  responses:
    BadRequest:
      description: A value is missing or wrong.
      content:
        application/json:
          schema: { $ref: "#/components/schemas/Problem" }
  schemas:
    Book:
      type: object
      description: Something to read.
      required: [title]
      properties:
        title: { type: string, description: As printed on the cover., pattern: "^.+$", maxLength: 99, examples: [Momo] }
        format: { type: integer, description: "1 or 2: \`1\` printed, \`2\` audio.", enum: [1, 2] }
        tags: { type: array, description: Words to find it by., items: { type: string } }
        due: { type: string, format: date, description: When it comes back. }
    Problem:
      type: object
      description: What went wrong.
      properties:
        message: { type: string, description: A sentence for people. }
`;

/** A document that was changed by replacing text in one of its files. */
function documentWith(from = "", to = ""): SpecFiles {
  if (!(ROOT + BOOKS).includes(from)) throw new Error(`nothing to replace: ${from}`);
  const file = (text: string): Node => parse(text.replace(from, () => to)) as Node;
  return specFilesOf(
    new Map([
      ["library.yaml", file(ROOT)],
      ["library/books.yaml", file(BOOKS)],
    ]),
  );
}

const RULES: readonly string[] = [
  ...[DOCUMENT_RULES, OPERATION_RULES, SCHEMA_RULES].flatMap((table) => Object.keys(table)),
  "has examples that fit their schemas",
];

/** What a rule finds in a document. */
function problemsOf(rule: string, spec: SpecFiles): readonly string[] {
  const [document, operation, schema] = [
    DOCUMENT_RULES[rule],
    OPERATION_RULES[rule],
    SCHEMA_RULES[rule],
  ];
  if (document !== undefined) return document(spec);
  if (operation !== undefined) return operationsOf(spec).flatMap((one) => operation(one, spec));
  if (schema !== undefined) return schemasOf(spec).flatMap((one) => schema(one, spec));
  return exampleProblems(spec);
}

const BREAKS: readonly (readonly [rule: string, from: string, to: string])[] = [
  ["has every operationId once", "operationId: lend", "operationId: listBooks"],
  [
    "uses every component",
    "    Problem:\n",
    "    Shelf: { type: string, description: Where it stands. }\n    Problem:\n",
  ],
  [
    "has every component name once in all its files",
    "  securitySchemes:\n",
    "  schemas: { Book: { type: string } }\n  securitySchemes:\n",
  ],
  [
    "has references that lead somewhere",
    "#/components/responses/BadRequest",
    "#/components/responses/Bad",
  ],
  [
    "declares tags that are used, each with a description",
    "What can be read and borrowed.",
    "The books.",
  ],
  [
    "names every path of its files in the root",
    '  /books:\n    $ref: "library/books.yaml#/paths/~1books"\n',
    "",
  ],
  ["has an operationId", "operationId: lend", "x-id: lend"],
  ["has one tag that the document declares", "tags: [books]", "tags: [books, loans]"],
  ["has a summary", "summary: Borrow a thing", "summary: Borrow a thing."],
  [
    "has a description that says more than its name",
    "Newest first, without what somebody has borrowed.",
    "Lists the books.",
  ],
  ["describes its parameters", "Size of a page.", "The limit."],
  [
    "declares the parameters of its path, and no others there",
    "name: id, in: path, required: true",
    "name: key, in: path, required: true",
  ],
  [
    "declares no header that the platform sets",
    "name: limit, in: query",
    "name: Accept, in: header",
  ],
  ["says whether the request body is required, and what is in it", "        required: true\n", ""],
  [
    "shows an example of a JSON or form body",
    "            example: { title: Momo, format: 1 }\n",
    "",
  ],
  ["describes what success looks like", "A page of the list.", "OK"],
  [
    "gives success content, or a status or a sentence that rules it out",
    '"204": { description: It was lent out. }',
    '"201": { description: It was lent out. }',
  ],
  ["has typed errors", '        "400": { $ref: "#/components/responses/BadRequest" }\n', ""],
  ["shows an example in what it answers", ", examples: [Momo]", ""],
  ["describes its errors", "A value is missing or wrong.", "Bad."],
  ["describes the headers of its answers", "How many there are in all pages.", "Total."],
  ["states its security with scopes that the schemes have", "OAuth2: [lend]", "OAuth2: [borrow]"],
  [
    "says what to use in the place of what is deprecated",
    "Deprecated, use the desk instead.",
    "Deprecated since last year.",
  ],
  [
    "declares how it is paged",
    '      x-pagination: { kind: offset, offset: offset, limit: limit, items: "" }\n',
    "",
  ],
  ["is paged by parameters and members that exist", 'items: "" }', "items: /data }"],
  ["says whether it may be repeated", "      x-idempotent: { header: Idempotency-Key }\n", ""],
  ["names a key of idempotency that it takes", "header: Idempotency-Key }", "header: X-Key }"],
  ["describes every property", "As printed on the cover.", "The title."],
  ["gives every property a type", "message: { type: string,", "message: {"],
  ["requires only properties that it has", "required: [title]", "required: [title, author]"],
  ["uses formats that exist", "format: date,", "format: day,"],
  ["has patterns without delimiters", 'pattern: "^.+$"', 'pattern: "/^.+$/"'],
  [
    "says what is in an array",
    "Words to find it by., items: { type: string }",
    "Words to find it by.",
  ],
  ["says what each number of an enum means", "`2` audio", "audio"],
  ["has enums without doubles", "enum: [1, 2]", "enum: [1, 2, 2]"],
  ["allows null where null is a value", "enum: [1, 2]", "enum: [1, 2, null]"],
  ["has limits that can be kept", "maxLength: 99", "maxLength: 9, minLength: 10"],
  ["has examples that fit their schemas", "title: Momo, format: 1", "title: Momo, format: 3"],
];

describe("the rules over our documents", () => {
  it.each(RULES)("let a good document pass: %s", (rule) => {
    expect(problemsOf(rule, documentWith())).toEqual([]);
  });

  it.each(BREAKS)("find out what breaks: %s", (rule, from, to) => {
    expect(problemsOf(rule, documentWith(from, to))).not.toEqual([]);
  });

  it("are all tried", () => {
    expect([...new Set(BREAKS.map(([rule]) => rule))].sort()).toEqual([...RULES].sort());
  });
});
