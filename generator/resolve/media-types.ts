import {
  arrayMember,
  compareText,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
} from "../document/json.js";
import { childPointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { follow, type Placed } from "./references.js";
import type {
  BodyKind,
  MediaType,
  PartEncodings,
  PlacedSchema,
  PropertyEncoding,
  Schema,
} from "./resolved-api.js";
import { hasOrderedParts, isJsonSequence, partEncodings } from "./sequences.js";

/** A media type or range as RFC 9110, 8.3.1 and 12.5.1 have them; parameters may follow. */
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** A parameter of a media type (RFC 9110, 5.6.6). */
const PARAMETER =
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*")$/;

/** What content is part of. A parameter is sent as a request body is. */
export type ContentUse = "request" | "response";

/** What stands under `content`: media types sorted so that the preferred one comes first, whatever the key order. */
export function* resolveContent(
  document: JsonObject,
  content: JsonObject | undefined,
  pointer: string,
  use: ContentUse,
): Findings<readonly MediaType[]> {
  const found: MediaType[] = [];
  for (const [key, value] of sortedEntries(content)) {
    const place = childPointer(pointer, key);
    const name = yield* mediaTypeName(key, place);
    if (name === undefined) continue;
    // A Media Type Object can be a reference (OpenAPI 3.2, "Components Object").
    const target = follow(document, value, place) ?? { value: {}, pointer: place };
    found.push(yield* resolveMediaType(document, name, target, { pointer: place, use }));
  }
  return withoutDoubles(found).sort(
    (left, right) => rank(left) - rank(right) || compareText(left.name, right.name),
  );
}

/** `application/json` and `Application/JSON` are one type; the first in order stays. */
function withoutDoubles(mediaTypes: readonly MediaType[]): MediaType[] {
  const names = new Set<string>();
  return mediaTypes.filter((mediaType) => !names.has(mediaType.name) && names.add(mediaType.name));
}

/** The name in lower case, with those of its parameters that are any; `undefined` for a key that names no type. */
function* mediaTypeName(key: string, pointer: string): Findings<string | undefined> {
  const [essence = "", ...parameters] = key.split(";").map((part) => part.trim());
  if (!MEDIA_TYPE.test(essence.toLowerCase())) {
    yield diagnostic("invalid-media-type", {
      message: `${quoted(key)} is not a media type.`,
      hint: "Write it as type/subtype, for example application/json. The entry is left out of the client.",
      place: { pointer },
    });
    return undefined;
  }
  const name = [
    essence.toLowerCase(),
    ...parameters.filter((parameter) => PARAMETER.test(parameter)),
  ].join("; ");
  return yield* knownName(name, pointer);
}

/** `application/form-data` is registered nowhere; servers and authors mean `multipart/form-data`. */
function* knownName(name: string, pointer: string): Findings<string> {
  if (name !== "application/form-data" && name !== "application/x-form-data") return name;
  yield diagnostic("unregistered-form-type", {
    message: `${quoted(name)} is not a registered media type; multipart/form-data is sent instead.`,
    hint: "Write application/x-www-form-urlencoded or multipart/form-data, whichever the server reads.",
    place: { pointer },
  });
  return "multipart/form-data";
}

function* resolveMediaType(
  document: JsonObject,
  name: string,
  target: Placed<JsonObject>,
  { pointer, use }: { readonly pointer: string; readonly use: ContentUse },
): Findings<MediaType> {
  const whole = placedSchema(target, "schema");
  const item = placedSchema(target, "itemSchema");
  const parts = partEncodings(target.value);
  const kind = bodyKind(document, name, { whole, item, parts, use });
  const isSequence = kind === "jsonItems" || kind === "eventStream";
  if (kind === "binary" && hasOrderedParts(essenceOf(name)))
    yield unsupportedMultipart(name, pointer, use);
  else if (item !== undefined && !isSequence && kind !== "parts")
    yield unusedItemSchema(name, `${target.pointer}/itemSchema`);
  return {
    name,
    isRange: essenceOf(name).includes("*"),
    kind,
    schema: isSequence
      ? itemSchema(document, whole, item)
      : kind === "parts"
        ? (item ?? whole)
        : whole,
    isItemSchema: isSequence || (kind === "parts" && item !== undefined),
    encoding: yield* encodingOf(kind, target),
    parts: kind === "parts" ? parts : undefined,
  };
}

function unsupportedMultipart(name: string, pointer: string, use: ContentUse): Diagnostic {
  return use === "response"
    ? diagnostic("unsupported-multipart", {
        message: `The client does not take ${quoted(name)} apart: such an answer is bytes.`,
        hint: "Nothing is to be done if bytes will do; otherwise describe an answer of JSON, or one for each part.",
        place: { pointer },
      })
    : diagnostic("unsupported-multipart", {
        message: `Nothing tells how ${quoted(name)} is put together: such a body is bytes.`,
        hint: "Describe its parts in their order by a schema of type array (OpenAPI 3.2), or the body as multipart/form-data if the server takes that. Otherwise pass the bytes, and their boundary in the Content-Type header of the call.",
        place: { pointer },
      });
}

function unusedItemSchema(name: string, pointer: string): Diagnostic {
  return diagnostic("unused-item-schema", {
    message: `${quoted(name)} is no sequence of items that the client takes apart, so that its itemSchema is not read.`,
    hint: "Describe the content as a whole by schema, or send a sequence such as application/jsonl, application/json-seq or text/event-stream.",
    place: { pointer },
  });
}

function placedSchema(
  { value, pointer }: Placed<JsonObject>,
  field: "schema" | "itemSchema",
): PlacedSchema | undefined {
  const schema = member(value, field);
  return isSchema(schema) ? { schema, pointer: `${pointer}/${field}` } : undefined;
}

/**
 * The schema of one item of a sequence. `schema` is that of all of them as an array (OpenAPI 3.2, "Sequential Media
 * Types"); before 3.2 it was written for one item just as often, so that whatever is no array is taken for that.
 */
function itemSchema(
  document: JsonObject,
  whole: PlacedSchema | undefined,
  item: PlacedSchema | undefined,
): PlacedSchema | undefined {
  const target = whole && follow(document, whole.schema, whole.pointer);
  if (item !== undefined || target === undefined || !isArray(target.value)) return item ?? whole;
  const items = member(target.value, "items");
  const isUniform = member(target.value, "prefixItems") === undefined && isSchema(items);
  return isUniform ? { schema: items, pointer: `${target.pointer}/items` } : undefined;
}

function isArray(schema: JsonObject): boolean {
  return [member(schema, "type")].flat().includes("array");
}

/** A schema is an object or, from OpenAPI 3.1 on, a boolean. */
export function isSchema(value: unknown): value is Schema {
  return isObject(value) || typeof value === "boolean";
}

/** What says how properties are written; only the bodies of forms are written one by one (OpenAPI 3.1, 4.8.14.1). */
function* encodingOf(
  kind: BodyKind,
  { value, pointer }: Placed<JsonObject>,
): Findings<readonly PropertyEncoding[]> {
  const entries = sortedEntries(objectMember(value, "encoding"));
  if (entries.length > 0 && kind !== "form" && kind !== "multipart") {
    yield diagnostic("ignored-value", {
      message:
        "encoding stands in a media type whose properties are not written one by one; it is ignored.",
      hint: "Remove it, or describe the body as multipart/form-data or application/x-www-form-urlencoded.",
      place: { pointer: childPointer(pointer, "encoding") },
    });
    return [];
  }
  return entries.map(([property, encoding]) => {
    const explode = member(encoding, "explode");
    const allowReserved = member(encoding, "allowReserved");
    return {
      property,
      contentType: stringMember(encoding, "contentType"),
      style: stringMember(encoding, "style"),
      explode: typeof explode === "boolean" ? explode : undefined,
      allowReserved: typeof allowReserved === "boolean" ? allowReserved : undefined,
      parts: isObject(encoding) ? partEncodings(encoding) : undefined,
    };
  });
}

/** JSON first, for it keeps types; then forms; then what is read whole; ranges last. */
function rank(mediaType: MediaType): number {
  const order: readonly BodyKind[] = [
    "json",
    "form",
    "multipart",
    "jsonItems",
    "parts",
    "text",
    "eventStream",
    "binary",
  ];
  const exact = mediaType.name === "application/json" ? 0 : 1;
  return (mediaType.isRange ? 100 : 0) + order.indexOf(mediaType.kind) * 2 + exact;
}

interface Described {
  readonly whole: PlacedSchema | undefined;
  readonly item: PlacedSchema | undefined;
  readonly parts: PartEncodings | undefined;
  readonly use: ContentUse;
}

/** Decides what the runtime does with a body: by the media type, and where that says nothing, by the schema. */
function bodyKind(document: JsonObject, name: string, described: Described): BodyKind {
  const essence = essenceOf(name);
  if (essence === "application/x-www-form-urlencoded") return "form";
  if (essence === "multipart/form-data") return "multipart";
  if (essence === "text/event-stream") return "eventStream";
  if (isJson(essence)) return "json";
  const shape = schemaShape(document, described.whole);
  if (isJsonSequence(essence) && isTakenApart(shape, described)) return "jsonItems";
  if (hasOrderedParts(essence) && tellsParts(document, described)) return "parts";
  if (shape === "binary" || isAlwaysBytes(essence)) return "binary";
  if (isText(essence)) return "text";
  return shape === "string" ? "text" : shape === "structured" ? "json" : "binary";
}

/** Whoever describes a sequence as a string or as bytes wants it as that. */
function isTakenApart(shape: SchemaShape, { item }: Described): boolean {
  return item !== undefined || (shape !== "string" && shape !== "binary");
}

/** Only bodies are put together of parts; that needs to be told in which order they come. */
function tellsParts(document: JsonObject, { whole, item, parts, use }: Described): boolean {
  const target = whole && follow(document, whole.schema, whole.pointer)?.value;
  const isOrdered =
    target !== undefined && (isArray(target) || member(target, "prefixItems") !== undefined);
  return use === "request" && (item !== undefined || parts !== undefined || isOrdered);
}

/** A media type without its parameters. */
function essenceOf(name: string): string {
  return (name.split(";")[0] ?? "").trim();
}

/** Tells whether a media type, in lower case and without parameters, is JSON (RFC 6839, 3.1). */
export function isJson(essence: string): boolean {
  return essence === "application/json" || essence === "text/json" || essence.endsWith("+json");
}

function isText(essence: string): boolean {
  return (
    essence.startsWith("text/") ||
    essence === "application/xml" ||
    essence.endsWith("+xml") ||
    isJsonSequence(essence) ||
    TEXT_TYPES.has(essence)
  );
}

/** Types whose bytes mean something else when they are read as text, whatever a schema says of them. */
function isAlwaysBytes(essence: string): boolean {
  return (
    (/^(?:image|audio|video|font|multipart)\//.test(essence) && !essence.endsWith("+xml")) ||
    BYTE_TYPES.has(essence)
  );
}

const BYTE_TYPES: ReadonlySet<string> = new Set([
  "application/gzip",
  "application/octet-stream",
  "application/pdf",
  "application/zip",
]);

const TEXT_TYPES: ReadonlySet<string> = new Set([
  "application/yaml",
  "application/javascript",
  "application/graphql",
  "application/sql",
]);

/** What a schema tells about bytes: a file, a text, something with structure, or nothing. */
type SchemaShape = "binary" | "string" | "structured" | "unknown";

export function schemaShape(document: JsonObject, schema: PlacedSchema | undefined): SchemaShape {
  if (schema === undefined || typeof schema.schema === "boolean") return "unknown";
  const target = follow(document, schema.schema, schema.pointer)?.value;
  if (target === undefined) return "unknown";
  if (isBinary(target)) return "binary";
  const types = [member(target, "type") ?? []]
    .flat()
    .filter((type) => type !== "null" && type !== null);
  if (types.length === 0) return isStructured(target) ? "structured" : "unknown";
  return types.every((type) => type === "string") ? "string" : "structured";
}

function isStructured(schema: JsonObject): boolean {
  const keywords = ["properties", "items", "additionalProperties", "allOf", "oneOf", "anyOf"];
  return keywords.some((keyword) => member(schema, keyword) !== undefined);
}

/**
 * Tells whether a schema describes raw bytes: `format: binary` (3.0), or a `contentMediaType` that is not text and
 * has no `contentEncoding` (JSON Schema 2020-12, validation, 8.4).
 */
export function isBinary(schema: JsonObject): boolean {
  if (stringMember(schema, "format") === "binary") return true;
  const contentType = stringMember(schema, "contentMediaType");
  if (contentType === undefined || member(schema, "contentEncoding") !== undefined) return false;
  return !isJson(contentType) && !isText(contentType) && arrayMember(schema, "enum").length === 0;
}
