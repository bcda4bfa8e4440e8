import type { JsonObject, JsonValue } from "../document/source.js";
import type { NamedApi } from "../names/named-api.js";
import type { MediaType, Operation, PlacedSchema, ResolvedApi } from "../resolve/resolved-api.js";
import { follow } from "../resolve/references.js";
import { findFamilies, type Families } from "./families.js";
import {
  componentSchemaForm,
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
  const common: Common = { api, families: findFamilies(api) };
  return {
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: Object.fromEntries(
      operations.map(({ operation }, index) => [
        `/${index}`,
        { post: operationObject(common, operation, index) },
      ]),
    ),
    components: { schemas: componentSchemas(common) },
  };
}

/** What all schemas of a document have in common. */
interface Common {
  readonly api: ResolvedApi;
  readonly families: Families;
}

function componentSchemas(common: Common): JsonObject {
  const { api } = common;
  return Object.fromEntries(
    [...api.schemas].flatMap(([name, placed]) => {
      const directions = api.directedSchemas.has(name)
        ? [false, true]
        : [api.requestSchemas.has(name)];
      return directions.map((input) => {
        const scope = scopeOf(common, input, api.fileSchemas.has(name));
        return [schemaKey(api, name, input), componentSchemaForm(name, placed, scope)] as const;
      });
    }),
  );
}

function scopeOf(common: Common, input: boolean, files: boolean): Scope {
  return { ...common, input, files, bases: new Set(), outer: new Map(), inlined: new Set() };
}

function operationObject(common: Common, operation: Operation, index: number): JsonObject {
  const body = operation.requestBody;
  return {
    operationId: operationKey(index),
    parameters: operation.parameters.map((parameter, position) => ({
      in: "query",
      name: `p${position}`,
      required: true,
      schema: parameterForm(common, parameterSchema(parameter)),
    })),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: contentObject(common, body.mediaTypes, true) } }),
    responses: Object.fromEntries(
      operation.responses.map((response, position) => [
        `r${position}`,
        { description: "", content: contentObject(common, response.mediaTypes, false) },
      ]),
    ),
  };
}

/** A schema that allows anything has no name here: there are values that no URL or header can hold. */
function parameterForm(common: Common, placed: PlacedSchema): NormalSchema {
  const scope = scopeOf(common, true, false);
  const form = normalForm(placed, scope);
  const target = follow(common.api.document, placed.schema, placed.pointer);
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
  common: Common,
  mediaTypes: readonly MediaType[],
  input: boolean,
): JsonObject {
  return Object.fromEntries(
    mediaTypes.map((mediaType, position): [string, JsonValue] => [
      `m${position}`,
      { schema: mediaTypeSchema(common, mediaType, input) as JsonValue },
    ]),
  );
}

function mediaTypeSchema(common: Common, mediaType: MediaType, input: boolean): NormalSchema {
  if (mediaType.schema === undefined || mediaType.kind === "binary") return {};
  return normalForm(
    mediaType.schema,
    scopeOf(common, input, input && mediaType.kind === "multipart"),
  );
}
