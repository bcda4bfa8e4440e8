import { pointerTokens, pointerTo, resolvePointer } from "../document/pointer.js";
import { setMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isFilledIn } from "../model/calls.js";
import type { NamedOperation } from "../names/named-api.js";
import { choosesContentType } from "../names/parameters.js";
import { follow } from "../resolve/references.js";
import type {
  MediaType,
  Operation,
  Parameter,
  PlacedSchema,
  RequestBody,
} from "../resolve/resolved-api.js";
import type { ExampleContext } from "./context.js";
import { documentedExamples, hasExample } from "./values/documented.js";
import { makeValue } from "./values/make.js";
import { makingOf } from "./values/making.js";
import { isValid } from "./values/validity.js";

const CALL = { input: true, isWhole: false };

/**
 * The value of `params` for a call: what is required, and of the rest one parameter of the query for which the document
 * gives an example. More of them may exclude each other, and headers that may be left out change what a call means.
 * `undefined` where something is required for which no value is found.
 */
export function argumentsOf(
  named: NamedOperation,
  context: ExampleContext,
): JsonObject | undefined {
  const { requestBody } = named.operation;
  const params = parametersOf(named, context);
  const body = requestBody && bodyValue(requestBody, context);
  if (params === undefined || body === undefined)
    return requestBody?.required === true ? undefined : params;
  setMember(params, "body", body);
  const [mediaType] = requestBody?.mediaTypes ?? [];
  if (choosesContentType(named.operation) && mediaType?.isRange === true)
    setMember(params, "contentType", typeOfRange(mediaType.name));
  return params;
}

/* --------------------------------------------------------------------------- parameters */

function parametersOf(
  { operation, parameterKeys }: NamedOperation,
  context: ExampleContext,
): JsonObject | undefined {
  const params: JsonObject = {};
  const rows = operation.parameters.map((parameter, index) => ({
    parameter,
    key: parameterKeys[index] ?? parameter.name,
    isNeeded: parameter.required && !isFilledIn(parameter),
  }));
  const other = rows.find(({ parameter, isNeeded }) => !isNeeded && isShown(parameter, context));
  for (const { parameter, key, isNeeded } of rows.filter((row) => row.isNeeded || row === other)) {
    const value = parameterValue(parameter, context);
    if (value !== undefined) setMember(params, key, value);
    else if (isNeeded) return undefined;
  }
  return params;
}

function isShown(parameter: Parameter, { api: { document } }: ExampleContext): boolean {
  const { location, deprecated, pointer } = parameter;
  if (location !== "query" || deprecated) return false;
  return hasExample(objectAt(pointer, document)) || hasExample(schemaOf(parameter).schema);
}

function schemaOf({ serialization, schema }: Parameter): PlacedSchema {
  return serialization.kind === "content" ? (serialization.mediaType.schema ?? schema) : schema;
}

function objectAt(pointer: string, document: JsonObject): JsonValue | undefined {
  return follow(document, resolvePointer(document, pointer), pointer)?.value;
}

function parameterValue(parameter: Parameter, context: ExampleContext): JsonValue | undefined {
  const placed = schemaOf(parameter);
  const given = givenValue(parameter.pointer, placed, context);
  return given ?? makeValue([placed], parameter.name, makingOf(context, CALL));
}

/** The first valid example that stands beside a schema. */
function givenValue(
  pointer: string,
  placed: PlacedSchema,
  context: ExampleContext,
): JsonValue | undefined {
  const { document } = context.api;
  return documentedExamples(document, objectAt(pointer, document)).find(
    (value) => value !== null && isValid(value, placed.schema, makingOf(context, CALL)),
  );
}

/* --------------------------------------------------------------------------------- body */

function bodyValue({ mediaTypes }: RequestBody, context: ExampleContext): JsonValue | undefined {
  const [mediaType] = mediaTypes;
  if (mediaType === undefined) return undefined;
  const { kind, schema, isItemSchema } = mediaType;
  if (kind === "binary" || schema === undefined) return kind === "json" ? {} : "Hello";
  const made =
    givenValue(placeOf(schema), schema, context) ??
    makeValue([schema], "body", makingOf(context, CALL));
  if (kind === "text" || kind === "eventStream")
    return typeof made === "string" ? made : textFor(mediaType);
  return isItemSchema && made !== undefined ? [made] : made;
}

/** Where the media type of a schema stands, beside which there may be examples. */
function placeOf({ pointer }: PlacedSchema): string {
  return pointerTo(...pointerTokens(pointer).slice(0, -1));
}

/** Pointers to what the arguments of a call are made of. */
export function placesOfArguments({ parameters, requestBody }: Operation): readonly string[] {
  const [mediaType] = requestBody?.mediaTypes ?? [];
  return [
    ...parameters.flatMap((parameter) => [parameter.pointer, schemaOf(parameter).pointer]),
    ...(mediaType?.schema === undefined
      ? []
      : [placeOf(mediaType.schema), mediaType.schema.pointer]),
  ];
}

function textFor({ name }: MediaType): string {
  return /[/+]xml\b/.test(name) ? "<example/>" : "example";
}

/** A media type of a range. */
function typeOfRange(range: string): string {
  const [type = "*"] = range.split("/");
  return CONCRETE.get(type) ?? "application/octet-stream";
}

const CONCRETE: ReadonlyMap<string, string> = new Map([
  ["audio", "audio/mpeg"],
  ["font", "font/woff2"],
  ["image", "image/png"],
  ["text", "text/plain"],
  ["video", "video/mp4"],
]);
