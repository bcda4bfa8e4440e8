import {
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
  stringsMember,
} from "../document/json.js";
import { resolvePointer } from "../document/pointer.js";
import type { Int64Policy } from "../document/int64-policy.js";
import type { JsonValue } from "../document/source.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import { hasInt64Format } from "./int64.js";
import { follow, referenceTarget } from "../resolve/references.js";

/** A piece of a doc comment. Text is that of the document, unescaped; the emitter makes it safe. */
export type DocPart =
  | { readonly kind: "text"; readonly text: string; readonly links?: LinkNames }
  /** Sentences of ours on what TypeScript cannot express. */
  | { readonly kind: "limits"; readonly text: string }
  | { readonly kind: "tag"; readonly tag: "deprecated" | "defaultValue"; readonly text: string }
  /** Deprecated, and what there is for it: `VideoApi.getVideo`. */
  | { readonly kind: "instead"; readonly names: readonly string[] }
  | {
      readonly kind: "throws";
      readonly status: string;
      readonly text: string;
      readonly links?: LinkNames;
    };

/** What in-page references of a text lead to, each behind its address: `SessionApi.getOAuthToken`. */
export type LinkNames = readonly (readonly [string, string])[];

export type Docs = readonly DocPart[];

/**
 * What the schema at a pointer tells a reader: its description, its limits, its default. A reference to a
 * scalar inside another schema has no name under which a reader could look that up, so the target speaks for it.
 */
export function schemaDocs(
  {
    document,
    schemaKeys,
    decodedSchemas,
  }: Pick<ResolvedApi, "document" | "schemaKeys" | "decodedSchemas">,
  pointer: string,
  int64: Int64Policy = "number",
): Docs {
  const written = pointer === "" ? undefined : resolvePointer(document, pointer);
  if (written === undefined) return [];
  // What a text holds that the runtime decodes is its type.
  const isDecoded = decodedSchemas.has(pointer) && isObject(written);
  const schema = isDecoded ? { ...written, contentMediaType: undefined } : written;
  const reference = stringMember(schema, "$ref");
  const target = reference === undefined ? undefined : referenceTarget(reference);
  if (target === undefined || schemaKeys.has(target)) return docsOf(schema, int64);
  const meant = follow(document, schema, pointer);
  return meant === undefined || schemaKeys.has(meant.pointer)
    ? docsOf(schema, int64)
    : docsOf({ ...meant.value, ...(isObject(schema) ? schema : {}) }, int64);
}

/** The same for a schema at hand; `description` overrides its own. */
export function docsOf(
  schema: JsonValue,
  int64: Int64Policy = "number",
  description: string | undefined = stringMember(schema, "description"),
): Docs {
  const limits = limitsOf(schema);
  const preset = member(schema, "default");
  return [
    ...textPart(description ?? stringMember(schema, "title")),
    ...(limits === "" ? [] : [{ kind: "limits", text: limits } as const]),
    ...(preset === undefined
      ? []
      : [{ kind: "tag", tag: "defaultValue", text: defaultText(schema, preset, int64) } as const]),
    ...(member(schema, "deprecated") === true
      ? [{ kind: "tag", tag: "deprecated", text: "" } as const]
      : []),
  ];
}

/** A default as a caller would write it. */
function defaultText(schema: JsonValue, preset: JsonValue, int64: Int64Policy): string {
  const isInt64 = hasInt64Format(schema) && Number.isInteger(preset);
  if (int64 === "number" || !isInt64) return JSON.stringify(preset);
  const digits = BigInt(preset as number).toString();
  return int64 === "bigint" ? `${digits}n` : `"${digits}"`;
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
    valueRange(schema),
    range(schema, "Length", "minLength", "maxLength"),
    multiples(schema),
    range(schema, "Items", "minItems", "maxItems"),
    member(schema, "uniqueItems") === true ? "No item twice." : "",
    range(schema, "Properties", "minProperties", "maxProperties"),
    labelled(schema, "Pattern", "pattern"),
    labelled(schema, "Content", "contentMediaType"),
    labelled(schema, "Encoding", "contentEncoding"),
    ...dependencies(schema),
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
  return value === undefined || PLAIN_FORMATS.has(value) ? "" : `${label}: ${quotedKey(value)}.`;
}

function range(schema: JsonValue, label: string, least: string, most: string): string {
  const from = number(schema, least);
  const to = number(schema, most);
  if (from === undefined) return to === undefined ? "" : `${label}: at most ${to}.`;
  if (to === undefined) return `${label}: at least ${from}.`;
  return from === to ? `${label}: ${from}.` : `${label}: ${from} to ${to}.`;
}

/** Exclusive limits are numbers of their own, or, in OpenAPI 3.0, flags beside the others. */
function valueRange(schema: JsonValue): string {
  const above = exclusive(schema, "exclusiveMinimum", "minimum");
  const below = exclusive(schema, "exclusiveMaximum", "maximum");
  if (above === undefined && below === undefined)
    return range(schema, "Value", "minimum", "maximum");
  const from = number(schema, "minimum");
  const to = number(schema, "maximum");
  const limits = [
    above !== undefined ? `above ${above}` : from === undefined ? "" : `at least ${from}`,
    below !== undefined ? `below ${below}` : to === undefined ? "" : `at most ${to}`,
  ].filter((limit) => limit !== "");
  return `Value: ${limits.join(", ")}.`;
}

function multiples(schema: JsonValue): string {
  const step = number(schema, "multipleOf");
  return step === undefined ? "" : `A multiple of ${step}.`;
}

/** `dependentRequired`, and `dependencies` as they were up to draft 7: what has to be there beside something else. */
function dependencies(schema: JsonValue): readonly string[] {
  return ["dependentRequired", "dependencies"].flatMap((keyword) =>
    sortedEntries(objectMember(schema, keyword)).flatMap(([name]) => {
      const needed = stringsMember(objectMember(schema, keyword), name);
      return needed.length === 0
        ? []
        : [`With ${quotedKey(name)} also ${needed.map(quotedKey).join(", ")}.`];
    }),
  );
}

/** Text as it is, in as many backticks as it has not got itself in a row (CommonMark 0.31, 6.1). */
function quotedKey(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const ticks = "`".repeat(longest + 1);
  const space = /^`|`$/.test(text) ? " " : "";
  return `${ticks}${space}${text}${space}${ticks}`;
}

function exclusive(schema: JsonValue, key: string, flagged: string): number | undefined {
  return member(schema, key) === true ? number(schema, flagged) : number(schema, key);
}

function number(schema: JsonValue, key: string): number | undefined {
  const value = member(schema, key);
  return typeof value === "number" ? value : undefined;
}
