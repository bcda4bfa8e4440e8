import type { ResolvedApi } from "../resolve/resolved-api.js";
import { assignNames, type Candidate } from "./collisions.js";
import type { SchemaNames } from "./named-api.js";
import { RESERVED_TYPES } from "./reserved.js";
import { identifierParts, pascalCase } from "./words.js";

/**
 * Type names by component schema name. A schema with readOnly or writeOnly properties has two: `User` for what the
 * server sends and `UserInput` for what it is sent.
 */
export function nameSchemas(
  api: ResolvedApi,
  isTaken: (name: string) => boolean,
): ReadonlyMap<string, SchemaNames> {
  const candidates = [...api.schemas.keys()].flatMap((schema) => [
    candidate(schema, ""),
    ...(api.directedSchemas.has(schema) ? [candidate(schema, "Input")] : []),
  ]);
  const names = assignNames(candidates, {
    taken: (name) => RESERVED_TYPES.has(name) || isTaken(name),
  });
  return new Map(
    [...api.schemas.keys()].map((schema) => [
      schema,
      { name: names.get(` ${schema}`) ?? schema, inputName: names.get(`Input ${schema}`) },
    ]),
  );
}

function candidate(schema: string, ending: string): Candidate {
  const pascal = pascalCase(schema);
  const apart = identifierParts(schema).map(pascalCase).join("_");
  return {
    identity: `${ending} ${schema}`,
    names: [`${pascal}${ending}`, `${pascal}Model${ending}`, `${apart}${ending}`],
  };
}
