import type { ResolvedApi } from "../resolve/resolved-api.js";
import { assignNames, type Candidate } from "./collisions.js";
import type { SchemaNames } from "./named-api.js";
import { partNames } from "./parts.js";
import type { SchemaTypeKind } from "./pins.js";
import { RESERVED_TYPES } from "./reserved.js";
import { identifierParts, pascalCase } from "./words.js";

/** What the types of schemas can be called. */
export interface SchemaCandidates {
  readonly components: readonly Candidate[];
  /** Parts of the document that a reference leads to. */
  readonly parts: readonly Candidate[];
}

/** What schemas can be called, those included that are left out. */
export function schemaCandidates(api: ResolvedApi): SchemaCandidates {
  const [components, parts] = [true, false].map((isComponent) =>
    [...api.schemas].filter(([, schema]) => schema.isComponent === isComponent),
  );
  return {
    components: [...(components ?? []).map(([key]) => key), ...api.leftOut.schemas].flatMap((key) =>
      candidates(api, key, componentNames(key)),
    ),
    parts: (parts ?? []).flatMap(([key, { pointer }]) =>
      candidates(api, key, partNames(api.document, pointer)),
    ),
  };
}

/**
 * Type names by {@link schemaIdentity}. A schema with readOnly or writeOnly properties has two: `User` for what the
 * server sends and `UserInput` for what it is sent; one with files, which JSON uses too, has `UploadForm` for
 * multipart bodies. The parts of schemas come after the components, so that no
 * reference to a part renames a component.
 *
 * @param isTaken whether no type can have a name, other than those that keep theirs
 * @param kept the types that keep their names, by identity
 */
export function nameSchemas(
  { components, parts }: SchemaCandidates,
  isTaken: (name: string) => boolean,
  kept: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const taken = (name: string): boolean => RESERVED_TYPES.has(name) || isTaken(name);
  const keptParts = keptOf(parts, kept);
  const foldedParts = new Set([...keptParts.values()].map((name) => name.toLowerCase()));
  const ofComponents = assignNames(components, {
    taken: (name) => taken(name) || foldedParts.has(name.toLowerCase()),
    kept: keptOf(components, kept),
  });
  const known = new Set([...ofComponents.values()].map((name) => name.toLowerCase()));
  const ofParts = assignNames(parts, {
    taken: (name) => taken(name) || known.has(name.toLowerCase()),
    kept: keptParts,
  });
  return new Map([...ofComponents, ...ofParts]);
}

/** The names of each schema that is not left out, by its key. */
export function namesOfSchemas(
  api: ResolvedApi,
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, SchemaNames> {
  return new Map(
    [...api.schemas.keys()].map((schema) => [
      schema,
      {
        name: names.get(schemaIdentity("type", schema)) ?? schema,
        inputName: names.get(schemaIdentity("input", schema)),
        formName: names.get(schemaIdentity("form", schema)),
      },
    ]),
  );
}

function keptOf(
  candidates: readonly Candidate[],
  kept: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    candidates.flatMap(({ identity }) => {
      const name = kept.get(identity);
      return name === undefined ? [] : [[identity, name] as const];
    }),
  );
}

const ENDINGS: Readonly<Record<SchemaTypeKind, string>> = {
  type: "",
  input: "Input",
  form: "Form",
};

/** What tells a type apart: which one it is of the schema with a key. */
export function schemaIdentity(kind: SchemaTypeKind, key: string): string {
  return `${ENDINGS[kind]} ${key}`;
}

/** What a schema can be called, and what its other types can be, where there are any. */
function candidates(api: ResolvedApi, key: string, names: readonly string[]): readonly Candidate[] {
  const kinds: readonly SchemaTypeKind[] = [
    "type",
    ...(api.directedSchemas.has(key) ? (["input"] as const) : []),
    ...(api.formSchemas.has(key) ? (["form"] as const) : []),
  ];
  return kinds.map((kind) => ({
    identity: schemaIdentity(kind, key),
    names: names.map((name) => `${name}${ENDINGS[kind]}`),
  }));
}

function componentNames(name: string): readonly string[] {
  const pascal = pascalCase(name);
  return [pascal, `${pascal}Model`, identifierParts(name).map(pascalCase).join("_")];
}
