import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { Direction } from "../position.js";
import { createExploration, createTelling, type Telling } from "./exploration.js";
import { createSchemaReader } from "./read-schema.js";
import { createSameSchemas } from "./same-schemas.js";
import type { SchemaChange, SchemaDocument } from "./schema-change.js";

/**
 * What two schemas differ in. `undefined` stands for no schema, which allows anything. The direction is that of the
 * value: what a webhook or a callback is sent goes from the server to the client, and is a response.
 */
export interface CompareSchemas {
  (
    old: PlacedSchema | undefined,
    now: PlacedSchema | undefined,
    direction: Direction,
  ): readonly SchemaChange[];
  /** Whether some changes were not told of all values that they are in, because there are too many. */
  readonly isCut: () => boolean;
}

/** Makes a function that compares schemas of two documents, and remembers what it has compared. */
export function createSchemaComparer(old: SchemaDocument, now: SchemaDocument): CompareSchemas {
  const readers = { old: createSchemaReader(old), new: createSchemaReader(now) };
  const isWrittenAlike = createSameSchemas(old, now);
  const tellings: Readonly<Record<Direction, Telling>> = {
    request: createTelling(createExploration(readers, isWrittenAlike, "request")),
    response: createTelling(createExploration(readers, isWrittenAlike, "response")),
  };
  const compare = (
    before: PlacedSchema | undefined,
    after: PlacedSchema | undefined,
    direction: Direction,
  ): readonly SchemaChange[] =>
    tellings[direction].resultOf({
      kind: "demands",
      old: readers.old.demandOf(before),
      new: readers.new.demandOf(after),
    });
  return Object.assign(compare, {
    isCut: () => tellings.request.isCut() || tellings.response.isCut(),
  });
}
