import { acceptChoices, choosesContentType } from "../names/parameters.js";
import type { NamedOperation } from "../names/named-api.js";
import { pascalCase } from "../names/words.js";
import type {
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
} from "../resolve/resolved-api.js";
import { docsOf, textPart, type Docs } from "../types/docs.js";
import {
  STRING,
  UNDEFINED,
  UNKNOWN,
  type ObjectType,
  type OperationTypes,
  type TypeMember,
  type TypeNode,
} from "../types/type-node.js";
import type { AnswerModel, OperationModel, ParamsModel } from "./api-model.js";
import { callModel, isFilledIn } from "./calls.js";
import { declare, type NamedType } from "./declarations.js";

/** One method: its documentation, its types and its call. */
export function operationModel(named: NamedOperation, types: OperationTypes): OperationModel {
  const { operation, methodName } = named;
  const bodies = bodyTypes(named, types);
  const answers = answerTypes(named, types);
  const params = paramsType(named, types, bodies);
  const declarations = [
    ...(params?.types ?? []),
    ...bodies.declared,
    ...(operation.kind === "url" ? [] : answers.flatMap((answer) => answer.declared)),
  ];
  return {
    methodName,
    docs: methodDocs(operation),
    wireLine: {
      method: operation.method.toUpperCase(),
      path: operation.path,
      security: operation.security,
    },
    params: params?.model,
    answers: answers.map(({ model }) => model),
    call: callModel(named, answers.length > 1 || (answers[0]?.model.accept.length ?? 0) > 0),
    declarations: declare(declarations),
  };
}

function methodDocs(operation: Operation): Docs {
  const errors = operation.responses.filter(
    (response) => !response.success && operation.kind === "request",
  );
  return [
    ...textPart(operation.summary === undefined ? undefined : sentence(operation.summary)),
    ...textPart(operation.description),
    ...(operation.deprecated ? [{ kind: "tag", tag: "deprecated", text: "" } as const] : []),
    ...errors.map(
      (response) =>
        ({
          kind: "throws",
          status: String(response.status),
          text: response.description ?? "",
        }) as const,
    ),
  ];
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?:;…]$/.test(trimmed) || trimmed === "" ? trimmed : `${trimmed}.`;
}

/* ---------------------------------------------------------------------- params */

interface ParamsType {
  readonly model: ParamsModel;
  readonly types: readonly NamedType[];
}

function paramsType(
  named: NamedOperation,
  types: OperationTypes,
  bodies: BodyTypes,
): ParamsType | undefined {
  const { operation, typeStem } = named;
  const accept = singleChoice(operation, types);
  const members = [
    ...operation.parameters.map((parameter, index) =>
      parameterMember(
        parameter,
        named.parameterKeys[index] ?? "",
        types.parameters[index] ?? UNKNOWN,
      ),
    ),
    ...(accept.length > 1 ? [acceptMember(accept)] : []),
  ];
  if (members.length === 0 && bodies.choices.length === 0) {
    return acceptChoices(operation).length < 2
      ? undefined
      : { model: { typeName: undefined, optional: true }, types: [] };
  }
  const typeName = `${typeStem}Params`;
  const optional =
    members.every((member) => member.optional) &&
    bodies.choices.every((choice) => choice.every((member) => member.optional));
  return {
    model: { typeName, optional },
    types: [
      {
        name: typeName,
        docs: [{ kind: "text", text: `What \`${named.methodName}\` takes.` }],
        type: withBodies(members, bodies.choices),
      },
    ],
  };
}

/** One way to pass a body is part of the object; several are alternatives beside it. */
function withBodies(
  members: readonly TypeMember[],
  choices: readonly (readonly TypeMember[])[],
): TypeNode {
  const [first, ...others] = choices;
  if (others.length === 0) return objectType([...members, ...(first ?? [])]);
  const union: TypeNode = { kind: "union", members: choices.map(objectType) };
  return members.length === 0
    ? union
    : { kind: "intersection", members: [objectType(members), union] };
}

function objectType(members: readonly TypeMember[]): ObjectType {
  const needed = members.filter((member) => !member.optional);
  return {
    kind: "object",
    members: [...needed, ...members.filter((member) => member.optional)],
    index: undefined,
  };
}

function parameterMember(parameter: Parameter, name: string, type: TypeNode): TypeMember {
  const optional = !parameter.required || isFilledIn(parameter);
  const value = isAnything(type) && !isJsonText(parameter) ? PARAMETER_VALUE : type;
  return { name, optional, type: passable(value, optional), docs: parameterDocs(parameter) };
}

const PARAMETER_VALUE: TypeNode = { kind: "parameterValue" };

function isAnything(type: TypeNode): boolean {
  return type.kind === "keyword" && type.name === "unknown";
}

function isJsonText({ serialization }: Parameter): boolean {
  return serialization.kind === "content" && serialization.mediaType.kind === "json";
}

/** With `exactOptionalPropertyTypes`, only this lets a caller pass on a value that may be missing. */
function passable(type: TypeNode, optional: boolean): TypeNode {
  if (!optional || isAnything(type)) return type;
  return {
    kind: "union",
    members: [...(type.kind === "union" ? type.members : [type]), UNDEFINED],
  };
}

