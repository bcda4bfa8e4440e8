import type { Findings } from "../../diagnostics/diagnostic.js";
import { isObject, member, objectMember, stringMember } from "../json.js";
import { childPointer, referenceTo } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import type { Context } from "./context.js";
import { withChildren, without } from "./copy.js";
import { found, newer, notASchema } from "./findings.js";
import { followed, isEntryOf } from "./followed.js";
import { answerTypes, contentOf, payloadShape, type MediaTypeList } from "./media-type-lists.js";
import { writtenAt } from "./origins.js";
import { upgradePlacedSchema, upgradeSchema, upgradeSchemasIn } from "./schemas.js";

/**
 * The responses of an operation.
 *
 * @param own what the operation produces, if it says so itself
 */
export function* upgradeResponses(
  responses: JsonObject,
  pointer: string,
  own: MediaTypeList | undefined,
  context: Context,
): Findings<JsonObject> {
  return yield* withChildren(responses, "responses", pointer, (response, _, place) =>
    upgradeListedResponse(response, place, own, context),
  );
}

/**
 * A response, or a reference to one. A shared one stays so, but where the operation has media types of its own: in
 * OpenAPI 3 those are a part of the response.
 */
export function* upgradeListedResponse(
  response: JsonObject,
  pointer: string,
  own: MediaTypeList | undefined,
  context: Context,
): Findings<JsonObject> {
  const produces = own ?? context.produces;
  const target = followed(context.document, response, pointer);
  if (target.pointer === pointer || !isObject(target.value))
    return yield* upgradeResponse(response, pointer, produces, false, context);
  if (isEntryOf("definitions", target.pointer))
    return yield* upgradeSchemaAsResponse(response, pointer, produces, context);
  const isShared = isEntryOf("responses", target.pointer);
  return isShared && own === undefined
    ? writtenAt(pointer, { $ref: referenceTo(target.pointer) }, "response")
    : yield* upgradeResponse(target.value, target.pointer, produces, isShared, context);
}

/** Many refer to the schema of a response where the response belongs. */
function* upgradeSchemaAsResponse(
  { $ref }: JsonObject,
  pointer: string,
  produces: MediaTypeList,
  context: Context,
): Findings<JsonObject> {
  yield found("tolerated-value", {
    message:
      "A $ref stands in the place of a whole response, but leads to a schema; it is read as the schema of the response.",
    hint: "Write it as { description: …, schema: { $ref: … } }.",
    pointer: childPointer(pointer, "$ref"),
  });
  return yield* upgradeResponse({ schema: { $ref } }, pointer, produces, false, context);
}

/**
 * A Response Object.
 *
 * @param isShared whether its schema is upgraded elsewhere, so that it is referred to
 */
function* upgradeResponse(
  response: JsonObject,
  pointer: string,
  produces: MediaTypeList,
  isShared: boolean,
  context: Context,
): Findings<JsonObject> {
  const rest = without(response, "schema", "examples");
  const upgraded = yield* withChildren(rest, "response", pointer, (value, kind, place) =>
    kind === "header"
      ? upgradeHeader(value, place, context)
      : upgradeSchemasIn(value, kind, place, context),
  );
  if (member(rest, "content") !== undefined) {
    yield newer(
      "content in a response",
      "Write schema, and list the media types under produces.",
      childPointer(pointer, "content"),
    );
  }
  const content =
    member(response, "schema") === undefined
      ? {}
      : { content: yield* answerContent(response, pointer, produces, isShared, context) };
  return writtenAt(pointer, { ...upgraded, ...content }, isShared ? undefined : "response");
}

function* answerContent(
  response: JsonObject,
  pointer: string,
  produces: MediaTypeList,
  isShared: boolean,
  context: Context,
): Findings<JsonObject> {
  const schema = member(response, "schema") ?? null;
  const place = childPointer(pointer, "schema");
  const types = answerTypes(produces, payloadShape(context.document, schema));
  const content = contentOf(types, {
    schema: yield* answerSchema(schema, place, isShared, context),
  });
  return withExamples(
    content,
    objectMember(response, "examples"),
    childPointer(pointer, "examples"),
  );
}

function* answerSchema(
  schema: JsonValue,
  pointer: string,
  isShared: boolean,
  context: Context,
): Findings<JsonValue> {
  if (!isObject(schema)) {
    yield notASchema(schema, pointer);
    return {};
  }
  return isShared && stringMember(schema, "$ref") === undefined
    ? { $ref: referenceTo(pointer) }
    : yield* upgradePlacedSchema(schema, pointer, context);
}

/** Examples stand under the media type of which they are one. */
function withExamples(
  content: JsonObject,
  examples: JsonObject | undefined,
  pointer: string,
): JsonObject {
  if (examples === undefined) return content;
  return Object.fromEntries(
    Object.entries(content).map(([name, mediaType]) => {
      const example = member(examples, name);
      return example === undefined || !isObject(mediaType)
        ? [name, mediaType]
        : [name, writtenAt(childPointer(pointer, name), { ...mediaType, example })];
    }),
  );
}

/** A Header Object: what says which values there are moves into a schema. */
function* upgradeHeader(
  header: JsonObject,
  pointer: string,
  context: Context,
): Findings<JsonValue> {
  if (["$ref", "schema", "content"].some((key) => member(header, key) !== undefined))
    return yield* upgradeSchemasIn(header, "header", pointer, context);
  const description = member(header, "description");
  const fields = without(header, "description", "collectionFormat");
  const schema = writtenAt(pointer, yield* upgradeSchema(fields, pointer, context), "schema");
  return { ...(description === undefined ? {} : { description }), schema };
}
