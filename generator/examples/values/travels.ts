import { member, stringMember } from "../../document/json.js";
import { resolvePointer } from "../../document/pointer.js";
import { referenceTarget } from "../../resolve/references.js";
import type { Schema } from "../../resolve/resolved-api.js";
import type { Making } from "./making.js";

/** Whether a property is part of a message in this direction (OpenAPI 3.1, 4.8.24: readOnly, writeOnly). */
export function travels(schema: Schema, { api, input }: Pick<Making, "api" | "input">): boolean {
  const marker = input ? "readOnly" : "writeOnly";
  const reference = stringMember(schema, "$ref");
  if (member(schema, marker) === true) return false;
  return (
    reference === undefined ||
    member(resolvePointer(api.document, referenceTarget(reference)), marker) !== true
  );
}