function parameterDocs(parameter: Parameter): Docs {
  const docs = docsOf(parameter.schema.schema, parameter.description);
  const has = (tag: string): boolean =>
    docs.some((part) => part.kind === "tag" && part.tag === tag);
  const preset = parameter.defaultValue;
  return [
    ...docs,
    ...(preset === undefined || has("defaultValue")
      ? []
      : [{ kind: "tag", tag: "defaultValue", text: JSON.stringify(preset) } as const]),
    ...(parameter.deprecated && !has("deprecated")
      ? [{ kind: "tag", tag: "deprecated", text: "" } as const]
      : []),
  ];
}

/* ---------------------------------------------------------------------- bodies */

interface BodyTypes {
  /** The members of `params` for each way to pass a body. */
  readonly choices: readonly (readonly TypeMember[])[];
  readonly declared: readonly NamedType[];
}

function bodyTypes({ operation, typeStem }: NamedOperation, types: OperationTypes): BodyTypes {
  const body = operation.requestBody;
  if (body === undefined) return { choices: [], declared: [] };
  const typed = body.mediaTypes.map((mediaType, index) => ({
    mediaType,
    type: requestType(mediaType, types.requestBodies[index]),
  }));
  const distinct = [...new Map(typed.map(({ type }) => [JSON.stringify(type), type])).values()];
  const names = distinct.map((type, index) =>
    bodyName(typeStem, type, index, distinct.length, typed),
  );
  const declared = distinct.flatMap((type, index): NamedType[] => {
    const name = names[index];
    return name === undefined ? [] : [{ name, docs: textPart(body.description), type }];
  });
  const named = (type: TypeNode): TypeNode => {
    const name =
      names[distinct.findIndex((other) => JSON.stringify(other) === JSON.stringify(type))];
    return name === undefined ? type : { kind: "named", name };
  };
  const choices = distinct.map((type) => {
    const mediaTypes = typed
      .filter((other) => JSON.stringify(other.type) === JSON.stringify(type))
      .map(({ mediaType }) => mediaType);
    return bodyMembers(operation, body, named(type), mediaTypes);
  });
  return { choices, declared };
}

/** Types with structure of their own get a name; `GetTokenBody`, or `UpdateMultipartFormDataBody` beside others. */
function bodyName(
  stem: string,
  type: TypeNode,
  index: number,
  count: number,
  typed: readonly { readonly mediaType: MediaType; readonly type: TypeNode }[],
): string | undefined {
  if (!needsName(type)) return undefined;
  const mediaType =
    typed.find((other) => JSON.stringify(other.type) === JSON.stringify(type))?.mediaType.name ??
    "";
  return count === 1 || index === 0
    ? `${stem}Body`
    : `${stem}${pascalCase(mediaType.split(";")[0] ?? "")}Body`;
}

/** Tells whether a type is worth a name: somewhere in it, without a name yet, are members. */
function needsName(type: TypeNode): boolean {
  switch (type.kind) {
    case "object":
      return type.members.length > 0 || (type.index !== undefined && needsName(type.index));
    case "array":
      return needsName(type.element);
    case "tuple":
      return type.elements.some(needsName);
    case "union":
      return type.members.length > 3 || type.members.some(needsName);
    case "intersection":
      return true;
    default:
      return false;
  }
}

function requestType(mediaType: MediaType, type: TypeNode | undefined): TypeNode {
  if (mediaType.kind === "binary") return { kind: "binaryBody" };
  return mediaType.kind === "text" || mediaType.kind === "eventStream"
    ? textType(type)
    : (type ?? UNKNOWN);
}

/** A text body is a string, and perhaps one of a few. */
function textType(type: TypeNode | undefined): TypeNode {
  const isEnum =
    type?.kind === "literal" ||
    (type?.kind === "union" && type.members.every((member) => member.kind === "literal"));
  return isEnum ? type : STRING;
}

function bodyMembers(
  operation: Operation,
  body: RequestBody,
  type: TypeNode,
  mediaTypes: readonly MediaType[],
): readonly TypeMember[] {
  const value: TypeMember = {
    name: "body",
    optional: !body.required,
    type: passable(type, !body.required),
    docs: textPart(body.description),
  };
  if (!choosesContentType(operation)) return [value];
  const isDefault = mediaTypes.some(
    (mediaType) => mediaType === body.mediaTypes[0] && !mediaType.isRange,
  );
  const choice = unionOf(mediaTypes.map(contentTypeType));
  const text = isDefault
    ? `The media type of the body. Default: \`${body.mediaTypes[0]?.name ?? ""}\`.`
    : "The media type of the body.";
  return [
    value,
    {
      name: "contentType",
      optional: isDefault,
      type: passable(choice, isDefault),
      docs: [{ kind: "text", text }],
    },
  ];
}

function contentTypeType(mediaType: MediaType): TypeNode {
  const [type = "*"] = mediaType.name.split("/");
  if (!mediaType.isRange) return { kind: "literal", value: mediaType.name };
  return type === "*" || !/^[a-z0-9-]+$/.test(type) ? STRING : { kind: "mediaRange", type };
}

