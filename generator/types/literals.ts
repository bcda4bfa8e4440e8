import { arrayMember, compareText, isObject, member } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { MOST_VALUES } from "../resolve/schema-keywords.js";
import {
  ANY_OBJECT,
  literalsForm,
  NULL,
  unionOf,
  type Literal,
  type NormalSchema,
} from "./forms.js";

/** The most values that a literal type of an object or array may have in it; larger ones are no types to read. */
const MOST_PARTS = 100;

/**
 * The values of `const` or `enum` as a union of literal types; `undefined` where there are none, or so many, or such
 * large ones, that only the type of the schema can speak. Null is dealt with by whoever asks.
 */
export function valuesForm(schema: JsonObject, isInt64: boolean): NormalSchema | undefined {
  const constant = member(schema, "const");
  const listed = constant === undefined ? arrayMember(schema, "enum") : [constant];
  const values = [...new Set(listed)].filter((value) => value !== null);
  if (values.length === 0 || values.length > MOST_VALUES) return undefined;
  const scalars = values.filter(isLiteral);
  const structured = values.filter((value) => !isLiteral(value));
  if (structured.some((value) => partCount(value) > MOST_PARTS)) return undefined;
  return unionOf([
    ...(scalars.length === 0 ? [] : [literalsForm(scalars, isInt64)]),
    ...structured.map(valueForm),
  ]);
}

/** What all listed values have in common, where there are too many to list them. */
export function kindsOfValues(schema: JsonObject): NormalSchema | undefined {
  const values = [member(schema, "const") ?? arrayMember(schema, "enum")]
    .flat()
    .filter((value) => value !== null);
  if (values.length === 0) return undefined;
  const kinds = new Set(values.map((value) => (Array.isArray(value) ? "array" : typeof value)));
  return unionOf(
    [...kinds]
      .sort(compareText)
      .map((kind) =>
        kind === "object" ? ANY_OBJECT : kind === "array" ? ANY_ARRAY : { type: kind },
      ),
  );
}

const ANY_ARRAY: NormalSchema = { type: "array", items: {} };

function isLiteral(value: JsonValue): value is Literal {
  return typeof value !== "object";
}

/** The type of one value. */
function valueForm(value: JsonValue): NormalSchema {
  if (value === null) return NULL;
  if (Array.isArray(value)) return { type: "array", prefixItems: value.map(valueForm) };
  if (!isObject(value)) return { enum: [value] };
  const names = Object.keys(value).sort();
  if (names.length === 0) return { type: "object" };
  const forms = names.map((name) => [name, valueForm(value[name] ?? null)] as const);
  return { properties: Object.fromEntries(forms), required: names };
}

/** How many values a value consists of, itself included; counted no further than matters. */
function partCount(value: JsonValue): number {
  let count = 0;
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    count += 1;
    if (count > MOST_PARTS) break;
    if (Array.isArray(next)) waiting.push(...next);
    else if (isObject(next)) waiting.push(...Object.values(next).map((part) => part ?? null));
  }
  return count;
}
