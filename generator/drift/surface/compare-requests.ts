import { quoted } from "../../diagnostics/quoted.js";
import { choosesContentType } from "../../names/parameters.js";
import { requestType } from "../../model/bodies.js";
import type { MediaType, Operation, Parameter } from "../../resolve/resolved-api.js";
import { UNKNOWN, type TypeNode } from "../../types/type-node.js";
import type { Position } from "../position.js";
import { assigns, has, inquiry, key, type Inquiry, type Suspect } from "./inquiry.js";
import { suspect, type Described, type MethodPair } from "./method-pair.js";
import type { MethodSurface } from "./method-surface.js";
import { mediaTypePairs, typeInquiries, type TypedMedia } from "./type-inquiries.js";

/** Whether what callers pass is still taken: each parameter, the body, and all of them together. */
export function compareRequests(method: MethodPair): readonly Inquiry[] {
  const parts = [
    ...parameterPairs(method).flatMap((pair) => parameterInquiries(method, pair)),
    ...bodyInquiries(method),
  ];
  const needed = [...newlyRequired(method)];
  return [...parts, ...callInquiry(method, parts, needed)];
}

/** The type of `params` in one of the clients. */
function paramsType(client: "Old" | "New", { model }: MethodSurface): string {
  const name = model.params?.typeName;
  return name === undefined ? "{}" : `${client}.${name}`;
}

/* ---------------------------------------------------------------------- parameters */

interface ParameterSurface {
  readonly parameter: Parameter;
  readonly key: string;
  readonly type: TypeNode;
}

interface ParameterPair {
  readonly old: ParameterSurface | undefined;
  readonly new: ParameterSurface | undefined;
}

function parametersOf({ named, types }: MethodSurface): readonly ParameterSurface[] {
  return named.operation.parameters.map((parameter, index) => ({
    parameter,
    key: named.parameterKeys[index] ?? parameter.name,
    type: types.parameters[index] ?? UNKNOWN,
  }));
}

/** Parameters of the same place and name; those of the path by where they stand in it, whatever they are called. */
function parameterPairs({ old, new: changed }: MethodPair): readonly ParameterPair[] {
  const identities = (method: MethodSurface): ReadonlyMap<string, ParameterSurface> =>
    new Map(
      parametersOf(method).map((found) => [
        identityOf(found.parameter, method.named.operation),
        found,
      ]),
    );
  const [before, after] = [identities(old), identities(changed)];
  return [...new Set([...before.keys(), ...after.keys()])].map((identity) => ({
    old: before.get(identity),
    new: after.get(identity),
  }));
}

function identityOf({ location, name }: Parameter, { path }: Operation): string {
  if (location === "header") return `header ${name.toLowerCase()}`;
  const place = location === "path" ? templateNames(path).indexOf(name) : -1;
  return place === -1 ? `${location} ${name}` : `path ${place}`;
}

function templateNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
}

function positionOf({ location, name }: Parameter): Position {
  return { kind: "parameter", in: location, name };
}

function parameterInquiries(method: MethodPair, pair: ParameterPair): readonly Inquiry[] {
  const { old, new: changed } = pair;
  if (old === undefined) return [];
  const position = positionOf(old.parameter);
  const at: Described = {
    position,
    direction: "request",
    oldPointer: old.parameter.schema.pointer,
    newPointer: changed?.parameter.schema.pointer,
  };
  const params = paramsType("New", method.new);
  if (changed === undefined) {
    const gone = suspect(method, "request", position, {
      rule: "member-removed",
      message: `The parameters no longer have ${quoted(old.key)}.`,
      old: { pointer: old.parameter.pointer },
      new: undefined,
    });
    return [inquiry(has(params, key(old.key)), [gone])];
  }
  return [
    ...(old.key === changed.key ? [] : [keyInquiry(method, { old, new: changed }, position)]),
    ...parameterTypeInquiries(method, { old, new: changed }, at),
  ];
}

interface BothParameters {
  readonly old: ParameterSurface;
  readonly new: ParameterSurface;
}