function unionOf(members: readonly TypeNode[]): TypeNode {
  const distinct = [...new Map(members.map((member) => [JSON.stringify(member), member])).values()];
  const [first] = distinct;
  return distinct.length === 1 && first !== undefined
    ? first
    : { kind: "union", members: distinct };
}

/* --------------------------------------------------------------------- answers */

interface AnswerTypes {
  readonly model: AnswerModel;
  readonly declared: readonly NamedType[];
}

/** The success types for each media type that a caller can ask for, and which of the choices give the same. */
function answerTypes(named: NamedOperation, types: OperationTypes): readonly AnswerTypes[] {
  const groups = choiceGroups(named.operation, types);
  return groups.map((accept, index) => {
    const suffix = index === 0 ? "" : pascalCase((accept[0] ?? "").split(";")[0] ?? "");
    return answerType(named, types, accept, suffix, groups.length > 1 || accept.length > 1);
  });
}

/** Media types of successes, those with the same types together, the preferred ones first. */
function choiceGroups(operation: Operation, types: OperationTypes): readonly (readonly string[])[] {
  const choices = acceptChoices(operation);
  const groups = new Map<string, string[]>();
  for (const choice of choices) {
    const successes = operation.responses.map((response, index) =>
      response.success ? answeredType(response, types.responses[index] ?? [], choice) : null,
    );
    const key = JSON.stringify(successes);
    groups.set(key, [...(groups.get(key) ?? []), choice]);
  }
  return groups.size === 0 ? [[]] : [...groups.values()];
}

/** The choices of `accept` where all of them give the same type, so that it is a member of `params`. */
function singleChoice(operation: Operation, types: OperationTypes): readonly string[] {
  const groups = choiceGroups(operation, types);
  return groups.length === 1 ? (groups[0] ?? []) : [];
}

function acceptMember(accept: readonly string[]): TypeMember {
  const type = unionOf(accept.map((value) => ({ kind: "literal", value })));
  return {
    name: "accept",
    optional: true,
    type: passable(type, true),
    docs: [{ kind: "text", text: `The media type to ask for. Default: \`${accept[0] ?? ""}\`.` }],
  };
}

function answerType(
  named: NamedOperation,
  types: OperationTypes,
  accept: readonly string[],
  suffix: string,
  isChoice: boolean,
): AnswerTypes {
  const { operation, typeStem, methodName } = named;
  const responsesName = `${typeStem}${suffix}Responses`;
  const declared: NamedType[] = [];
  const members = operation.responses.map((response, index): TypeMember => {
    const type = answeredType(response, types.responses[index] ?? [], accept[0]);
    const name = `${typeStem}${statusWord(response)}Response`;
    if (needsName(type) && (suffix === "" || response.success))
      declared.push({
        name: suffix === "" ? name : `${typeStem}${suffix}${statusWord(response)}Response`,
        docs: textPart(response.description),
        type,
      });
    const shown: TypeNode = needsName(type)
      ? {
          kind: "named",
          name:
            suffix === "" || !response.success
              ? name
              : `${typeStem}${suffix}${statusWord(response)}Response`,
        }
      : type;
    // What an error means stands at the method, where a caller looks for it.
    return {
      name: String(response.status),
      optional: false,
      type: shown,
      docs: response.success ? textPart(response.description) : [],
    };
  });
  const asked =
    suffix === "" ? "" : ` when it asks for ${accept.map((name) => `\`${name}\``).join(" or ")}`;
  const docs: Docs = [
    { kind: "text", text: `What \`${methodName}\` is answered with${asked}, by status.` },
  ];
  const type: ObjectType = { kind: "object", members, index: undefined };
  return {
    model: { responsesName, accept: isChoice ? accept : [] },
    declared: [{ name: responsesName, docs, type }, ...declared],
  };
}

function statusWord(response: Response): string {
  return response.status === "default" ? "Default" : String(response.status);
}

/** The body of one status: that of the media type asked for, or else of the preferred one. */
function answeredType(
  response: Response,
  types: readonly (TypeNode | undefined)[],
  accept: string | undefined,
): TypeNode {
  const wanted = response.mediaTypes.findIndex((mediaType) => mediaType.name === accept);
  const index = wanted === -1 ? 0 : wanted;
  const mediaType = response.mediaTypes[index];
  return mediaType === undefined ? UNDEFINED : responseType(mediaType, types[index]);
}

function responseType(mediaType: MediaType, type: TypeNode | undefined): TypeNode {
  switch (mediaType.kind) {
    case "binary":
    case "multipart":
      return { kind: "blob" };
    case "text":
    case "form":
      return textType(type);
    case "eventStream":
      return { kind: "eventStream", event: eventType(type) };
    default:
      return type ?? UNKNOWN;
  }
}

/** A document can describe one event of a stream as an object; a bare string says nothing more than the standard. */
function eventType(type: TypeNode | undefined): TypeNode | undefined {
  return type === undefined || type.kind === "keyword" ? undefined : type;
}
