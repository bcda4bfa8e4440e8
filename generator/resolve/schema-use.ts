import { childrenOf } from "../document/grammar.js";
import { isObject, member, stringMember } from "../document/json.js";
import type { JsonObject } from "../document/source.js";
import { isBinary } from "./media-types.js";
import type { NamedSchemas } from "./named-schemas.js";
import { referenceTarget } from "./references.js";
import type { MediaType, Operation, Schema } from "./resolved-api.js";

/** The schemas that stand directly in a schema. */
function subschemas(schema: Schema): readonly Schema[] {
  if (typeof schema === "boolean") return [];
  return childrenOf(schema, "schema").flatMap(({ value, kind }) =>
    kind === "schema" ? [value] : [],
  );
}

/** Tells the keys of the named schemas that stand in a place: of the part that is there, and of what it refers to. */
type KeysOf = (schema: Schema) => readonly string[];

function keyFinder({ schemas, keys }: NamedSchemas): KeysOf {
  const parts = new Map<Schema, string>();
  for (const [key, { schema, isComponent }] of schemas) if (!isComponent) parts.set(schema, key);
  return (schema) => {
    const reference = stringMember(schema, "$ref");
    const part = parts.get(schema);
    if (reference === undefined) return part === undefined ? [] : [part];
    return [part, keys.get(referenceTarget(reference))].filter((key) => key !== undefined);
  };
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

/** The keys of named schemas that can be reached from the given schemas. */
function reachable(
  roots: readonly Schema[],
  { schemas }: NamedSchemas,
  keysOf: KeysOf,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (;;) {
    const root = waiting.pop();
    if (root === undefined) return reached;
    for (const schema of walk([root])) {
      for (const key of keysOf(schema)) {
        if (reached.has(key)) continue;
        reached.add(key);
        const target = schemas.get(key);
        if (target !== undefined) waiting.push(target.schema);
      }
    }
  }
}

/** Keys of the schemas from which any schema that passes the test can be reached. */
function leadingTo(
  { schemas }: NamedSchemas,
  keysOf: KeysOf,
  test: (schema: JsonObject, isWhole: boolean) => boolean,
): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const found: string[] = [];
  for (const [name, placed] of schemas) {
    for (const schema of walk([placed.schema])) {
      if (isObject(schema) && test(schema, schema === placed.schema)) found.push(name);
      for (const used of keysOf(schema)) {
        const known = users.get(used);
        if (known === undefined) users.set(used, [name]);
        else known.push(name);
      }
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
  named: NamedSchemas,
  operations: readonly Operation[],
): Directions {
  const keysOf = keyFinder(named);
  const isMarkedTarget = (key: string, schema: Schema): boolean => {
    const target = named.schemas.get(key)?.schema;
    return target !== undefined && target !== schema && isMarked(target);
  };
  const differing = leadingTo(named, keysOf, (schema, isWhole) => {
    const isMarkedPart = !isWhole && isMarked(schema);
    return isMarkedPart || keysOf(schema).some((key) => isMarkedTarget(key, schema));
  });
  const sent = reachable(operations.flatMap(requestSchemas), named, keysOf);
  const received = reachable(operations.flatMap(responseSchemas), named, keysOf);
  // A response may hold any schema that a discriminator leads to, whether or not there is a reference to it.
  const discriminated = leadingTo(
    named,
    keysOf,
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
export interface FileSchemas {
  readonly all: ReadonlySet<string>;
  /** Those of them that something else uses, too: JSON, where the bytes are a text, has another type of them. */
  readonly usedElsewhere: ReadonlySet<string>;
}

/** Tells which schemas have files. */
export function fileSchemas(named: NamedSchemas, operations: readonly Operation[]): FileSchemas {
  const keysOf = keyFinder(named);
  const bodies = operations.flatMap((operation) => operation.requestBody?.mediaTypes ?? []);
  const multipart = bodies.filter(hasFiles);
  const used = reachable(schemasOf(multipart), named, keysOf);
  const binary = leadingTo(named, keysOf, isBinary);
  const all = new Set([...used].filter((name) => binary.has(name)));
  // Most documents have none, and then nobody needs to look at the rest.
  if (all.size === 0) return { all, usedElsewhere: all };
  const others = [
    ...schemasOf(bodies.filter((body) => !hasFiles(body))),
    ...operations.flatMap(({ parameters }) => parameters.map(({ schema }) => schema.schema)),
    ...operations.flatMap(responseSchemas),
  ];
  const elsewhere = reachable(others, named, keysOf);
  return { all, usedElsewhere: new Set([...all].filter((name) => elsewhere.has(name))) };
}

/** Whether bytes in a body are files: in one of parts, with or without names. */
function hasFiles({ kind }: MediaType): boolean {
  return kind === "multipart" || kind === "parts";
}
