import { describe, expect, it } from "vitest";
import { readSpecFiles, type Node, type SpecFiles } from "../support/spec-files.js";
import {
  readGeneratedComments,
  type Declared,
  type GeneratedComments,
} from "./generated-comments.js";

/*
 * What documents say is in the comments of the code: the pages are made of the same texts. Nothing of the generator
 * is used here, neither to read documents nor to read code.
 */

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

interface Service extends SpecFiles {
  readonly generated: GeneratedComments;
  /** The types of the code by the letters of their names. */
  readonly types: ReadonlyMap<string, Declared>;
}

/** A text of a document and what stands where it has to be said. */
interface Told {
  readonly place: string;
  readonly text: string;
  /** Several where any of them may say it. */
  readonly comments: readonly string[];
}

type TextsOf = (service: Service, operation: OperationNode) => readonly Told[];

const OF_OPERATIONS: readonly (readonly [string, TextsOf])[] = [
  ["summaries and descriptions", methodTexts],
  ["errors", errorTexts],
  ["deprecations", deprecationTexts],
  ["parameters", parameterTexts],
  ["bodies", bodyTexts],
  ["answers", answerTexts],
];

describe.each([
  { name: "peertube", operations: 270, texts: 4_500 },
  { name: "mastodon", operations: 200, texts: 3_000 },
  { name: "sftpgo", operations: 110, texts: 2_000 },
])("the comments of $name", ({ name, operations, texts }) => {
  const generated = readGeneratedComments(name);
  const types = new Map([...generated.declarations].map(([type, made]) => [letters(type), made]));
  const service = { ...readSpecFiles(name), generated, types };
  const all = operationsOf(service);
  const kinds = [
    ["what classes are for", classTexts(service)] as const,
    ...OF_OPERATIONS.map(
      ([kind, textsOf]) => [kind, all.flatMap((one) => textsOf(service, one))] as const,
    ),
    ["schemas and their properties", schemaTexts(service)] as const,
  ];

  it("are there for all that the document has", () => {
    expect(all.length).toBeGreaterThan(operations);
    expect(all.filter(({ id }) => !service.generated.methods.has(id))).toEqual([]);
    expect(kinds.filter(([, told]) => told.length === 0)).toEqual([]);
    expect(kinds.flatMap(([, told]) => told).length).toBeGreaterThan(texts);
  });

  it.each(kinds)("tell %s", (_, told) => {
    expect(told.filter(isMissing)).toEqual([]);
  });
});

function isMissing({ text, comments }: Told): boolean {
  return !comments.some((comment) => bare(comment).includes(bare(text)));
}

/**
 * A text without what comments and documents write in different ways: line breaks, backslash escapes, code spans, and
 * the addresses of links inside of the document.
 */
