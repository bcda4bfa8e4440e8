import { member, stringMember } from "../document/json.js";
import { resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/** A piece of a doc comment. Text is that of the document, unescaped; the emitter makes it safe. */
export type DocPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tag"; readonly tag: "deprecated" | "defaultValue"; readonly text: string }
  | { readonly kind: "throws"; readonly status: string; readonly text: string };

export type Docs = readonly DocPart[];

/** What the schema at a pointer tells a reader: its description, its limits, its default. */
export function schemaDocs(document: JsonObject, pointer: string): Docs {
  const schema = pointer === "" ? undefined : resolvePointer(document, pointer);
  return schema === undefined ? [] : docsOf(schema);
}

/** The same for a schema at hand; `description` overrides its own. */
export function docsOf(
  schema: JsonValue,
  description: string | undefined = stringMember(schema, "description"),
): Docs {
  const limits = limitsOf(schema);
  const preset = member(schema, "default");
  return [
    ...textPart(description ?? stringMember(schema, "title")),
    ...(limits === "" ? [] : [{ kind: "text", text: limits } as const]),
    ...(preset === undefined
      ? []
      : [{ kind: "tag", tag: "defaultValue", text: JSON.stringify(preset) } as const]),
    ...(member(schema, "deprecated") === true
      ? [{ kind: "tag", tag: "deprecated", text: "" } as const]
      : []),
  ];
}

/** A text as a part, unless there is none. */
export function textPart(text: string | undefined): Docs {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? [] : [{ kind: "text", text: trimmed }];
}

/** Constraints that TypeScript cannot express (JSON Schema 2020-12, validation, 6), as short sentences. */
function limitsOf(schema: JsonValue): string {
  return [
    labelled(schema, "Format", "format"),
    range(schema, "Value", "minimum", "maximum"),
    range(schema, "Length", "minLength", "maxLength"),
    range(schema, "Items", "minItems", "maxItems"),
    labelled(schema, "Pattern", "pattern"),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** Formats that only repeat what the type says. */
const PLAIN_FORMATS: ReadonlySet<string> = new Set([
  "int32",
  "float",
  "double",
  "binary",
  "string",
]);

function labelled(schema: JsonValue, label: string, key: string): string {
  const value = stringMember(schema, key);
  return value === undefined || PLAIN_FORMATS.has(value)
    ? ""
    : `${label}: \`${value.replaceAll("`", "'")}\`.`;
}

function range(schema: JsonValue, label: string, least: string, most: string): string {
  const from = number(schema, least);
  const to = number(schema, most);
  if (from === undefined && to === undefined) return "";
  if (to === undefined) return `${label}: at least ${from}.`;
  return from === undefined ? `${label}: at most ${to}.` : `${label}: ${from} to ${to}.`;
}

function number(schema: JsonValue, key: string): number | undefined {
  const value = member(schema, key);
  return typeof value === "number" ? value : undefined;
}
