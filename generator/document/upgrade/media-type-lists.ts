import type { Findings } from "../../diagnostics/diagnostic.js";
import { quoted } from "../../diagnostics/quoted.js";
import { isObject, member, stringMember } from "../json.js";
import { childPointer } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import { found, typeName } from "./findings.js";
import { followed } from "./followed.js";
import { writtenAt } from "./origins.js";

/** A media type, and where it is listed. */
export interface ListedMediaType {
  readonly name: string;
  /** `undefined` where none is listed, and this one is meant. */
  readonly pointer: string | undefined;
}

export type MediaTypeList = readonly ListedMediaType[];

/** Every body and answer gets an entry for each, so that a list without end would be a document without end. */
const LONGEST = 100;

/**
 * The media types under `consumes` or `produces`, each once; `undefined` where there is no such field. An empty list is
 * one: it takes back what the document says for all operations (Swagger 2.0, Operation Object).
 */
export function* mediaTypeList(
  owner: JsonObject,
  key: "consumes" | "produces",
  pointer: string,
): Findings<MediaTypeList | undefined> {
  const written = member(owner, key) ?? null;
  if (written === null) return undefined;
  const place = childPointer(pointer, key);
  if (typeof written === "string") {
    yield found("tolerated-value", {
      message: `A string stands under ${key}, where a list of media types belongs; it is read as a list of one.`,
      hint: `Write it like ${key}: [application/json].`,
      pointer: place,
    });
    return [{ name: written, pointer: place }];
  }
  if (!Array.isArray(written)) {
    yield notListed(written, `under ${key}, where a list of media types belongs`, place);
    return undefined;
  }
  return yield* listed(written, key, place);
}

function* listed(
  values: readonly JsonValue[],
  key: string,
  pointer: string,
): Findings<MediaTypeList> {
  const types = new Map<string, ListedMediaType>();
  for (const [index, name] of values.entries()) {
    const place = childPointer(pointer, index);
    if (typeof name !== "string") {
      yield notListed(name, `under ${key}, where a media type belongs`, place);
      continue;
    }
    if (types.size === LONGEST && !types.has(name)) {
      yield found("ignored-value", {
        message: `There are more than ${LONGEST} media types under ${key}; those from ${quoted(name)} on are ignored.`,
        hint: "List those that the server knows.",
        pointer: place,
      });
      break;
    }
    if (!types.has(name)) types.set(name, { name, pointer: place });
  }
  return [...types.values()];
}

function notListed(value: JsonValue, where: string, pointer: string): ReturnType<typeof found> {
  return found("ignored-value", {
    message: `${typeName(value)} stands ${where}; it is ignored.`,
    hint: "Write it like [application/json, application/xml].",
    pointer,
  });
}

/* --------------------------------------------------- which of them a schema is for */

/** What a schema says of the bytes that carry a value. */
export type PayloadShape = "file" | "structure" | "other";

/** What a schema of the document as written describes. */
export function payloadShape(document: JsonObject, schema: JsonValue | undefined): PayloadShape {
  const target = followed(document, schema, "").value;
  const type = member(target, "type");
  if (type === "file" || stringMember(target, "format") === "binary") return "file";
  if (type === "object" || type === "array") return "structure";
  const parts = ["properties", "items", "additionalProperties", "allOf", "oneOf", "anyOf"];
  const hasParts = parts.some((key) => isObject(target) && Object.hasOwn(target, key));
  return type === undefined && hasParts ? "structure" : "other";
}

/**
 * The media types with which a body of a shape can be sent. Swagger 2.0 names no default; without `consumes`, what
 * has structure is sent as JSON by all tools.
 */
export function bodyTypes(types: MediaTypeList, shape: PayloadShape): MediaTypeList {
  if (shape !== "file") return orElse(types, "application/json");
  return orElse(
    types.filter(({ name }) => !isForm(name)),
    "application/octet-stream",
  );
}

/**
 * The media types that an answer of a shape can have. `produces` stands for all answers of an operation together: its
 * file, which is no JSON that is read, and its errors, which are no image.
 */
export function answerTypes(types: MediaTypeList, shape: PayloadShape): MediaTypeList {
  if (shape === "file")
    return orElse(
      types.filter(({ name }) => !isJson(name)),
      "*/*",
    );
  if (shape === "structure")
    return orElse(
      types.filter(({ name }) => !isOnlyBytes(name)),
      "application/json",
    );
  return orElse(types, "application/json");
}

function orElse(types: MediaTypeList, name: string): MediaTypeList {
  return types.length > 0 ? types : [{ name, pointer: undefined }];
}

/** Tells whether a media type is one of the two that forms have. */
export function isForm(name: string): boolean {
  return /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data|application\/(?:x-)?form-data)\s*(?:;|$)/i.test(
    name,
  );
}

function isJson(name: string): boolean {
  return /^\s*(?:application\/json|text\/json|[^\s;]*\+json)\s*(?:;|$)/i.test(name);
}

/** Types in which nothing with structure can be. */
function isOnlyBytes(name: string): boolean {
  return (
    /^\s*(?:(?:image|audio|video|font)\/|application\/(?:octet-stream|pdf|zip|gzip)\b)/i.test(
      name,
    ) && !/\+(?:json|xml)\b/i.test(name)
  );
}

/** A `content` that says the same for each media type. */
export function contentOf(types: MediaTypeList, mediaType: JsonObject): JsonObject {
  return Object.fromEntries(
    types.map(({ name, pointer }) => [
      name,
      pointer === undefined ? mediaType : writtenAt(pointer, mediaType),
    ]),
  );
}
