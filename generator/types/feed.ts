import type { JsonObject, JsonValue } from "../document/source.js";
import type { NamedApi } from "../names/named-api.js";
import type { MediaType, Operation, PlacedSchema, ResolvedApi } from "../resolve/resolved-api.js";
import { follow } from "../resolve/references.js";
import {
  isUnrestricted,
  normalForm,
  schemaKey,
  type NormalSchema,
  type Scope,
} from "./normal-form.js";

/** The key of an operation in the document that openapi-typescript sees. */
export function operationKey(index: number): string {
  return `o${index}`;
}

/**
 * The document that openapi-typescript sees: operations and schemas in normal form under keys of ours. Names,
 * descriptions and examples stay out of it, so that nothing in them can do harm or fail there.
 */
export function typesDocument(named: NamedApi): JsonObject {
  const { api } = named;
  const operations = named.classes.flatMap((namedClass) => namedClass.operations);
  return {
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: Object.fromEntries(
      operations.map(({ operation }, index) => [
        `/${index}`,
        { post: operationObject(api, operation, index) },
      ]),
    ),
    components: { schemas: componentSchemas(api) },
  };
}

function componentSchemas(api: ResolvedApi): JsonObject {
  return Object.fromEntries(
    [...api.schemas].flatMap(([name, placed]) => {
      const directions = api.directedSchemas.has(name) ? [false, true] : [false];
      return directions.map((input) => {
        const scope = scopeOf(api, input, api.fileSchemas.has(name));
        return [schemaKey(api, name, input), normalForm(placed, scope)] as const;
      });
    }),
  );
}

function scopeOf(api: ResolvedApi, input: boolean, files: boolean): Scope {
  return { api, input, files, outer: new Map(), inlined: new Set() };
}

function operationObject(api: ResolvedApi, operation: Operation, index: number): JsonObject {
  const body = operation.requestBody;
  return {
    operationId: operationKey(index),
    parameters: operation.parameters.map((parameter, position) => ({
      in: "query",
      name: `p${position}`,
      required: true,
      schema: parameterForm(api, parameterSchema(parameter)),
    })),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: contentObject(api, body.mediaTypes, true) } }),
    responses: Object.fromEntries(
      operation.responses.map((response, position) => [
        `r${position}`,
        { description: "", content: contentObject(api, response.mediaTypes, false) },
      ]),
    ),
  };
}

/** A schema that allows anything has no name here: there are values that no URL or header can hold. */
function parameterForm(api: ResolvedApi, placed: PlacedSchema): NormalSchema {
  const scope = scopeOf(api, true, false);
  const form = normalForm(placed, scope);
  const target = follow(api.document, placed.schema, placed.pointer);
  if (target === undefined || target.value === placed.schema) return form;
  const meant = normalForm({ schema: target.value, pointer: target.pointer }, scope);
  return isUnrestricted(meant) ? {} : form;
}

function parameterSchema(parameter: Operation["parameters"][number]): PlacedSchema {
  const { serialization } = parameter;
  return serialization.kind === "content"
    ? (serialization.mediaType.schema ?? parameter.schema)
    : parameter.schema;
}

/** Only bodies with structure need a type of their own; texts, files and event streams always have the same one. */
function contentObject(
  api: ResolvedApi,
  mediaTypes: readonly MediaType[],
  input: boolean,
): JsonObject {
  return Object.fromEntries(
    mediaTypes.map((mediaType, position): [string, JsonValue] => [
      `m${position}`,
      { schema: mediaTypeSchema(api, mediaType, input) as JsonValue },
    ]),
  );
}

function mediaTypeSchema(api: ResolvedApi, mediaType: MediaType, input: boolean): NormalSchema {
  if (mediaType.schema === undefined || mediaType.kind === "binary") return {};
  return normalForm(mediaType.schema, scopeOf(api, input, input && mediaType.kind === "multipart"));
}
