import type { Int64Policy } from "../document/int64-policy.js";
import type { NamedOperation } from "../names/named-api.js";
import { acceptChoices } from "../names/parameters.js";
import { isPromised } from "../resolve/idempotency.js";
import type { Operation, Parameter } from "../resolve/resolved-api.js";
import { docsOf, textPart, type Docs } from "../types/docs.js";
import {
  UNKNOWN,
  type ObjectType,
  type OperationTypes,
  type TypeMember,
  type TypeNode,
} from "../types/type-node.js";
import type { Int64Finder } from "./int64-places.js";
import { answerTypes, type AnswerTypes } from "./answers.js";
import type { OperationModel, ParamsModel, WireLine } from "./api-model.js";
import { bodyTypes, type BodyTypes } from "./bodies.js";
import { callModel, isFilledIn } from "./calls.js";
import { declare, type NamedType, type TypesByName } from "./declarations.js";
import { textType } from "./text-types.js";
import { isAnything, passable, unionOf } from "./type-tools.js";

/** One method: its documentation, its types and its call. */
export function operationModel(
  named: NamedOperation,
  types: OperationTypes,
  schemas: TypesByName,
  int64: Int64Finder,
): OperationModel {
  const { operation, methodName } = named;
  const bodies = bodyTypes(named, types);
  const answers = answerTypes(named, types, schemas);
  const params = paramsType(named, types, bodies, answers, int64.policy);
  const declarations = [
    ...(params?.types ?? []),
    ...bodies.declared,
    ...(operation.kind === "url" ? [] : answers.flatMap((answer) => answer.declared)),
  ];
  return {
    methodName,
    docs: methodDocs(operation),
    wireLine: wireLine(operation),
    params: params?.model,
    answers: answers.map(({ model }) => model),
    call: callModel(
      named,
      answers.map(({ model }) => model.accept),
      answers.some(({ model }) => model.item !== undefined),
      types,
      int64,
    ),
    declarations: declare(declarations),
  };
}

function wireLine(operation: Operation): WireLine {
  const { method, path, security, pagination, idempotency } = operation;
  return {
    method,
    path,
    security,
    pagination,
    idempotency: isPromised(operation) ? undefined : idempotency,
  };
}

function methodDocs(operation: Operation): Docs {
  const errors = operation.responses.filter(
    (response) => !response.success && operation.kind === "request",
  );
  return [
    ...textPart(operation.summary === undefined ? undefined : sentence(operation.summary)),
    ...textPart(operation.description),
    ...deprecation(operation),
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

/** That it is deprecated, and the day from which on it may be gone. */
function deprecation({ deprecated, sunset }: Operation): Docs {
  if (!deprecated && sunset === undefined) return [];
  const text = sunset === undefined ? "" : `May be gone from ${sunset} on.`;
  return [{ kind: "tag", tag: "deprecated", text }];
}

/** A text that ends like a sentence. */
export function sentence(text: string): string {
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
  answers: readonly AnswerTypes[],
  int64: Int64Policy,
): ParamsType | undefined {
  const { operation, typeStem } = named;
  const accept = singleChoice(answers);
  const members = [
    ...operation.parameters.map((parameter, index) =>
      parameterMember(
        parameter,
        named.parameterKeys[index] ?? "",
        types.parameters[index] ?? UNKNOWN,
        int64,
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

function parameterMember(
  parameter: Parameter,
  name: string,
  type: TypeNode,
  int64: Int64Policy,
): TypeMember {
  const optional = mayBeLeftOut(parameter);
  const value = parameterType(parameter, type);
  return { name, optional, type: passable(value, optional), docs: parameterDocs(parameter, int64) };
}

/** Whether a caller may leave a parameter out. */
export function mayBeLeftOut(parameter: Parameter): boolean {
  return !parameter.required || isFilledIn(parameter);
}

/**
 * The type of a parameter as a caller passes it.
 *
 * @param type what its schema becomes
 */
export function parameterType({ location, serialization }: Parameter, type: TypeNode): TypeNode {
  const kind = serialization.kind === "content" ? serialization.mediaType.kind : undefined;
  if (kind === "json") return type;
  // Of the whole query, everything that is no form is passed as text.
  if (location === "querystring") return kind === "form" ? type : textType(type);
  return isAnything(type) ? PARAMETER_VALUE : type;
}

const PARAMETER_VALUE: TypeNode = { kind: "parameterValue" };

/** What a reader is told of a parameter: its own description before that of its schema. */
export function parameterDocs(parameter: Parameter, int64: Int64Policy): Docs {
  const docs = docsOf(parameter.schema.schema, int64, parameter.description);
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

/** The choices of `accept` where all of them give the same type, so that it is a member of `params`. */
function singleChoice(answers: readonly AnswerTypes[]): readonly string[] {
  const [only, ...others] = answers;
  return only !== undefined && others.length === 0 ? only.model.accept : [];
}

function acceptMember(accept: readonly string[]): TypeMember {
  return {
    name: "accept",
    optional: true,
    type: passable(unionOf(accept.map((value) => ({ kind: "literal", value }))), true),
    docs: [{ kind: "text", text: "The media type to ask for. Default: any of them." }],
  };
}
