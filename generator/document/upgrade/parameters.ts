import type { Findings } from "../../diagnostics/diagnostic.js";
import { quoted } from "../../diagnostics/quoted.js";
import { isObject, member, stringMember } from "../json.js";
import { childPointer, referenceTo } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import type { Context } from "./context.js";
import { withChildren } from "./copy.js";
import { found, newer } from "./findings.js";
import { isEntryOf } from "./followed.js";
import type { ListedParameter } from "./listed-parameters.js";
import { writtenAt } from "./origins.js";
import { upgradeSchema, upgradeSchemasIn } from "./schemas.js";

/** Where a value is sent that is no body. */
type Place = "path" | "query" | "header" | "formData";

interface ArrayStyle {
  readonly style: "form" | "simple" | "spaceDelimited" | "pipeDelimited";
  readonly explode: boolean;
}

const SIMPLE: ArrayStyle = { style: "simple", explode: false };
const COMMAS: ArrayStyle = { style: "form", explode: false };
const REPEATED: ArrayStyle = { style: "form", explode: true };
const QUERY_STYLES: Readonly<Record<string, ArrayStyle>> = {
  csv: COMMAS,
  ssv: { style: "spaceDelimited", explode: false },
  pipes: { style: "pipeDelimited", explode: false },
  multi: REPEATED,
};

/** The style that means the same as a `collectionFormat` (Swagger 2.0, Parameter Object; OpenAPI 3.0, 4.7.12.3). */
const STYLES: Readonly<Record<Place, Readonly<Record<string, ArrayStyle>>>> = {
  path: { csv: SIMPLE },
  header: { csv: SIMPLE },
  query: QUERY_STYLES,
  formData: QUERY_STYLES,
};

/** What stands between the items of an array, in words. */
const SEPARATORS: Readonly<Record<string, string>> = {
  csv: "commas",
  ssv: "spaces",
  tsv: "tabs",
  pipes: "pipes (|)",
};

/** Fields of a parameter that say nothing about its values. */
const NOT_OF_THE_VALUE: ReadonlySet<string> = new Set(
  "$ref allowEmptyValue allowReserved content deprecated description example examples explode in name required schema style".split(
    " ",
  ),
);

/** The places of parameters that are no body; `cookie` is of OpenAPI 3. */
const PLACES: ReadonlySet<string | undefined> = new Set(["path", "query", "header", "cookie"]);

/** An entry of a list of parameters that is no part of a body. One that is shared stays so. */
export function* upgradeListed(
  { pointer, target, targetPointer }: ListedParameter,
  context: Context,
): Findings<JsonObject | undefined> {
  const isShared = pointer !== targetPointer && isEntryOf("parameters", targetPointer);
  return isShared && isComplete(target)
    ? writtenAt(pointer, { $ref: referenceTo(targetPointer) }, "parameter")
    : yield* upgradeParameter(target, targetPointer, context);
}

/**
 * A parameter of the path, the query or a header. One of an unknown place is left out.
 *
 * @param pointer where it is written
 */
