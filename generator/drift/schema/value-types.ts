import { isObject } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";

/** What a value can be. A number is an `integer` or a `fraction`, so that `number` is both. */
export type ValueType = "null" | "boolean" | "integer" | "fraction" | "string" | "array" | "object";

/** Types whose values are compared by the same keywords. */
export type Kind = "null" | "boolean" | "number" | "string" | "array" | "object";

export const KINDS: readonly Kind[] = ["null", "boolean", "number", "string", "array", "object"];

const TYPES_OF: Readonly<Record<string, readonly ValueType[]>> = {
  null: ["null"],
  boolean: ["boolean"],
  integer: ["integer"],
  number: ["integer", "fraction"],
  string: ["string"],
  array: ["array"],
  object: ["object"],
};

export const ALL_TYPES: ReadonlySet<ValueType> = new Set(Object.values(TYPES_OF).flat());

/** What the words under `type` mean; a word that is none means nothing (JSON Schema 2020-12, validation, 6.1.1). */
export function typesNamed(words: readonly unknown[]): readonly ValueType[] {
  return words.flatMap((word) =>
    typeof word === "string" && Object.hasOwn(TYPES_OF, word) ? (TYPES_OF[word] ?? []) : [],
  );
}

/** The types of a kind. */
export function typesOfKind(kind: Kind): readonly ValueType[] {
  return TYPES_OF[kind] ?? [];
}

/** Whether a set of values, such as a shape, has any of a kind. */
export function hasKind(
  { types }: { readonly types: ReadonlySet<ValueType> },
  kind: Kind,
): boolean {
  return typesOfKind(kind).some((type) => types.has(type));
}

/** The type of a value: 1.0 is an integer (validation, 6.1.1). */
export function typeOfValue(value: JsonValue): ValueType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (isObject(value)) return "object";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "fraction";
  return typeof value === "boolean" ? "boolean" : "string";
}

/** Types as a reader calls them: `a string or null`. */
export function typesText(types: ReadonlySet<ValueType>): string {
  const words = [
    ...(types.has("string") ? ["a string"] : []),
    ...(types.has("fraction") ? ["a number"] : types.has("integer") ? ["an integer"] : []),
    ...(types.has("boolean") ? ["a boolean"] : []),
    ...(types.has("object") ? ["an object"] : []),
    ...(types.has("array") ? ["an array"] : []),
    ...(types.has("null") ? ["null"] : []),
  ];
  if (words.length === 0) return "anything";
  return words.length === 1
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}
