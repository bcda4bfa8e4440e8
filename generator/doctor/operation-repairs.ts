import { isObject, member, stringMember } from "../document/json.js";
import { childPointer, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { NamedOperation } from "../names/named-api.js";
import { follow } from "../resolve/references.js";
import { METHOD_FIELDS } from "../resolve/methods.js";
import type { Operation } from "../resolve/resolved-api.js";
import { routeOf } from "../resolve/routes.js";
import { lastToken, merge, parentOf, parentPointer, remove, rename } from "./repair.js";
import type { Patient, Repair } from "./repair.js";

/* Repairs of paths, operations and parameters. Each takes the pointer of what was found. */

/** The operation at a pointer; `undefined` where several paths have it by reference, which one change would not fit. */
function operationAt(
  { operations }: Patient,
  matches: (operation: Operation) => boolean,
): NamedOperation | undefined {
  const found = operations.find(({ operation }) => matches(operation));
  const sharing = operations.filter(
    ({ operation }) => operation.pointer === found?.operation.pointer,
  );
  return sharing.length === 1 ? found : undefined;
}

/* ------------------------------------------------------------------ operationIds */

/** An operation without id gets the name that its method has in the client. */
export function addOperationId(pointer: string, patient: Patient): readonly Repair[] {
  const found = operationAt(patient, (operation) => operation.pointer === pointer);
  // One of another type is repaired as such.
  const isThere = member(resolvePointer(patient.document, pointer), "operationId") !== undefined;
  if (found === undefined || isThere) return [];
  const why = "The operation has no operationId; this is what its method is called in the client.";
  return [merge(pointer, { operationId: found.methodName }, why)];
}

/** Operations that share an id get the names that their methods have in the client. */
export function separateOperationIds(pointer: string, patient: Patient): readonly Repair[] {
  const id = resolvePointer(patient.document, pointer);
  const sharing = patient.operations.filter(({ operation }) => operation.operationId === id);
  const why =
    "Several operations have the same operationId; this is what the method is called in the client.";
  return sharing.flatMap(({ operation }) => {
    const found = operationAt(patient, (other) => other === operation);
    if (found === undefined) return [];
    return [merge(operation.pointer, { operationId: found.methodName }, why)];
  });
}

/* -------------------------------------------------------------------- parameters */

/** A name in braces that no parameter declares: the one parameter that is in no path is meant, or a new one. */
export function declarePathParameters(pointer: string, patient: Patient): readonly Repair[] {
  const found = operationAt(patient, (operation) => operation.pointer === pointer);
  if (found === undefined) return [];
  const inTemplate = routeOf(found.operation.path).names;
  const declared = pathParameters(patient, pointer);
  const missing = inTemplate.filter((name) => declared.every((other) => other.name !== name));
  const unused = declared.filter(({ name }) => !inTemplate.includes(name));
  const [first] = unused;
  if (missing.length === 1 && unused.length === 1 && first !== undefined)
    return renameParameter(first, missing[0] ?? "", patient);
  return missing.map((name) =>
    merge(
      sharedPointer(pointer, name, patient),
      { parameters: [{ name, in: "path", required: true, ...textSchema(patient) }] },
      "The path has this parameter in braces, but nothing declares it.",
    ),
  );
}

/** Parameters of Swagger 2.0 have their type beside their name. */
function textSchema({ document }: Patient): JsonObject {
  const type = { type: "string" };
  return member(document, "swagger") === undefined ? { schema: type } : type;
}

/** A path parameter that an operation or its path item declares. */
interface DeclaredParameter {
  readonly name: string;
  /** In the list that it stands in. */
  readonly pointer: string;
  readonly isReference: boolean;
}

function pathParameters({ document }: Patient, operation: string): readonly DeclaredParameter[] {
  return [parentPointer(operation), operation].flatMap((owner) => {
    const list = member(resolvePointer(document, owner), "parameters");
    if (!Array.isArray(list)) return [];
    return list.flatMap((item, index) => {
      const pointer = `${owner}/parameters/${index}`;
      const target = follow(document, item, pointer)?.value;
      const name = stringMember(target, "name");
      if (name === undefined || stringMember(target, "in") !== "path") return [];
      return [{ name, pointer, isReference: member(item, "$ref") !== undefined }];
    });
  });
}

function renameParameter(
  { pointer, isReference }: DeclaredParameter,
  name: string,
  { document }: Patient,
): readonly Repair[] {
  const owner = parentPointer(parentPointer(pointer));
  const isOfPath = pointerTokens(owner).length === 2;
  // Another operation of the path may go by the present name.
  if (isReference || (isOfPath && !isPlainPath(resolvePointer(document, owner)))) return [];
  return [
    merge(
      pointer,
      { name },
      "The path has this name in braces, where the parameter has another one.",
    ),
  ];
}

function isPlainPath(item: JsonValue | undefined): boolean {
  return isObject(item) && member(item, "$ref") === undefined;
}

/** The path item, when none of its operations declares the name; otherwise the operation alone. */
function sharedPointer(operation: string, name: string, patient: Patient): string {
  const item = parentPointer(operation);
  const value = resolvePointer(patient.document, item);
  const [top, , ...deeper] = pointerTokens(item);
  if (top !== "paths" || deeper.length > 0 || !isObject(value)) return operation;
  const methods = METHOD_FIELDS.filter((method) => isObject(member(value, method)));
  const isMissingInAll = methods.every((method) =>
    pathParameters(patient, `${item}/${method}`).every((parameter) => parameter.name !== name),
  );
  return isMissingInAll ? item : operation;
}

/** A path parameter that no path has: see {@link declarePathParameters} where its name is only another one. */
export function removeUnusedParameter(pointer: string, patient: Patient): readonly Repair[] {
  const owner = parentPointer(parentPointer(pointer));
  if (!owner.startsWith("/paths/")) return [];
  const misnamed = patient.operations
    .map(({ operation }) => operation)
    .filter(
      (operation) => operation.pointer === owner || parentPointer(operation.pointer) === owner,
    )
    .flatMap((operation) => declarePathParameters(operation.pointer, patient))
    .filter((repair) => repair.pointer === pointer);
  if (misnamed.length > 0) return misnamed;
  return [
    remove(pointer, "The path does not have this parameter, so that it is never sent.", patient),
  ];
}

/** Of parameters that one list has twice the last one counts. */
export function removeEarlierParameter(pointer: string, patient: Patient): readonly Repair[] {
  const list = parentOf(patient.document, pointer);
  if (!Array.isArray(list)) return [];
  const last = Number(lastToken(pointer));
  const key = parameterKey(patient.document, list[last]);
  const why = "The same parameter follows later in the list, and the last one counts.";
  return list.flatMap((item, index) => {
    const isSame = index < last && parameterKey(patient.document, item) === key;
    return isSame ? [remove(childPointer(parentPointer(pointer), index), why, patient)] : [];
  });
}

/** The names of headers are the same in any case (RFC 9110, 5.1). */
function parameterKey(document: JsonObject, item: JsonValue | undefined): string | undefined {
  const target = follow(document, item, "")?.value;
  const name = stringMember(target, "name");
  const location = stringMember(target, "in");
  if (name === undefined || location === undefined) return undefined;
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

export function removeParameter(pointer: string, patient: Patient): readonly Repair[] {
  const why =
    "Other parts of the document or the HTTP layer decide this header; the client ignores the parameter.";
  return [remove(pointer, why, patient)];
}

/** `In: Query` is `in: query`. */
export function correctLocation(pointer: string, { document }: Patient): readonly Repair[] {
  const target = follow(document, resolvePointer(document, pointer), pointer);
  const written = stringMember(target?.value, "in");
  const location = written?.trim().toLowerCase() ?? "";
  const isKnown = ["path", "query", "header", "cookie"].includes(location);
  if (target === undefined || !isKnown || stringMember(target.value, "name") === undefined)
    return [];
  return [
    merge(target.pointer, { in: location }, "Locations of parameters are written in lower case."),
  ];
}

/** A colon or a space after the name is none of it. */
export function correctHeaderName(pointer: string, { document }: Patient): readonly Repair[] {
  const target = follow(document, resolvePointer(document, pointer), pointer);
  const name = stringMember(target?.value, "name")?.trim().replace(/\s*:$/, "") ?? "";
  if (target === undefined || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return [];
  return [merge(target.pointer, { name }, "The name of a header has no spaces and no colon.")];
}

export function removeStyle(pointer: string, patient: Patient): readonly Repair[] {
  return [
    remove(
      pointer,
      "Parameters of this location do not have that style; the default is used.",
      patient,
    ),
  ];
}

/* ------------------------------------------------------------------------- paths */

/** `/pets/:id` becomes `/pets/{id}`, as all operations of the path read it. */
export function renameExpressPath(pointer: string, patient: Patient): readonly Repair[] {
  const key = lastToken(pointer);
  const asExpress = (path: string): string => path.replace(/\{([^{}]*)\}/g, ":$1");
  const paths = patient.operations
    .map(({ operation }) => operation.path)
    .filter((path) => asExpress(path) === asExpress(key));
  const [path, ...others] = new Set(paths);
  if (path === undefined || path === key || others.length > 0) return [];
  return rename(pointer, [path], "OpenAPI marks parameters of a path by braces.", patient);
}

export function addSlash(pointer: string, patient: Patient): readonly Repair[] {
  return rename(pointer, [`/${lastToken(pointer)}`], "Every path begins with a slash.", patient);
}

/** `GET` is `get`. */
export function lowerMethod(pointer: string, patient: Patient): readonly Repair[] {
  const method = lastToken(pointer).toLowerCase();
  const isMethod = METHOD_FIELDS.some((known) => known === method);
  if (!isMethod) return [];
  return rename(pointer, [method], "Methods are written in lower case.", patient);
}

/** `info` with the title and the version that it lacks. */
export function completeInfo({ document, title }: Patient): readonly Repair[] {
  const info = member(document, "info");
  if (info !== undefined && !isObject(info)) return [];
  const present = ["title", "version"].map((key) => member(info, key));
  if (present.some((value) => isObject(value) || Array.isArray(value))) return [];
  const missing = {
    ...(isText(info, "title") ? {} : { title: textOf(info, "title") ?? title }),
    ...(isText(info, "version") ? {} : { version: textOf(info, "version") ?? "0.0.0" }),
  };
  const why =
    "A document has a title and a version, which are strings; the client is named after the title.";
  return [info === undefined ? merge("", { info: missing }, why) : merge("/info", missing, why)];
}

function isText(info: JsonValue | undefined, key: string): boolean {
  return stringMember(info, key) !== undefined;
}

/** A number or a flag as text. */
function textOf(info: JsonValue | undefined, key: string): string | undefined {
  const value = member(info, key);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