function keyInquiry(
  method: MethodPair,
  { old, new: changed }: BothParameters,
  position: Position,
): Inquiry {
  // Code that goes on passing it would compile, and send it as something else.
  const isTaken = parametersOf(method.new).some(({ key: name }) => name === old.key);
  const other = isTaken ? `, and ${quoted(old.key)} is another parameter` : "";
  const renamed = suspect(method, "request", position, {
    rule: "parameter-key-renamed",
    message: `The parameter ${quoted(old.key)} is now passed as ${quoted(changed.key)}${other}.`,
    old: { pointer: old.parameter.pointer },
    new: { pointer: changed.parameter.pointer },
  });
  const question = isTaken ? undefined : has(paramsType("New", method.new), key(old.key));
  return inquiry(question, [renamed]);
}

function parameterTypeInquiries(
  method: MethodPair,
  { old, new: changed }: BothParameters,
  at: Described,
): readonly Inquiry[] {
  const comparison = method.compareTypes(old.type, changed.type, "request");
  const [wasOptional, isOptional] = [old, changed].map((side) => isOptionalIn(method, side));
  if (!comparison.differs && wasOptional === isOptional) return [];
  const required =
    wasOptional === true && isOptional === false
      ? [
          suspect(method, "request", at.position, {
            rule: "member-required",
            message: `The parameter ${quoted(changed.key)} has to be passed now.`,
            old: { pointer: old.parameter.pointer },
            new: { pointer: changed.parameter.pointer },
          }),
        ]
      : [];
  const from = `${paramsType("Old", method.old)}[${key(old.key)}]`;
  const to = `${paramsType("New", method.new)}[${key(changed.key)}]`;
  return typeInquiries(method, comparison, at, { from, to, target: to, required });
}

/** Whether a call may leave a parameter out. */
function isOptionalIn(
  { old, new: changed }: MethodPair,
  { parameter, key: name }: ParameterSurface,
): boolean {
  const method = [old, changed].find(({ named }) => named.operation.parameters.includes(parameter));
  const params = method?.model.declarations.find(
    (declaration) => declaration.name === method.model.params?.typeName,
  );
  if (params === undefined) return !parameter.required;
  return !requiredMembers(
    params.shape.kind === "interface" ? params.shape.object : params.shape.type,
  ).has(name);
}

/** The members that each value of a type has. */
function requiredMembers(type: TypeNode): ReadonlySet<string> {
  if (type.kind === "object")
    return new Set(type.members.filter(({ optional }) => !optional).map(({ name }) => name));
  if (type.kind !== "intersection") return new Set();
  return new Set(type.members.flatMap((member) => [...requiredMembers(member)]));
}

/* ---------------------------------------------------------------------- bodies */

function bodyInquiries(method: MethodPair): readonly Inquiry[] {
  const [before, after] = [method.old, method.new].map(({ named }) => named.operation.requestBody);
  if (before === undefined) return [];
  const params = paramsType("New", method.new);
  if (after === undefined) {
    const gone = suspect(method, "request", bodyPosition(before.mediaTypes[0]), {
      rule: "member-removed",
      message: 'The parameters no longer have "body".',
      old: { pointer: before.pointer },
      new: undefined,
    });
    return [inquiry(has(params, '"body"'), [gone])];
  }
  const required =
    !before.required && after.required
      ? [
          suspect(method, "request", bodyPosition(before.mediaTypes[0]), {
            rule: "member-required",
            message: "The body has to be passed now.",
            old: { pointer: before.pointer },
            new: { pointer: after.pointer },
          }),
        ]
      : [];
  return [...bodyTypeInquiries(method, required), ...contentTypeInquiries(method)];
}

function bodyPosition(mediaType: MediaType | undefined): Position {
  return { kind: "body", mediaType: mediaType?.name };
}

/** The type of the body, by media type; the same question is asked once for all of them. */
function bodyTypeInquiries(method: MethodPair, required: readonly Suspect[]): readonly Inquiry[] {
  const from = `${paramsType("Old", method.old)}["body"]`;
  const to = `${paramsType("New", method.new)}["body"]`;
  const compared = mediaTypePairs(bodiesOf(method.old), bodiesOf(method.new))
    .map(([old, changed]) => ({
      at: {
        position: bodyPosition(old.mediaType),
        direction: "request",
        oldPointer: old.mediaType.schema?.pointer,
        newPointer: changed.mediaType.schema?.pointer,
      } as const,
      comparison: method.compareTypes(old.type, changed.type, "request"),
    }))
    .filter(({ comparison }) => comparison.differs);
  const [first] = compared;
  if (first === undefined)
    return required.length === 0 ? [] : [inquiry(assigns(from, to), required)];
  return compared.flatMap(({ at, comparison }) =>
    typeInquiries(method, comparison, at, {
      from,
      to,
      target: to,
      required: at === first.at ? required : [],
    }),
  );
}

