import type { Findings } from "../../diagnostics/diagnostic.js";
import { isObject, member, stringMember } from "../json.js";
import { childPointer } from "../pointer.js";
import type { JsonObject } from "../source.js";
import { found, wrongShape } from "./findings.js";
import { followed } from "./followed.js";

/** An entry of a list of parameters. */
export interface ListedParameter {
  /** Where it stands in the list. */
  readonly pointer: string;
  /** The parameter itself, which may be referred to, and where it stands. */
  readonly target: JsonObject;
  readonly targetPointer: string;
}

const HINT = "Write parameters as a list like [{ name: q, in: query, type: string }].";

/** The parameters of a path or an operation. */
export function* listedParameters(
  owner: JsonObject,
  pointer: string,
  document: JsonObject,
): Findings<readonly ListedParameter[]> {
  const written = member(owner, "parameters") ?? null;
  if (written === null) return [];
  const place = childPointer(pointer, "parameters");
  if (!Array.isArray(written)) {
    yield wrongShape(written, "under parameters, ", "a list of parameters", HINT, place);
    return [];
  }
  const listed: ListedParameter[] = [];
  for (const [index, entry] of written.entries()) {
    const at = childPointer(place, index);
    const target = followed(document, entry, at);
    if (!isObject(entry) || !isObject(target.value))
      yield wrongShape(entry, "", "a parameter", HINT, at);
    else if (isSchemaReference(entry, target.value)) listed.push(yield* withSchema(entry, at));
    else listed.push({ pointer: at, target: target.value, targetPointer: target.pointer });
  }
  return listed;
}

/** A parameter that refers to its schema, but not under `schema`. */
function isSchemaReference(written: JsonObject, target: JsonObject): boolean {
  const isParameter = (value: JsonObject): boolean => stringMember(value, "in") !== undefined;
  return written !== target && isParameter(written) && !isParameter(target);
}

function* withSchema(written: JsonObject, pointer: string): Findings<ListedParameter> {
  const { $ref, ...parameter } = written;
  yield found("tolerated-value", {
    message:
      "A $ref stands in the place of a whole parameter, but leads to a schema; it is read as the schema of the parameter.",
    hint: "Write it as schema: { $ref: … } if the parameter is the body; otherwise write type instead.",
    pointer: childPointer(pointer, "$ref"),
  });
  const target = { ...parameter, schema: { $ref } };
  return { pointer, target, targetPointer: pointer };
}

/** Whether a parameter is the body, or a field of the form that is the body. */
export function isPayload({ target }: ListedParameter): boolean {
  return isBody(target) || isFormField(target);
}

/** Tells the one parameter that is the body. */
export function isBody(parameter: JsonObject): boolean {
  return stringMember(parameter, "in") === "body";
}

/** Tells a parameter that is a field of a form. */
export function isFormField(parameter: JsonObject): boolean {
  return stringMember(parameter, "in") === "formData";
}

/** What makes the body of an operation. */
export interface Payload {
  readonly body: ListedParameter | undefined;
  readonly fields: readonly ListedParameter[];
}

/**
 * The parameters of a path, overridden by those of the operation, as far as they make the body. There is one body at
 * most, whatever its name, and none beside form fields (Swagger 2.0, Parameter Object).
 */
export function* payloadOf(
  shared: readonly ListedParameter[],
  own: readonly ListedParameter[],
): Findings<Payload> {
  const bodies = yield* bodiesOf(shared, own);
  const fields = new Map(
    [...shared, ...own]
      .filter(({ target }) => isFormField(target))
      .map((field) => [stringMember(field.target, "name") ?? "", field]),
  );
  const [body] = bodies;
  if (body === undefined || fields.size === 0) return { body, fields: [...fields.values()] };
  yield found("body-beside-form", {
    message:
      "A body stands beside form fields, although a request has one body only; the fields are sent, and this one is ignored.",
    hint: "Make it a field of the form, or make the fields properties of its schema.",
    pointer: body.pointer,
  });
  return { body: undefined, fields: [...fields.values()] };
}

function* bodiesOf(
  shared: readonly ListedParameter[],
  own: readonly ListedParameter[],
): Findings<readonly ListedParameter[]> {
  const ownBodies = own.filter(({ target }) => isBody(target));
  const bodies = ownBodies.length > 0 ? ownBodies : shared.filter(({ target }) => isBody(target));
  for (const { pointer } of bodies.slice(1)) {
    yield found("body-beside-form", {
      message: "There is more than one body, although a request has one only; this one is ignored.",
      hint: "Keep one parameter with in: body; make the others properties of its schema.",
      pointer,
    });
  }
  return bodies.slice(0, 1);
}