function bare(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\(#(?:operation|tag|schema)\/[^)]*\)/g, "$1")
    .replace(/\{@link [\w$.]+(?: \| ([^}]*))?\}/g, "$1")
    .replace(/[\s\\`]+/g, "");
}

interface OperationNode {
  /** `GET /videos` */
  readonly id: string;
  readonly pathItem: Node;
  readonly operation: Node;
}

function operationsOf({ root, follow }: SpecFiles): readonly OperationNode[] {
  return entries(root["paths"]).flatMap(([path, value]) => {
    const pathItem = follow(value) as Node;
    return METHODS.flatMap((method) =>
      pathItem[method] === undefined
        ? []
        : [{ id: `${method.toUpperCase()} ${path}`, pathItem, operation: node(pathItem[method]) }],
    );
  });
}

function classTexts({ root, types }: Service): readonly Told[] {
  const tags = (root["tags"] ?? []) as readonly Node[];
  return tags.flatMap(({ name, description }) => {
    const found = types.get(`${letters(name).replace(/apis?$/, "")}api`);
    return told(`tag ${String(name)}`, description, found === undefined ? [] : [found]);
  });
}

function methodTexts({ generated }: Service, { id, operation }: OperationNode): readonly Told[] {
  const { summary, description } = operation as { summary?: string; description?: string };
  const sentence = summary === undefined ? "" : `${summary.replace(/\.$/, "")}.`;
  const heads = commentsOf(generated, id).map(headText);
  return [{ place: id, text: `${sentence} ${description ?? ""}`, comments: heads }];
}

/** What comes before the line on the request. */
function headText(comment: string): string {
  const [prose = ""] = comment.split(/^@/m);
  return prose.trim().split("\n\n").slice(0, -1).join("\n\n");
}

/** What is thrown; methods that only give an address throw nothing. */
function errorTexts(service: Service, { id, operation }: OperationNode): readonly Told[] {
  if (service.generated.methods.get(id)?.responses.length === 0) return [];
  const comments = commentsOf(service.generated, id).flatMap(tagTexts("throws"));
  return responsesOf(service, operation)
    .filter(([status]) => !status.startsWith("2"))
    .map(([status, { description }]) => ({
      place: `${id} ${status}`,
      text: `${status} - ${String(description)}`,
      comments,
    }));
}

function deprecationTexts(
  { generated }: Service,
  { id, operation }: OperationNode,
): readonly Told[] {
  if (operation["deprecated"] !== true && operation["x-sunset"] === undefined) return [];
  const text = (operation["x-sunset"] ?? "") as string;
  return [{ place: id, text, comments: commentsOf(generated, id).flatMap(tagTexts("deprecated")) }];
}

function parameterTexts(
  service: Service,
  { id, pathItem, operation }: OperationNode,
): readonly Told[] {
  const { follow, generated } = service;
  const own = [pathItem, operation].flatMap(({ parameters }) => (parameters ?? []) as unknown[]);
  const members = (generated.methods.get(id)?.params ?? []).flatMap(generated.membersOf);
  return own.flatMap((parameter) => {
    const { name, description } = follow(parameter) as Node;
    return told(
      `${id} ${String(name)}`,
      description,
      members.filter((member) => letters(member.name) === letters(name)),
    );
  });
}

function bodyTexts(service: Service, { id, operation }: OperationNode): readonly Told[] {
  const { follow, generated } = service;
  const body = follow(operation["requestBody"]) as Node | undefined;
  const members = (generated.methods.get(id)?.params ?? [])
    .flatMap(generated.membersOf)
    .filter((member) => member.name === "body");
  return [
    ...told(`${id} body`, bodyText(body), members),
    ...contentTexts(service, `${id} body`, body, members),
  ];
}

/** Its own description, or that of its schema. */
function bodyText(body: Node | undefined): unknown {
  const [content] = Object.values(node(body?.["content"]));
  return body?.["description"] ?? node(node(content)["schema"])["description"];
}

function answerTexts(service: Service, { id, operation }: OperationNode): readonly Told[] {
  const { generated } = service;
  const all = (generated.methods.get(id)?.responses ?? []).flatMap(generated.membersOf);
  return responsesOf(service, operation).flatMap(([status, response]) => {
    const members = all.filter((member) => member.name === status);
    // What errors mean stands at the method.
    return status.startsWith("2") && all.length > 0
      ? [
          ...told(`${id} ${status}`, response["description"], members),
          ...contentTexts(service, `${id} ${status}`, response, members),
        ]
      : [];
  });
}

/** What the parts of a body or an answer say. */
function contentTexts(
  service: Service,
  place: string,
  body: Node | undefined,
  types: readonly Declared[],
): readonly Told[] {
  return entries(body?.["content"]).flatMap(([mediaType, content]) =>
    innerTexts(service, `${place} ${mediaType}`, node(content)["schema"], types),
  );
}

function schemaTexts(service: Service): readonly Told[] {
  const { files, types } = service;
  return [...files.values()].flatMap((file) =>
    entries(node(file["components"])["schemas"]).flatMap(([name, schema]) => {
      const made = ["", "input", "form"].flatMap((word) => types.get(letters(name) + word) ?? []);
      if (made.length === 0 || isReference(schema)) return [];
      return [
        ...told(name, node(schema)["description"], made),
        ...innerTexts(service, name, schema, made),
      ];
    }),
  );
}

/** What the parts of a schema say, as far as they have no names of their own. */
function innerTexts(
  service: Service,
  place: string,
  schema: unknown,
  types: readonly Declared[],
): readonly Told[] {
  if (typeof schema !== "object" || isReference(schema)) return [];
  const { properties, allOf, anyOf, oneOf, items, additionalProperties } = schema as Node;
  const parts = [allOf, anyOf, oneOf].flatMap((list) => (list ?? []) as readonly unknown[]);
  const inner = [...parts, items, additionalProperties].filter((part) => part !== undefined);
  const members = properties === undefined ? [] : types.flatMap(service.generated.membersOf);
  return [
    ...entries(properties).flatMap(([name, property]) => {
      const own = members.filter((member) => member.name === name);
      const at = `${place}.${name}`;
      return [
        ...told(at, node(property)["description"], own),
        ...innerTexts(service, at, property, own),
      ];
    }),
    ...inner.flatMap((part) => innerTexts(service, place, part, types)),
  ];
}

function told(place: string, text: unknown, types: readonly Declared[]): readonly Told[] {
  return typeof text === "string"
    ? [{ place, text, comments: types.map(({ comment }) => comment) }]
    : [];
}

function responsesOf({ follow }: SpecFiles, operation: Node): readonly (readonly [string, Node])[] {
  return entries(operation["responses"]).map(([status, response]) => [
    status,
    follow(response) as Node,
  ]);
}

function commentsOf({ methods }: GeneratedComments, id: string): readonly string[] {
  return methods.get(id)?.comments ?? [];
}

/** The texts behind a tag. */
function tagTexts(tag: string): (comment: string) => readonly string[] {
  return (comment) =>
    comment
      .split(/^@/m)
      .slice(1)
      .filter((text) => text.startsWith(`${tag} `));
}

function isReference(schema: unknown): boolean {
  return node(schema)["$ref"] !== undefined;
}

function node(value: unknown): Node {
  return (value ?? {}) as Node;
}

function entries(value: unknown): readonly [string, unknown][] {
  return Object.entries(node(value));
}

/** Names of a document and of code in the form in which they are the same. */
function letters(name: unknown): string {
  return String(name)
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}
