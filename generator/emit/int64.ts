import type {
  ApiModel,
  CallModel,
  EncoderModel,
  ErrorDecoding,
  Int64Json,
  Int64Places,
  JsonPartModel,
} from "../model/api-model.js";
import { namesIn } from "../model/int64-places.js";
import {
  int64Uses,
  isTypedPart,
  neededPlaces,
  partFunction,
  partPlaces,
  type Int64Use,
} from "../model/int64-uses.js";
import type { RuntimeFunction } from "./calls.js";
import { code } from "./code.js";
import type { FileStructure } from "./file.js";
import { importDeclarations } from "./imports.js";
import { docComment } from "./layout/comments.js";
import {
  arrayLiteral,
  arrowFunction,
  call,
  lazily,
  literal,
  objectLiteral,
  variable,
  type Expression,
} from "./layout/expressions.js";
import { constant, exported } from "./layout/statements.js";
import { namedType } from "./layout/types.js";

/** Where the schemas have 64-bit integers, as data for the runtime: a constant for each schema that has any. */
export function int64File(model: ApiModel, runtime: string): FileStructure {
  const imports = importDeclarations([
    { name: "Int64Schema", from: `${runtime}/int64-schema.js`, isType: true },
  ]);
  // A schema can refer to one further down, or to itself.
  const reference = (name: string): Expression => lazily(variable(constantName(name)));
  return {
    path: "int64.ts",
    statements: [
      ...imports,
      ...model.int64Schemas.map(({ name, places }) =>
        exported(
          docComment([`The 64-bit integers of \`${name}\`.`]),
          constant(constantName(name), namedType("Int64Schema"), placesText(places, reference)),
          "other",
        ),
      ),
    ],
  };
}

/** Types have names that begin otherwise, so that none of them is in the way. */
function constantName(schema: string): string {
  return `int64In${schema}`;
}

function placesText(
  places: Int64Places,
  reference: (name: string) => Expression = (name) => variable(constantName(name)),
): Expression {
  const inner = (part: Int64Places): Expression => placesText(part, reference);
  switch (places.kind) {
    case "type":
      return literal(places.type);
    case "named":
      return reference(places.name);
    case "anyOf":
      return objectLiteral([["anyOf", arrayLiteral(places.members.map(inner))]]);
    case "array":
      return places.items === undefined
        ? objectLiteral([["prefixItems", arrayLiteral(places.prefixItems.map(inner))]])
        : objectLiteral([["items", inner(places.items)]]);
    case "object": {
      const { properties, additional } = places;
      const entries = properties.map(([name, part]) => [name, inner(part)] as const);
      return objectLiteral([
        ...(entries.length === 0 ? [] : [["properties", objectLiteral(entries)] as const]),
        ...(additional === undefined ? [] : [["additionalProperties", inner(additional)] as const]),
      ]);
    }
  }
}

/** A parameter that is JSON. */
export function int64ContentText(value: Expression, json: Int64Json): Expression {
  return call("int64Content", [value, ...neededTexts(json)]);
}

/** A JSON body; `contentType` is empty where it is the usual one. */
export function int64BodyText(
  value: Expression,
  contentType: readonly Expression[],
  json: Int64Json,
): Expression {
  const places = neededTexts(json);
  const type = places.length > 0 && contentType.length === 0 ? [JSON_TYPE] : contentType;
  return call("int64Json", [value, ...type, ...places]);
}

const JSON_TYPE = literal("application/json");

/** What makes a JSON body of a value and a media type. */
export function int64EncoderText(json: Int64Json): Expression {
  if (json.as === "bigint") return variable("int64Json");
  const encoded = int64BodyText(variable("body"), [variable("contentType")], json);
  return arrowFunction([code`body: unknown`, code`contentType: string`], encoded);
}

/** What writes a property of a form as JSON. */
export function int64PartText(part: JsonPartModel, encoder: EncoderModel["encoder"]): Expression {
  const { mediaType = "" } = part;
  const places = partPlaces(part, encoder).map((place) => placesText(place));
  const type = isTypedPart(part, encoder) ? [literal(mediaType)] : [];
  const written = call(partFunction(part, encoder), [variable("value"), ...places, ...type]);
  return arrowFunction([code`value`], written);
}

function neededTexts(json: Int64Json): readonly Expression[] {
  return neededPlaces(json).map((places) => placesText(places));
}

/** What decodes a JSON body. */
export function int64DecoderText({ as, places }: Int64Json): Expression {
  return call("asInt64Json", [literal(as), placesText(places)]);
}

/** What parses the items of a stream. */
export function itemsArgument(int64: Int64Json | undefined): readonly Expression[] {
  if (int64 === undefined) return [];
  const parse = call("int64Items", [literal(int64.as), placesText(int64.places)]);
  return [objectLiteral([["parse", parse]])];
}

/** What writes the items of a body. */
export function int64ItemText(int64: Int64Json): Expression {
  return call("int64Item", neededTexts(int64));
}

/** What parses the JSON of events. */
export function eventsEntry(
  int64: Int64Json | undefined,
): readonly (readonly [string, Expression])[] {
  if (int64 === undefined) return [];
  return [["parse", call("int64Events", [literal(int64.as), placesText(int64.places)])]];
}

/** What parses the JSON of errors. */
export function errorEntry(
  errors: ErrorDecoding | undefined,
): readonly (readonly [string, Expression])[] {
  if (errors === undefined) return [];
  const statuses = errors.statuses.map(
    ([status, places]) => [String(status), placesText(places)] as const,
  );
  return [["parseError", call("int64Errors", [literal(errors.as), objectLiteral(statuses)])]];
}

/** The functions of the runtime that a call needs. */
export function int64Functions(model: CallModel): readonly RuntimeFunction[] {
  return int64Uses(model).map(({ function: name }) => ({ name, stem: MODULES[name] }));
}

/** The constants of {@link int64File} that a call needs. */
export function int64Constants(model: CallModel): readonly string[] {
  return int64Uses(model).flatMap(({ places }) => places.flatMap(namesIn).map(constantName));
}

const MODULES: Readonly<Record<Int64Use["function"], string>> = {
  int64Json: "int64-json",
  int64Content: "int64-content",
  int64Parts: "int64-content",
  asInt64Json: "as-int64-json",
  int64Events: "int64-events",
  int64Items: "int64-items",
  int64Item: "int64-items",
  int64Errors: "int64-errors",
};
