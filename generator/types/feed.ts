import type { Int64Policy } from "../document/int64-policy.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { NamedApi } from "../names/named-api.js";
import type {
  MediaType,
  Operation,
  PlacedSchema,
  ResolvedApi,
  Response,
} from "../resolve/resolved-api.js";
import { follow } from "../resolve/references.js";
import { findFamilies, type Families } from "./families.js";
import { isUnrestricted, referenceToKey, type NormalSchema } from "./forms.js";
import { namedSchemaForm, normalForm, writtenForm } from "./normal-form.js";
import { propertyKeys, type PropertyKeys, type Property } from "./property-keys.js";
import { schemaKey, type Use } from "./reference-form.js";
import type { Scope } from "./scope.js";

/** What openapi-typescript sees, and how to find what was fed in what it makes. */
export interface Feed {
  readonly document: JsonObject;
  /** By the key that stands for its name. */
  readonly properties: ReadonlyMap<string, Property>;
}

/** The methods that openapi-typescript knows: which operation stands under which does not matter. */
const SLOTS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Where an operation stands in the document that openapi-typescript sees: how many there were before it counts. */
export interface OperationPlace {
  readonly path: string;
  readonly method: string;
}

export function operationPlace(index: number): OperationPlace {
  const position = index % SLOTS.length;
  return { path: `o${(index - position) / SLOTS.length}`, method: SLOTS[position] ?? "" };
}

/**
 * The document that openapi-typescript sees: operations, schemas and properties in normal form under keys of ours.
 * Names, descriptions and examples stay out of it, so that nothing in them can do harm or fail there.
 *
 * It is kept small, for all of it is made into nodes: equal responses stand there once, and path items, of whose
 * types nobody has a use, hold as many operations as they can. With the three services that and short keys make 0.5 MB
 * of 1.7 MB, printed. Operations have no operationId: openapi-typescript would
 * copy the list of all operations for each one that has, which took 17 of 20 s with 22,000 of them.
 */
export function typesDocument(named: NamedApi, int64: Int64Policy): Feed {
  const { api } = named;
  const keys = propertyKeys();
  const common: Common = { api, keys, families: findFamilies(api), int64 };
  const operations = named.classes.flatMap((namedClass) => namedClass.operations);
  const responses = sharedResponses(common);
  const objects = operations.map(({ operation }) => ({
    ...operationObject(common, operation),
    responses: Object.fromEntries(
      operation.responses.map((response, position) => [
        `r${position}`,
        responses.referenceTo(response),
      ]),
    ),
  }));
  const document = {
    paths: pathsOf(objects),
    components: { schemas: namedSchemas(common), responses: responses.objects },
  };
  return { document, properties: keys.properties };
}

function pathsOf(operations: readonly JsonObject[]): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [index, operation] of operations.entries()) {
    const { path, method } = operationPlace(index);
    (paths[path] ??= {})[method] = operation;
  }
  return paths;
}

/** What all schemas of a document have in common. */
interface Common {
  readonly api: ResolvedApi;
  readonly keys: PropertyKeys;
  readonly families: Families;
  readonly int64: Int64Policy;
}

function namedSchemas(common: Common): JsonObject {
  const { api, keys } = common;
  return Object.fromEntries(
    [...api.schemas].flatMap(([key, placed]) =>
      usesOf(api, key).map((use) => {
        const form = namedSchemaForm(key, placed, scopeOf(common, use.input, use.files));
        return [schemaKey(api, key, use), keys.applied(form)] as const;
      }),
    ),
  );
}

/** One for each type that a named schema has. */
function usesOf(api: ResolvedApi, key: string): readonly Use[] {
  const isForm = api.formSchemas.has(key);
  const files = api.fileSchemas.has(key) && !isForm;
  const inputs = api.directedSchemas.has(key) ? [false, true] : [api.requestSchemas.has(key)];
  const uses = inputs.map((input) => ({ input, files }));
  return isForm ? [...uses, { input: true, files: true }] : uses;
}

function scopeOf({ api, families, int64 }: Common, input: boolean, files: boolean): Scope {
  return {
    api,
    families,
    input,
    files,
    int64: int64 !== "number",
    bases: new Set(),
    outer: new Map(),
  };
}

function operationObject(common: Common, operation: Operation): JsonObject {
  const bodies = operation.requestBody?.mediaTypes ?? [];
  return {
    parameters: operation.parameters.map((parameter, position) => ({
      in: "query",
      name: `p${position}`,
      required: true,
      schema: common.keys.applied(parameterForm(common, parameterSchema(parameter))),
    })),
    ...(bodies.length === 0
      ? {}
      : { requestBody: { required: true, content: contentObject(common, bodies, true) } }),
  };
}

/** Makes references to responses, and keeps what they lead to: equal ones, such as errors mostly are, only once. */
function sharedResponses(common: Common): {
  readonly objects: JsonObject;
  readonly referenceTo: (response: Response) => JsonObject;
} {
  const known = new Map<string, string>();
  const objects: JsonObject = {};
  const referenceTo = (response: Response): JsonObject => {
    const object = { content: contentObject(common, response.mediaTypes, false) };
    const text = JSON.stringify(object);
    const key = known.get(text) ?? `R${known.size}`;
    known.set(text, key);
    objects[key] = object;
    return referenceToKey(key);
  };
  return { objects, referenceTo };
}

/** A schema that allows anything has no name here: there are values that no URL or header can hold. */
function parameterForm(common: Common, placed: PlacedSchema): NormalSchema {
  const scope = scopeOf(common, true, false);
  const form = normalForm(placed, scope);
  const target = follow(common.api.document, placed.schema, placed.pointer);
  if (target === undefined || target.value === placed.schema) return form;
  const meant = writtenForm({ schema: target.value, pointer: target.pointer }, scope);
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
      { schema: common.keys.applied(mediaTypeSchema(common, mediaType, input)) as JsonValue },
    ]),
  );
}

function mediaTypeSchema(common: Common, mediaType: MediaType, input: boolean): NormalSchema {
  if (mediaType.schema === undefined || mediaType.kind === "binary") return {};
  return normalForm(
    mediaType.schema,
    scopeOf(common, input, input && (mediaType.kind === "multipart" || mediaType.kind === "parts")),
  );
}
