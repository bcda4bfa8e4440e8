import type { Node, SpecFiles } from "../support/spec-files.js";
import { alternatives, isNode, typesOf, type FoundSchema } from "./schemas.js";
import { newWords } from "./words.js";

/** A rule over one schema: gives what is wrong, in words. */
export type SchemaRule = (found: FoundSchema, spec: SpecFiles) => readonly string[];

/** Formats of the OpenAPI registry and of JSON Schema that our documents may use. */
const FORMATS = new Set(
  (
    "int32 int64 float double binary byte password date date-time time duration email uri uri-reference uuid hostname " +
    "ipv4 ipv6 regex html commonmark"
  ).split(" "),
);

/** The rules that every schema of our documents keeps, by name. */
export const SCHEMA_RULES: Readonly<Record<string, SchemaRule>> = {
  "describes every property": ({ schema }, spec) =>
    Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, Node>>)
      .filter(([name, property]) => newWords(descriptionOf(property, spec), name) < 1)
      .map(([name, property]) => `${name}: ${JSON.stringify(property["description"])}`),
  "gives every property a type": ({ schema }, spec) =>
    Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, Node>>)
      .filter(([, property]) => !hasType(property, spec))
      .map(([name]) => `${name} has no type`),
  "requires only properties that it has": ({ schema }, spec) => {
    const required = (schema["required"] ?? []) as readonly string[];
    const known = alternatives(spec, schema).flatMap(({ properties }) =>
      Object.keys((properties ?? {}) as Node),
    );
    return required.filter((name) => !known.includes(name)).map((name) => `${name} is unknown`);
  },
  "uses formats that exist": ({ schema: { format } }) =>
    typeof format === "string" && !FORMATS.has(format) ? [format] : [],
  "has patterns without delimiters": ({ schema: { pattern } }) =>
    typeof pattern === "string" && !isPattern(pattern) ? [pattern] : [],
  "says what is in an array": ({ schema }) =>
    typesOf(schema).includes("array") && schema["items"] === undefined && !schema["prefixItems"]
      ? ["array without items"]
      : [],
  "says what each number of an enum means": ({ schema, description }) => {
    const values = ((schema["enum"] ?? []) as readonly unknown[]).filter(
      (value) => typeof value === "number",
    );
    return values.length < 2
      ? []
      : values
          .filter((value) => !description.includes(`\`${value}\``))
          .map((value) => `${value} is not described`);
  },
  "has enums without doubles": ({ schema }) => {
    const values = (schema["enum"] ?? []) as readonly unknown[];
    return values.length === new Set(values).size ? [] : ["a value is there twice"];
  },
  "allows null where null is a value": ({ schema }) => {
    const values = (schema["enum"] ?? []) as readonly unknown[];
    const types = typesOf(schema);
    return types.length > 0 && values.includes(null) !== types.includes("null") && values.length > 0
      ? ["type and enum differ on null"]
      : [];
  },
  "has limits that can be kept": ({ schema }) =>
    (
      [
        ["minimum", "maximum"],
        ["minLength", "maxLength"],
        ["minItems", "maxItems"],
      ] as const
    )
      .filter(([least, most]) => Number(schema[least] ?? 0) > Number(schema[most] ?? Infinity))
      .map(([least]) => least),
};

function descriptionOf(property: Node, spec: SpecFiles): string {
  const own = property["description"];
  if (typeof own === "string") return own;
  const found = spec.follow(property);
  return isNode(found) && typeof found["description"] === "string" ? found["description"] : "";
}

function hasType(property: Node, spec: SpecFiles): boolean {
  return alternatives(spec, property).some(
    (schema) =>
      schema["type"] !== undefined ||
      schema["const"] !== undefined ||
      schema["enum"] !== undefined ||
      // "Any JSON value" is a type where it is said.
      /\bany\b/i.test(String(schema["description"])),
  );
}

function isPattern(pattern: string): boolean {
  if (pattern.startsWith("/")) return false;
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
