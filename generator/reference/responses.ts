import type { Int64Policy } from "../document/int64-policy.js";
import { arrayMember, member, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { OperationModel } from "../model/api-model.js";
import { follow } from "../resolve/references.js";
import type { Operation, ResponseHeader } from "../resolve/resolved-api.js";
import { docsOf, type Docs } from "../types/docs.js";
import type { OperationTypes } from "../types/type-node.js";
import { describeContent } from "./answers.js";
import type { Describing } from "./describing.js";
import type { HeaderReference, ResponseReference } from "./reference.js";

/** What an operation can be answered with, in the order of the document: by status. */
export function describeResponses(
  { responses }: Operation,
  types: OperationTypes,
  made: OperationModel,
  describing: Describing,
): readonly ResponseReference[] {
  return responses.map((response, index) => ({
    status: response.status,
    success: response.success,
    description: response.description,
    content: describeContent(response, types.responses[index] ?? [], made, describing.types),
    headers: response.headers.map((header) => describeHeader(header, describing)),
  }));
}

function describeHeader(header: ResponseHeader, { headers, table }: Describing): HeaderReference {
  const known = headers.get(header.pointer);
  if (known !== undefined) return known;
  const schema = headerSchema(header, table.named.api.document);
  const described = {
    name: header.name,
    required: header.required,
    type: typeWord(schema),
    values: valuesOf(schema),
    docs: headerDocs(header, schema, table.int64),
  };
  headers.set(header.pointer, described);
  return described;
}

/** A header is text, so that no reader looks for its schema by name: the target of a reference speaks for it. */
function headerSchema({ schema }: ResponseHeader, document: JsonObject): JsonObject {
  if (schema === undefined) return {};
  return follow(document, schema.schema, schema.pointer)?.value ?? {};
}

function headerDocs(
  { description, deprecated }: ResponseHeader,
  schema: JsonObject,
  int64: Int64Policy,
): Docs {
  const docs = docsOf(schema, int64, description);
  const isTold = docs.some((part) => part.kind === "tag" && part.tag === "deprecated");
  return deprecated && !isTold ? [...docs, { kind: "tag", tag: "deprecated", text: "" }] : docs;
}

/** `integer`, `array of string`, `string or null`. */
function typeWord(schema: JsonValue | undefined): string | undefined {
  const stated = member(schema, "type");
  const types = (Array.isArray(stated) ? stated : [stated]).filter(
    (type) => typeof type === "string",
  );
  const item = types.includes("array") ? stringMember(member(schema, "items"), "type") : undefined;
  const words = types.map((type) => (type === "array" && item ? `array of ${item}` : type));
  return words.length === 0 ? undefined : words.join(" or ");
}

function valuesOf(schema: JsonObject): readonly string[] {
  const only = member(schema, "const");
  const values = only === undefined ? arrayMember(schema, "enum") : [only];
  return values.map((value) => JSON.stringify(value));
}
