import { childrenOf } from "../document/grammar.js";
import { isObject, member, stringMember } from "../document/json.js";
import { pointerTokens } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { isBinary } from "./media-types.js";
import { referenceTarget } from "./references.js";
import type { MediaType, Operation, PlacedSchema, Schema } from "./resolved-api.js";

/** The schemas that stand directly in a schema. */
function subschemas(schema: Schema): readonly Schema[] {
  if (typeof schema === "boolean") return [];
  return childrenOf(schema, "schema").flatMap(({ value, kind }) =>
    kind === "schema" ? [value] : [],
  );
}

/** The name of the component schema that a `$ref` means, also when it points into the middle of one. */
function referencedSchema(schema: Schema): string | undefined {
  const reference = stringMember(schema, "$ref");
  if (reference === undefined) return undefined;
  const [components, schemas, name] = pointerTokens(referenceTarget(reference));
  return components === "components" && schemas === "schemas" ? name : undefined;
}

/** Every schema below the given ones, they themselves included, without following references. */
function* walk(roots: readonly Schema[]): Generator<Schema> {
  const waiting = [...roots];
  for (;;) {
    const schema = waiting.pop();
    if (schema === undefined) return;
    yield schema;
    waiting.push(...subschemas(schema));
  }
}

/** The names of component schemas that can be reached from the given schemas through references. */
function reachable(
  roots: readonly Schema[],
  schemas: ReadonlyMap<string, PlacedSchema>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (;;) {
    const root = waiting.pop();
    if (root === undefined) return reached;
    for (const schema of walk([root])) {
      const name = referencedSchema(schema);
      const target = name === undefined ? undefined : schemas.get(name);
      if (name === undefined || target === undefined || reached.has(name)) continue;
      reached.add(name);
      waiting.push(target.schema);
    }
  }
}

/** Names of the schemas from which any schema that passes the test can be reached. */
function leadingTo(
  schemas: ReadonlyMap<string, PlacedSchema>,
  test: (schema: JsonObject, isWhole: boolean) => boolean,
): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const found: string[] = [];
  for (const [name, placed] of schemas) {
    for (const schema of walk([placed.schema])) {
      if (isObject(schema) && test(schema, schema === placed.schema)) found.push(name);
      const used = referencedSchema(schema);
      if (used === undefined) continue;
      const known = users.get(used);
      if (known === undefined) users.set(used, [name]);
      else known.push(name);
    }
  }
  const result = new Set<string>();
  for (const name of found) spread(name, users, result);
  return result;
}

function spread(
  start: string,
  users: ReadonlyMap<string, readonly string[]>,
  result: Set<string>,
): void {
  const waiting = [start];
  for (;;) {
    const name = waiting.pop();
    if (name === undefined) return;
    if (result.has(name)) continue;
    result.add(name);
    waiting.push(...(users.get(name) ?? []));
  }
}

/** Schemas that something in them, readOnly or writeOnly, makes differ by direction (OpenAPI 3.1, 4.8.24). */
export interface Directions {
  /** Those that both requests and responses use, or neither: they have two forms. */
  readonly both: ReadonlySet<string>;
  /** Those that only requests use: they have one form, without what only the server sets. */
  readonly requestOnly: ReadonlySet<string>;
}

/**
 * Tells which schemas differ by direction. A schema that is readOnly or writeOnly as a whole is the same in both; it
 * is the schemas with such a property that differ.
 */
export function schemaDirections(
  schemas: ReadonlyMap<string, PlacedSchema>,
  operations: readonly Operation[],
): Directions {
  const differing = leadingTo(schemas, (schema, isWhole) => {
    const target = schemas.get(referencedSchema(schema) ?? "");
    return (!isWhole && isMarked(schema)) || (target !== undefined && isMarked(target.schema));
  });
  const sent = reachable(operations.flatMap(requestSchemas), schemas);
  const received = reachable(operations.flatMap(responseSchemas), schemas);
  // A response may hold any schema that a discriminator leads to, whether or not there is a reference to it.
  const discriminated = leadingTo(
    schemas,
    (schema) => member(schema, "discriminator") !== undefined,
  );
  const isRequestOnly = (name: string): boolean =>
    sent.has(name) && !received.has(name) && !discriminated.has(name);
  return {
    both: new Set([...differing].filter((name) => !isRequestOnly(name))),
    requestOnly: new Set([...differing].filter(isRequestOnly)),
  };
}

function requestSchemas({ parameters, requestBody }: Operation): readonly Schema[] {
  return [...parameters.map(({ schema }) => schema.schema), ...schemasOf(requestBody?.mediaTypes)];
}

function responseSchemas({ responses }: Operation): readonly Schema[] {
  return responses.flatMap(({ mediaTypes }) => schemasOf(mediaTypes));
}

function schemasOf(mediaTypes: readonly MediaType[] = []): readonly Schema[] {
  return mediaTypes.flatMap(({ schema }) => (schema === undefined ? [] : [schema.schema]));
}

function isMarked(schema: Schema): boolean {
  return member(schema, "readOnly") === true || member(schema, "writeOnly") === true;
}

/** Schemas with `format: binary` that a multipart body uses: there the bytes are a file and not a text. */
export function fileSchemas(
  schemas: ReadonlyMap<string, PlacedSchema>,
  operations: readonly Operation[],
): ReadonlySet<string> {
  const multipart = operations
    .flatMap((operation) => operation.requestBody?.mediaTypes ?? [])
    .filter((mediaType) => mediaType.kind === "multipart")
    .flatMap((mediaType) => (mediaType.schema === undefined ? [] : [mediaType.schema.schema]));
  const used = reachable(multipart, schemas);
  const binary = leadingTo(schemas, isBinary);
  return new Set([...used].filter((name) => binary.has(name)));
}
