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
import type { JsonObject, JsonValue } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { follow } from "./references.js";
import type {
  BodyKind,
  MediaType,
  PlacedSchema,
  PropertyEncoding,
  Schema,
} from "./resolved-api.js";

/** A media type or range as RFC 9110, 8.3.1 and 12.5.1 have them; parameters may follow. */
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+$/;

/** A parameter of a media type (RFC 9110, 5.6.6). */
const PARAMETER =
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"[\x20\x21\x23-\x5b\x5d-\x7e]*")$/;

/** What stands under `content`: media types sorted so that the preferred one comes first, whatever the key order. */
export function* resolveContent(
  document: JsonObject,
  content: JsonObject | undefined,
  pointer: string,
): Findings<readonly MediaType[]> {
  const found: MediaType[] = [];
  for (const [key, value] of sortedEntries(content)) {
    const place = childPointer(pointer, key);
    const mediaType = yield* resolveMediaType(document, key, value, place);
    if (mediaType !== undefined) found.push(mediaType);
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

function* resolveMediaType(
  document: JsonObject,
  key: string,
  value: JsonValue,
  pointer: string,
): Findings<MediaType | undefined> {
  const [essence = "", ...parameters] = key.split(";").map((part) => part.trim());
  const written = [
    essence.toLowerCase(),
    ...parameters.filter((parameter) => PARAMETER.test(parameter)),
  ].join("; ");
  if (!MEDIA_TYPE.test(essence.toLowerCase())) {
    yield diagnostic("invalid-media-type", {
      message: `${quoted(key)} is not a media type.`,
      hint: "Write it as type/subtype, for example application/json. The entry is left out of the client.",
      place: { pointer },
    });
    return undefined;
  }
  const target = follow(document, value, pointer);
  const schema = placedSchema(target?.value, target?.pointer ?? pointer);
  const name = yield* knownName(written, pointer);
  return {
    name,
    isRange: essence.includes("*"),
    kind: bodyKind(document, name, schema),
    schema,
    encoding: encodingOf(target?.value),
  };
}

/** `application/form-data` is registered nowhere; servers and authors mean `multipart/form-data`. */
function* knownName(name: string, pointer: string): Findings<string> {
  if (/^multipart\/(?!form-data\b|\*)/.test(name)) {
    yield diagnostic("unsupported-multipart", {
      message: `The client does not take ${quoted(name)} apart or put it together: such a body is bytes.`,
      hint: "Describe the body as multipart/form-data if the server takes that. Otherwise pass the bytes, and their boundary in the Content-Type header of the call.",
      place: { pointer },
    });
  }
  if (name !== "application/form-data" && name !== "application/x-form-data") return name;
  yield diagnostic("unregistered-form-type", {
    message: `${quoted(name)} is not a registered media type; multipart/form-data is sent instead.`,
    hint: "Write application/x-www-form-urlencoded or multipart/form-data, whichever the server reads.",
    place: { pointer },
  });
  return "multipart/form-data";
}

function placedSchema(
  mediaType: JsonObject | undefined,
  pointer: string,
): PlacedSchema | undefined {
  const schema = member(mediaType, "schema");
  return isSchema(schema) ? { schema, pointer: `${pointer}/schema` } : undefined;
}

/** A schema is an object or, from OpenAPI 3.1 on, a boolean. */
export function isSchema(value: unknown): value is Schema {
  return isObject(value) || typeof value === "boolean";
}

function encodingOf(mediaType: JsonObject | undefined): readonly PropertyEncoding[] {
  return sortedEntries(objectMember(mediaType, "encoding")).map(([property, encoding]) => {
    const explode = member(encoding, "explode");
    const allowReserved = member(encoding, "allowReserved");
    return {
      property,
      contentType: stringMember(encoding, "contentType"),
      style: stringMember(encoding, "style"),
      explode: typeof explode === "boolean" ? explode : undefined,
      allowReserved: typeof allowReserved === "boolean" ? allowReserved : undefined,
    };
  });
}

/** JSON first, for it keeps types; then forms; then what is read whole; ranges last. */
function rank(mediaType: MediaType): number {
  const order: readonly BodyKind[] = ["json", "form", "multipart", "text", "eventStream", "binary"];
  const exact = mediaType.name === "application/json" ? 0 : 1;
  return (mediaType.isRange ? 100 : 0) + order.indexOf(mediaType.kind) * 2 + exact;
}

/** Decides what the runtime does with a body: by the media type, and where that says nothing, by the schema. */
function bodyKind(document: JsonObject, name: string, schema: PlacedSchema | undefined): BodyKind {
  const essence = (name.split(";")[0] ?? "").trim();
  if (essence === "application/x-www-form-urlencoded") return "form";
  if (essence === "multipart/form-data") return "multipart";
  if (essence === "text/event-stream") return "eventStream";
  if (isJson(essence)) return "json";
  const shape = schemaShape(document, schema);
  if (shape === "binary" || isAlwaysBytes(essence)) return "binary";
  if (isText(essence)) return "text";
  return shape === "string" ? "text" : shape === "structured" ? "json" : "binary";
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
  "application/x-ndjson",
  "application/jsonl",
  "application/javascript",
  "application/graphql",
  "application/sql",
]);

/** What a schema tells about bytes: a file, a text, something with structure, or nothing. */
export function schemaShape(
  document: JsonObject,
  schema: PlacedSchema | undefined,
): "binary" | "string" | "structured" | "unknown" {
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
