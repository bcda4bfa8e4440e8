import type { ResolvedApi } from "../resolve/resolved-api.js";
import { assignNames, type Candidate } from "./collisions.js";
import type { SchemaNames } from "./named-api.js";
import { partNames } from "./parts.js";
import { RESERVED_TYPES } from "./reserved.js";
import { identifierParts, pascalCase } from "./words.js";

/**
 * Type names by the key of each schema. A schema with readOnly or writeOnly properties has two: `User` for what the
 * server sends and `UserInput` for what it is sent; one with files, which JSON uses too, has `UploadForm` for
 * multipart bodies. The parts of schemas come after the components, so that no
 * reference to a part renames a component.
 */
export function nameSchemas(
  api: ResolvedApi,
  isTaken: (name: string) => boolean,
): ReadonlyMap<string, SchemaNames> {
  const taken = (name: string): boolean => RESERVED_TYPES.has(name) || isTaken(name);
  const [components, parts] = [true, false].map((isComponent) =>
    [...api.schemas].filter(([, schema]) => schema.isComponent === isComponent),
  );
  const ofComponents = assignNames(
    [...(components ?? []).map(([key]) => key), ...api.leftOut.schemas].flatMap((key) =>
      candidates(api, key, componentNames(key)),
    ),
    { taken },
  );
  const known = new Set([...ofComponents.values()].map((name) => name.toLowerCase()));
  const ofParts = assignNames(
    (parts ?? []).flatMap(([key, { pointer }]) =>
      candidates(api, key, partNames(api.document, pointer)),
    ),
    { taken: (name) => taken(name) || known.has(name.toLowerCase()) },
  );
  const names = new Map([...ofComponents, ...ofParts]);
  return new Map(
    [...api.schemas.keys()].map((schema) => [
      schema,
      {
        name: names.get(` ${schema}`) ?? schema,
        inputName: names.get(`Input ${schema}`),
        formName: names.get(`Form ${schema}`),
      },
    ]),
  );
}

/** What a schema can be called, and what its other types can be, where there are any. */
function candidates(api: ResolvedApi, key: string, names: readonly string[]): readonly Candidate[] {
  const endings = [
    "",
    ...(api.directedSchemas.has(key) ? ["Input"] : []),
    ...(api.formSchemas.has(key) ? ["Form"] : []),
  ];
  return endings.map((ending) => ({
    identity: `${ending} ${key}`,
    names: names.map((name) => `${name}${ending}`),
  }));
}

function componentNames(name: string): readonly string[] {
  const pascal = pascalCase(name);
  return [pascal, `${pascal}Model`, identifierParts(name).map(pascalCase).join("_")];
}
