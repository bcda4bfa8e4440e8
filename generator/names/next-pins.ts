import type { ResolvedApi } from "../resolve/resolved-api.js";
import type { EarlierNames } from "./earlier-names.js";
import { operationIdentity } from "./operations.js";
import { allOperations, SCHEMA_TYPES, schemaPointers } from "./pinned-names.js";
import type { PinnedClass, PinnedOperation, Pins } from "./pins.js";
import { contentHashes } from "./schema-contents.js";
import { schemaIdentity } from "./schemas.js";
import { classOf, type ServiceNames } from "./service-names.js";

/**
 * The names of a service for the next run to keep. Of what is left out they stay what they were, so that it has them
 * when it is taken again.
 */
export function nextPins(
  api: ResolvedApi,
  client: string,
  names: ServiceNames,
  earlier: EarlierNames,
  before: Pins,
): Pins {
  const classes = classesOf(names, earlier, before);
  const given = [client, ...classes.keys(), ...names.schemas.values()];
  const ofLeftOut = leftOutTypes(api, new Set(given.map((name) => name.toLowerCase())));
  const typesOf = (kind: (typeof SCHEMA_TYPES)[number]): ReadonlyMap<string, string> => {
    const now = [...schemaPointers(api)].flatMap(([key, pointer]) => {
      const name = names.schemas.get(schemaIdentity(kind[0], key));
      return name === undefined ? [] : [[pointer, name] as const];
    });
    return new Map([...ofLeftOut(before[kind[1]]), ...now]);
  };
  const [types, inputTypes, formTypes] = SCHEMA_TYPES.map(typesOf);
  return {
    client,
    classes,
    operations: operationsOf(api, names),
    types: types ?? new Map(),
    inputTypes: inputTypes ?? new Map(),
    formTypes: formTypes ?? new Map(),
    contents: new Map([...leftOutContents(api, before), ...contentHashes(api)]),
    aliases: earlier.aliases,
  };
}

function operationsOf(api: ResolvedApi, names: ServiceNames): ReadonlyMap<string, PinnedOperation> {
  return new Map(
    allOperations(api).map((operation) => {
      const identity = operationIdentity(operation);
      const className = classOf(names, operation)?.className ?? "";
      const methodName = names.methods.get(identity) ?? "";
      return [identity, { className, methodName, typeStem: names.stems.get(identity) ?? "" }];
    }),
  );
}

/** Classes that are gone count for as long as there are aliases in them. */
function classesOf(
  names: ServiceNames,
  earlier: EarlierNames,
  before: Pins,
): ReadonlyMap<string, PinnedClass> {
  const gone = earlier.classes.filter(({ className }) => before.classes.has(className));
  return new Map(
    [...gone, ...names.classes].map(({ className, tag, propertyName, fileStem }) => [
      className,
      { tag, property: propertyName, file: fileStem },
    ]),
  );
}

/** The types of what is left out, of those that were, unless something else is called so by now. */
function leftOutTypes(
  api: ResolvedApi,
  given: ReadonlySet<string>,
): (before: ReadonlyMap<string, string>) => readonly (readonly [string, string])[] {
  const { operations, schemas } = api.leftOut;
  if (operations.length === 0 && schemas.length === 0) return () => [];
  const present = new Set(schemaPointers(api).values());
  // Parts of operations that are left out are nowhere, and so nobody can tell whether they are gone.
  const isThere = (pointer: string): boolean => present.has(pointer) || !isComponent(pointer);
  return (before) =>
    [...before].filter(([pointer, name]) => isThere(pointer) && !given.has(name.toLowerCase()));
}

function isComponent(pointer: string): boolean {
  return /^#\/components\/schemas\/[^/]*$/.test(pointer);
}

function leftOutContents(
  api: ResolvedApi,
  { contents }: Pins,
): readonly (readonly [string, string])[] {
  const present = new Set(schemaPointers(api).values());
  return [...contents].filter(([pointer]) => present.has(pointer));
}