export function* upgradeParameter(
  parameter: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject | undefined> {
  if (!isComplete(parameter)) {
    yield found("invalid-parameter", {
      message: "A parameter needs a name, and path, query, header, formData or body as its in.",
      hint: "Complete the Parameter Object. It is left out of the client.",
      pointer,
    });
    return undefined;
  }
  const place = stringMember(parameter, "in");
  if (place === "cookie") {
    yield newer(
      "A parameter in: cookie",
      "Swagger 2.0 has no word for it: make the document OpenAPI 3, where it belongs.",
      childPointer(pointer, "in"),
    );
  }
  const styled = place === "path" || place === "header" ? place : "query";
  const upgraded = isNewer(parameter)
    ? yield* upgradeNewer(parameter, pointer, context)
    : yield* upgradeSimple(parameter, styled, pointer, context);
  return writtenAt(pointer, upgraded, "parameter");
}

function isComplete(parameter: JsonObject): boolean {
  return PLACES.has(stringMember(parameter, "in")) && stringMember(parameter, "name") !== undefined;
}

/** A parameter whose type stands under `schema` or `content`, as in OpenAPI 3. */
function isNewer(parameter: JsonObject): boolean {
  return isObject(member(parameter, "schema")) || isObject(member(parameter, "content"));
}

function* upgradeNewer(
  parameter: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  const key = member(parameter, "schema") === undefined ? "content" : "schema";
  yield newer(
    `${key} in a parameter that is no body`,
    "Write type, and what else says which values there are, beside name and in.",
    childPointer(pointer, key),
  );
  return yield* withChildren(parameter, "parameter", pointer, (value, kind, place) =>
    upgradeSchemasIn(value, kind, place, context),
  );
}

function* upgradeSimple(
  parameter: JsonObject,
  place: Place,
  pointer: string,
  context: Context,
): Findings<JsonObject> {
  const { schema, style } = yield* upgradeValue(parameter, place, pointer, context);
  const own = Object.entries(parameter).filter(
    ([key]) => NOT_OF_THE_VALUE.has(key) || key.startsWith("x-"),
  );
  return { ...Object.fromEntries(own), schema: writtenAt(pointer, schema, "schema"), ...style };
}

/** What values there are, and how one that is an array is written. */
export interface UpgradedValue {
  readonly schema: JsonObject;
  readonly style: ArrayStyle | undefined;
}

/** Reads what a parameter that is no body says of its values: beside its name, and not in a schema. */
export function* upgradeValue(
  parameter: JsonObject,
  place: Place,
  pointer: string,
  context: Context,
): Findings<UpgradedValue> {
  const written = valueFields(parameter);
  const fields = yield* withoutMisplacedFile(written, place, pointer);
  if (!isArray(fields)) return plain(yield* upgradeSchema(fields, pointer, context));
  const style = yield* arrayStyle(parameter, place, pointer);
  if (style === undefined) return plain({ type: "string" });
  const items = yield* withoutInnerArray(member(fields, "items"), childPointer(pointer, "items"));
  const schema = items === undefined ? fields : { ...fields, items };
  return { schema: yield* upgradeSchema(schema, pointer, context), style };
}

function plain(schema: JsonObject): UpgradedValue {
  return { schema, style: undefined };
}

function valueFields(parameter: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameter).filter(
      ([key]) => !NOT_OF_THE_VALUE.has(key) && key !== "collectionFormat",
    ),
  );
}

function isArray(schema: JsonValue | undefined): boolean {
  const type = member(schema, "type");
  return type === "array" || (type === undefined && isObject(member(schema, "items")));
}

function* withoutMisplacedFile(
  fields: JsonObject,
  place: Place,
  pointer: string,
): Findings<JsonObject> {
  if (place === "formData" || member(fields, "type") !== "file") return fields;
  yield found("misplaced-file", {
    message: `A file cannot be sent in the ${place}; the client asks for a string.`,
    hint: "Files are sent in forms: write in: formData, and consumes: [multipart/form-data].",
    pointer: childPointer(pointer, "type"),
  });
  return { ...fields, type: "string" };
}

/* ---------------------------------------------------------------------- arrays */

/**
 * How the items of an array are written. `undefined` where OpenAPI 3 has no style that does the same: callers then pass
 * the one text that is sent, so that at least nothing else is sent than what the server reads.
 */
function* arrayStyle(
  parameter: JsonObject,
  place: Place,
  pointer: string,
): Findings<ArrayStyle | undefined> {
  const written = member(parameter, "collectionFormat") ?? "csv";
  const format = typeof written === "string" ? written : "";
  const styles = STYLES[place];
  if (Object.hasOwn(styles, format)) return styles[format];
  const formatPointer = childPointer(pointer, "collectionFormat");
  if (Object.hasOwn(SEPARATORS, format)) {
    yield withoutStyle(`An array in the ${inWords(place)}`, format, formatPointer);
    return undefined;
  }
  yield found("unsupported-collection-format", {
    message: `${typeof written === "string" ? quoted(written) : "This value"} is no collectionFormat of the ${inWords(place)}; the client writes commas between the items.`,
    hint: `Use one of csv, ssv, tsv, pipes${place === "query" || place === "formData" ? ", multi" : ""}.`,
    pointer: formatPointer,
  });
  return styles["csv"];
}

/** An array in an array has a format of its own, for which OpenAPI 3 has no word at all. */
function* withoutInnerArray(
  items: JsonValue | undefined,
  pointer: string,
): Findings<JsonValue | undefined> {
  if (!isArray(items)) return items;
  const written = stringMember(items, "collectionFormat") ?? "csv";
  const format = Object.hasOwn(SEPARATORS, written) ? written : "csv";
  yield withoutStyle("An array in an array", format, pointer);
  return { type: "string" };
}

function withoutStyle(what: string, format: string, pointer: string): ReturnType<typeof found> {
  return found("unsupported-collection-format", {
    message: `${what} with ${SEPARATORS[format] ?? "commas"} between its items (${format}) is more than the client can write; it asks for a string.`,
    hint: `Pass the items as one string, joined by ${SEPARATORS[format] ?? "commas"}.`,
    pointer,
  });
}

function inWords(place: Place): string {
  return place === "formData" ? "form" : place;
}
