import type { Findings } from "../../diagnostics/diagnostic.js";
import { quoted } from "../../diagnostics/quoted.js";
import { isObject, member, stringMember } from "../json.js";
import { childPointer, referenceTo } from "../pointer.js";
import type { JsonObject, JsonValue } from "../source.js";
import type { Context } from "./context.js";
import { found, notASchema } from "./findings.js";
import { isEntryOf } from "./followed.js";
import type { ListedParameter, Payload } from "./listed-parameters.js";
import {
  bodyTypes,
  contentOf,
  isForm,
  payloadShape,
  type MediaTypeList,
} from "./media-type-lists.js";
import { writtenAt } from "./origins.js";
import { upgradeValue, type UpgradedValue } from "./parameters.js";
import { upgradePlacedSchema } from "./schemas.js";

/** The Request Body Object for the body or the form fields of an operation, if it has either. */
export function* upgradePayload(
  { body, fields }: Payload,
  types: MediaTypeList,
  context: Context,
): Findings<JsonObject | undefined> {
  if (body !== undefined) return yield* upgradeBody(body, types, context);
  return fields.length === 0 ? undefined : yield* upgradeForm(fields, types, context);
}

/** The Request Body Object for a parameter with `in: body`. Its name means nothing. */
export function* upgradeBody(
  { pointer, target, targetPointer }: ListedParameter,
  types: MediaTypeList,
  context: Context,
): Findings<JsonObject> {
  const schema = yield* bodySchema(target, targetPointer, pointer !== targetPointer, context);
  const shape = payloadShape(context.document, member(target, "schema") ?? target);
  const content = contentOf(bodyTypes(types, shape), schema === undefined ? {} : { schema });
  return writtenAt(pointer, { ...about(target), content });
}

function about(parameter: JsonObject): JsonObject {
  const kept = Object.entries(parameter).filter(
    ([key]) => key === "description" || key === "required" || key.startsWith("x-"),
  );
  return Object.fromEntries(kept);
}

/** The schema of a body; that of a shared one is referred to and not repeated for each operation. */
function* bodySchema(
  parameter: JsonObject,
  pointer: string,
  isShared: boolean,
  context: Context,
): Findings<JsonValue | undefined> {
  const place = childPointer(pointer, "schema");
  const schema = member(parameter, "schema");
  if (isObject(schema)) {
    return isShared &&
      isEntryOf("parameters", pointer) &&
      stringMember(schema, "$ref") === undefined
      ? { $ref: referenceTo(place) }
      : yield* upgradePlacedSchema(schema, place, context);
  }
  if (schema !== undefined) {
    yield notASchema(schema, place);
    return undefined;
  }
  if (member(parameter, "type") === undefined) return undefined;
  if (!isShared) {
    yield found("tolerated-value", {
      message: "A body has no schema; the type beside its name is taken for one.",
      hint: "Write it as schema: { type: … }.",
      pointer,
    });
  }
  return writtenAt(pointer, (yield* upgradeValue(parameter, "formData", pointer, context)).schema);
}

/* ----------------------------------------------------------------------- forms */

interface Field extends UpgradedValue {
  readonly name: string;
  readonly parameter: ListedParameter;
}

function* upgradeForm(
  parameters: readonly ListedParameter[],
  types: MediaTypeList,
  context: Context,
): Findings<JsonObject> {
  const fields: Field[] = [];
  for (const parameter of parameters) {
    const field = yield* upgradeField(parameter, context);
    if (field !== undefined) fields.push(field);
  }
  const required = fields
    .filter(({ parameter }) => member(parameter.target, "required") === true)
    .map(({ name }) => name);
  const schema: JsonObject = {
    type: "object",
    properties: Object.fromEntries(fields.map(propertyOf)),
    ...(required.length === 0 ? {} : { required }),
  };
  const encoding = Object.fromEntries(fields.flatMap(encodingOf));
  const pointer = parameters[0]?.pointer ?? "";
  const mediaType: JsonObject = {
    schema: writtenAt(pointer, schema),
    ...(Object.keys(encoding).length === 0 ? {} : { encoding }),
  };
  return writtenAt(pointer, {
    ...(required.length === 0 ? {} : { required: true }),
    content: contentOf(yield* formTypes(fields, types), mediaType),
  });
}

function* upgradeField(parameter: ListedParameter, context: Context): Findings<Field | undefined> {
  const { target, targetPointer } = parameter;
  const name = stringMember(target, "name");
  if (name === undefined) {
    yield found("invalid-parameter", {
      message: "A form field has no name.",
      hint: "Add its name. It is left out of the client.",
      pointer: targetPointer,
    });
    return undefined;
  }
  const value = yield* upgradeValue(target, "formData", targetPointer, context);
  return { ...value, name, parameter };
}

function propertyOf({ name, schema, parameter }: Field): readonly [string, JsonObject] {
  const { target, targetPointer } = parameter;
  const description = stringMember(target, "description");
  const described = description === undefined ? schema : { ...schema, description };
  return [name, writtenAt(targetPointer, described, "schema")];
}

/** A field that is repeated for each item needs no encoding: that is what forms do. Files are always repeated. */
function encodingOf(field: Field): readonly (readonly [string, JsonObject])[] {
  const { name, style, parameter } = field;
  if (style === undefined || style.explode || isFile(member(field.schema, "items"))) return [];
  return [[name, writtenAt(parameter.targetPointer, { ...style })]];
}

function isFile(schema: JsonValue | undefined): boolean {
  return member(schema, "format") === "binary";
}

/**
 * The media types of a form: those of `consumes` that forms have. Files need `multipart/form-data`; without any, the
 * fields decide, since `consumes` may be that of the whole document.
 */
function* formTypes(fields: readonly Field[], types: MediaTypeList): Findings<MediaTypeList> {
  const forms = types.filter(({ name }) => isForm(name));
  const file = fields.find(({ schema }) => isFile(schema) || isFile(member(schema, "items")));
  if (file === undefined)
    return forms.length > 0
      ? forms
      : [{ name: "application/x-www-form-urlencoded", pointer: undefined }];
  const multipart = forms.filter(({ name }) => !/urlencoded/i.test(name));
  if (multipart.length > 0) return multipart;
  const [urlencoded] = forms;
  if (urlencoded !== undefined) {
    yield found("misplaced-file", {
      message: `A form of type ${quoted(urlencoded.name)} cannot carry the file ${quoted(file.name)}; multipart/form-data is sent instead.`,
      hint: "Write consumes: [multipart/form-data].",
      pointer: urlencoded.pointer ?? file.parameter.pointer,
    });
  }
  return [{ name: "multipart/form-data", pointer: undefined }];
}
