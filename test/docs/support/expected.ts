import type { ApiDocument, Operation, Schema } from "../../services/support/document.js";

/** Something that stands in the document, and that pages have to tell. */
export interface Fact {
  /** Such as `header X-RateLimit-Limit of 200`. */
  readonly what: string;
  /** What a reader sees of it. */
  readonly text: string;
}

/** Everything that the section of an operation has to tell, besides its texts. */
export function factsOf(operation: Operation, document: ApiDocument): readonly Fact[] {
  return [
    { what: "method", text: operation.method },
    ...parameterFacts(operation, document),
    ...bodyFacts(operation, document),
    ...responseFacts(operation),
    ...operation.security.flatMap((alternative) =>
      Object.entries(alternative).flatMap(([scheme, scopes]) => [
        { what: "scheme", text: scheme },
        ...scopes.map((scope) => ({ what: `scope of ${scheme}`, text: scope })),
      ]),
    ),
  ];
}

function parameterFacts({ parameters }: Operation, document: ApiDocument): readonly Fact[] {
  return parameters.flatMap(({ name, schema }) => [
    { what: "parameter", text: name },
    ...enumValues(schema, document).map((value) => ({
      what: `value of ${name}`,
      text: String(value),
    })),
  ]);
}

/** The values that are listed where a parameter is described; a schema of its own has a page of its own. */
function enumValues(schema: Schema, document: ApiDocument): readonly unknown[] {
  if (schema.$ref !== undefined) return [];
  const parts = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  const inner = schema.items === undefined ? parts : [...parts, schema.items];
  return [...(schema.enum ?? []), ...inner.flatMap((one) => enumValues(one, document))];
}

function bodyFacts({ body }: Operation, document: ApiDocument): readonly Fact[] {
  return Object.entries(body?.content ?? {}).flatMap(([mediaType, { schema = {} }]) => [
    { what: "media type of the body", text: mediaType },
    ...(schema.$ref === undefined
      ? shownProperties(schema, document, "readOnly").map((text) => ({
          what: "field of the body",
          text,
        }))
      : []),
  ]);
}

function responseFacts({ responses }: Operation): readonly Fact[] {
  return Object.entries(responses).flatMap(([status, { content = {}, headers = {} }]) => [
    { what: "status", text: status },
    ...Object.keys(headers).map((text) => ({ what: `header of ${status}`, text })),
    // Pages name the media type of an answer where it is another than the usual one.
    ...Object.keys(content)
      .filter((text) => text !== "application/json")
      .map((text) => ({ what: `media type of ${status}`, text })),
  ]);
}

/** The properties that a schema itself has; those of parts that are schemas of their own are told elsewhere. */
export function shownProperties(
  schema: Schema,
  document: ApiDocument,
  hidden?: "readOnly" | "writeOnly",
): readonly string[] {
  const parts = [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    hidden !== undefined && document.resolve(property)[hidden] === true ? [] : [name],
  );
  const inner = parts.filter(({ $ref }) => $ref === undefined);
  return [...own, ...inner.flatMap((part) => shownProperties(part, document, hidden))];
}

/** Whether a text has a word that no letter, digit or other part of a name touches. */
export function tells(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, "u").test(text);
}