function bodiesOf({ named, types }: MethodSurface): readonly TypedMedia[] {
  return (named.operation.requestBody?.mediaTypes ?? []).map((mediaType, index) => ({
    mediaType,
    type: requestType(mediaType, types.requestBodies[index]),
  }));
}

/** The values of `contentType` that are gone. */
function contentTypeInquiries(method: MethodPair): readonly Inquiry[] {
  const [before, after] = [method.old.named.operation, method.new.named.operation];
  if (!choosesContentType(before)) return [];
  const left = new Set(after.requestBody?.mediaTypes.map(({ name }) => name));
  const params = paramsType("New", method.new);
  const choice = `NonNullable<Member<${params}, "contentType">>`;
  return (before.requestBody?.mediaTypes ?? [])
    .filter((mediaType) => !mediaType.isRange)
    .filter(({ name }) => !left.has(name) || !choosesContentType(after))
    .map((mediaType) =>
      inquiry(assigns(key(mediaType.name), choice), [
        suspect(method, "request", bodyPosition(mediaType), {
          rule: "media-type-choice-removed",
          message: `\`contentType\` no longer takes ${quoted(mediaType.name)}.`,
          old: { pointer: before.requestBody?.pointer ?? before.pointer },
          new: after.requestBody && { pointer: after.requestBody.pointer },
        }),
      ]),
    );
}

/* ---------------------------------------------------------------------- calls */

/** What the old client did not ask for and the new one does. */
function* newlyRequired(method: MethodPair): Generator<Suspect> {
  for (const { old, new: changed } of parameterPairs(method)) {
    if (old !== undefined || changed === undefined || isOptionalIn(method, changed)) continue;
    yield suspect(method, "request", positionOf(changed.parameter), {
      rule: "member-required",
      message: `The parameter ${quoted(changed.key)} has to be passed now.`,
      old: undefined,
      new: { pointer: changed.parameter.pointer },
    });
  }
  const [before, after] = [method.old, method.new].map(({ named }) => named.operation.requestBody);
  if (before === undefined && after?.required === true) {
    yield suspect(method, "request", bodyPosition(after.mediaTypes[0]), {
      rule: "member-required",
      message: "A body has to be passed now.",
      old: undefined,
      new: { pointer: after.pointer },
    });
  }
}

/** A call with the old parameters. */
function callInquiry(
  method: MethodPair,
  parts: readonly Inquiry[],
  needed: readonly Suspect[],
): readonly Inquiry[] {
  const { old, new: changed } = method;
  if (parts.length === 0 && needed.length === 0 && isSameCall(old, changed)) return [];
  const { className } = changed.namedClass;
  const name = key(changed.named.methodName);
  const params = old.model.params;
  const typeName = params?.typeName;
  const passed = typeName === undefined ? "" : `params: Old.${typeName}`;
  const calls = [
    ...(params === undefined || params.optional ? [`api[${name}]()`] : []),
    ...(typeName === undefined ? [] : [`api[${name}](params)`]),
  ];
  const otherwise = suspect(
    method,
    "request",
    { kind: "operation" },
    {
      rule: "type-incompatible",
      message: "The parameters no longer fit.",
      old: { pointer: old.named.operation.pointer },
      new: { pointer: changed.named.operation.pointer },
    },
  );
  const question = `(api: New.${className}${passed === "" ? "" : `, ${passed}`}) => [${calls.join(", ")}]`;
  return [{ question, suspects: needed, otherwise, parts }];
}

function isSameCall(old: MethodSurface, changed: MethodSurface): boolean {
  const [before, after] = [old, changed].map(({ model }) => [
    model.params?.typeName !== undefined,
    model.params?.optional,
    model.answers.map(({ accept }) => accept),
  ]);
  return JSON.stringify(before) === JSON.stringify(after);
}
