import { groupBy } from "../document/json.js";
import { pointerTo } from "../document/pointer.js";
import type { NamedBy, ResolvedApi } from "../resolve/resolved-api.js";
import { tagIdentity } from "./classes.js";
import { operationIdentity } from "./operations.js";
import type { PinnedOperation, Pins, SchemaTypeKind } from "./pins.js";
import { schemaIdentity } from "./schemas.js";

/** What each thing of a document was called, by its identity; whether it can keep that is another question. */
export interface PinnedNames {
  readonly classes: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, string>;
  readonly operations: ReadonlyMap<string, PinnedOperation>;
  readonly methods: ReadonlyMap<string, string>;
  readonly stems: ReadonlyMap<string, string>;
  readonly schemas: ReadonlyMap<string, string>;
}

/** Finds again in a document what names were given to. */
export function pinnedNames(pins: Pins, api: ResolvedApi): PinnedNames {
  const classes = [...pins.classes].map(
    ([className, { tag, property, file }]) =>
      [tagIdentity(tag), { className, property, file }] as const,
  );
  const operations = foundOperations(pins.operations, allOperations(api));
  const schemas = [...schemaPointers(api)].flatMap(([key, pointer]) =>
    SCHEMA_TYPES.flatMap(([kind, list]) => {
      const name = pins[list].get(pointer);
      return name === undefined ? [] : [[schemaIdentity(kind, key), name] as const];
    }),
  );
  return {
    classes: new Map(classes.map(([tag, { className }]) => [tag, className])),
    properties: new Map(classes.map(([tag, { property }]) => [tag, property])),
    files: new Map(classes.map(([tag, { file }]) => [tag, file])),
    operations,
    methods: new Map([...operations].map(([key, { methodName }]) => [key, methodName])),
    stems: new Map([...operations].map(([key, { typeStem }]) => [key, typeStem])),
    schemas: new Map(schemas),
  };
}

/** The types that a schema can have, and where their names are pinned. */
export const SCHEMA_TYPES: readonly (readonly [
  SchemaTypeKind,
  "types" | "inputTypes" | "formTypes",
])[] = [
  ["type", "types"],
  ["input", "inputTypes"],
  ["form", "formTypes"],
];

/** The operations of a document, with those that are left out. */
export function allOperations({ operations, leftOut }: ResolvedApi): readonly NamedBy[] {
  return [...operations, ...leftOut.operations];
}

/** Where schemas stand, as `#` and a JSON pointer, by key; components that are left out are among them. */
export function schemaPointers({ schemas, leftOut }: ResolvedApi): ReadonlyMap<string, string> {
  return new Map([
    ...[...schemas].map(([key, { pointer }]) => [key, `#${pointer}`] as const),
    ...leftOut.schemas.map((key) => [key, componentPointer(key)] as const),
  ]);
}

/** Where a component schema stands. */
export function componentPointer(name: string): string {
  return `#${pointerTo("components", "schemas", name)}`;
}

/**
 * What is known of operations, by the identities that they have in a document. One whose path parameters are called
 * otherwise is the same operation, as long as there is no doubt which one is meant.
 *
 * @param known by the identities that they had
 */
export function foundOperations<T>(
  known: ReadonlyMap<string, T>,
  operations: readonly NamedBy[],
): ReadonlyMap<string, T> {
  const present = new Set(operations.map(operationIdentity));
  const gone = groupBy(
    [...known.keys()].filter((key) => !present.has(key)),
    withoutParameterNames,
  );
  const added = groupBy(
    [...present].filter((key) => !known.has(key)),
    withoutParameterNames,
  );
  return new Map(
    [...present].flatMap((identity) => {
      const erased = withoutParameterNames(identity);
      const [earlier, ...others] = gone.get(erased) ?? [];
      const isOnly = others.length === 0 && added.get(erased)?.length === 1;
      const key = known.has(identity) || earlier === undefined || !isOnly ? identity : earlier;
      const found = known.get(key);
      return found === undefined ? [] : [[identity, found] as const];
    }),
  );
}

/** OpenAPI ("Paths Object"): templates that differ in nothing but the names of parameters are identical. */
function withoutParameterNames(identity: string): string {
  return identity.replace(/\{[^{}]*\}/g, "{}");
}
