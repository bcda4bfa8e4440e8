import type { Schema } from "../../resolve/resolved-api.js";
import { findFamilies } from "../../types/families.js";
import type { SchemaDocument } from "./schema-change.js";

/** The pointers of the members of families by the schema of their head: see `families.ts`. */
export type Heads = ReadonlyMap<Schema, readonly string[]>;

export function headsOf(document: SchemaDocument): Heads {
  return new Map(
    [...findFamilies(document).members].flatMap(([name, members]) => {
      const head = document.schemas.get(name);
      if (head === undefined) return [];
      return [[head.schema, members.flatMap((one) => document.schemas.get(one)?.pointer ?? [])]];
    }),
  );
}
