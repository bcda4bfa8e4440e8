import { arrayMember, member, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/** The formats of integers that a double cannot hold (OpenAPI Format Registry: `int64`, `uint64`). */
const FORMATS: ReadonlySet<string> = new Set(["int64", "uint64"]);

/** Whether the numbers that a schema allows are 64-bit integers. */
export function hasInt64Format(schema: JsonValue | undefined): boolean {
  return FORMATS.has(stringMember(schema, "format") ?? "");
}

/** A 64-bit integer in normal form: it looks like no other form, so that it comes back as a type of its own. */
export const INT64_FORM: JsonObject = { type: "string", format: "int64" };

/** The same with the only values that it may have. */
export function int64Literals(values: readonly JsonValue[]): JsonObject {
  return { ...INT64_FORM, values: [...values] };
}

/** The values of a form that {@link int64Literals} made; none where any is allowed. */
export function literalsOf(form: JsonObject): readonly number[] {
  return arrayMember(form, "values").filter((value) => typeof value === "number");
}

/** Whether a schema in normal form is a 64-bit integer. */
export function isInt64Form(form: JsonValue): form is JsonObject {
  return member(form, "format") === INT64_FORM["format"];
}
