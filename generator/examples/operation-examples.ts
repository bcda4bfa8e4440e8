import type { JsonObject } from "../document/source.js";
import { code, identifier, type Code } from "../emit/code.js";
import {
  callArguments,
  literal,
  objectLiteral,
  type Expression,
} from "../emit/layout/expressions.js";
import type { Declaration, OperationModel } from "../model/api-model.js";
import { declaredType } from "../model/declarations.js";
import { declarationLeaves } from "../model/type-leaves.js";
import type { NamedClass, NamedOperation } from "../names/named-api.js";
import type { Operation, SecurityRequirement } from "../resolve/resolved-api.js";
import type { TypeNode } from "../types/type-node.js";
import { argumentsOf, placesOfArguments } from "./arguments.js";
import { newClient } from "./client.js";
import type { ExampleContext } from "./context.js";
import type { Example } from "./example.js";
import {
  BREAK,
  constantOf,
  guarded,
  importing,
  logged,
  loop,
  programText,
  statement,
  type Lines,
} from "./program.js";
import type { MadeOf } from "./made-of.js";
import { resultType, variableFor } from "./results.js";
import { fittingValue, type Typing } from "./typed-value.js";
import { ownOrigin } from "./own-server.js";

/**
 * A program for each security alternative of an operation, most preferred first; without any, one. There is none at all
 * where no value is found for something that the method has to be given.
 */
export function operationExamples(
  named: NamedOperation,
  made: OperationModel,
  { propertyName }: NamedClass,
  context: ExampleContext,
): readonly Example[] {
  const { operation } = named;
  const params = argumentsOf(named, context);
  const object = params && paramsObject(params, made, typingOf(operation, context));
  if (object === undefined) return [];
  const mainTo = (origin: string | undefined): Lines => {
    // Where there are no parameters to pass, their place is taken all the same.
    const before = object.length > 0 || made.params === undefined ? object : [objectLiteral([])];
    const args = origin === undefined ? object : [...before, optionsTo(origin)];
    const call = callOf(named, args, propertyName, context);
    const use = useOf(call, named, made, context);
    return operation.kind === "url" ? use : guarded(use, named.methodName);
  };
  const main = mainTo(undefined);
  const origin = ownOrigin(operation, context);
  return alternativesOf(operation.security).map((requirement) => ({
    schemes: requirement.map(({ scheme }) => scheme),
    code: programText([
      ...beginning(requirement, operation.kind, context),
      origin === undefined || requirement.length === 0 ? main : mainTo(origin),
    ]),
  }));
}

/** What the examples of an operation are made of: of its answers they show nothing but the names of types. */
export function operationExamplesMadeOf(
  named: NamedOperation,
  made: OperationModel,
  { propertyName }: NamedClass,
  madeOf: MadeOf,
): string {
  const places = placesOfArguments(named.operation);
  const types = ownTypes(made.params?.typeName, made.declarations);
  return madeOf([named, made, propertyName], [...places.map((pointer) => ({ pointer })), ...types]);
}

/** A declaration of those of an operation, by its name, and all others that it leads to. */
function ownTypes(
  name: string | undefined,
  declarations: readonly Declaration[],
): readonly Declaration[] {
  const found = new Set(declarations.filter((one) => one.name === name));
  // A set gives what is added to it while it is gone through, too.
  for (const one of found) {
    const names = new Set(declarationLeaves(one).map((leaf) => leaf.kind === "named" && leaf.name));
    for (const other of declarations) if (names.has(other.name)) found.add(other);
  }
  return [...found];
}

/** What all programs begin with that have the same credentials: the client is imported and made. */
function beginning(
  requirement: SecurityRequirement,
  kind: Operation["kind"],
  context: ExampleContext,
): readonly Lines[] {
  const { beginnings, model, clientModule, clientVariable } = context;
  const key = JSON.stringify([kind, ...requirement.map(({ scheme }) => scheme)]);
  const known = beginnings.get(key);
  if (known !== undefined) return known;
  const names = kind === "url" ? [model.clientName] : ["isApiError", model.clientName];
  const made = [
    importing(names, clientModule),
    statement(constantOf(clientVariable, newClient(requirement, context))),
  ];
  beginnings.set(key, made);
  return made;
}

/** The alternatives of which each needs other schemes: what differs in scopes only is one program. */
function alternativesOf(security: readonly SecurityRequirement[]): readonly SecurityRequirement[] {
  if (security.length === 0) return [[]];
  const byNames = new Map<string, SecurityRequirement>();
  for (const requirement of security) {
    const key = JSON.stringify(requirement.map(({ scheme }) => scheme));
    if (!byNames.has(key)) byNames.set(key, requirement);
  }
  return [...byNames.values()];
}

/* --------------------------------------------------------------------------------- call */

/** The options of a call that takes the credentials to an origin. */
function optionsTo(origin: string): Expression {
  return objectLiteral([["baseUrl", literal(origin)]]);
}

/** `peertube.video.getVideo({ id: 42 })`. */
function callOf(
  { methodName }: NamedOperation,
  args: readonly Expression[],
  propertyName: string,
  { clientVariable }: ExampleContext,
): Code {
  const method = code`${identifier(clientVariable)}.${identifier(propertyName)}.${identifier(methodName)}`;
  return code`${method}${callArguments(args)}`;
}

/** The argument with the parameters, if the method takes one; `undefined` where the values are not of its type. */
function paramsObject(
  params: JsonObject,
  { params: model, declarations }: OperationModel,
  typing: Typing,
): readonly Expression[] | undefined {
  if (model?.typeName === undefined || Object.keys(params).length === 0)
    return model?.optional === false ? undefined : [];
  const own = new Map(declarations.map((one) => [one.name, declaredType(one)] as const));
  const type: TypeNode = { kind: "named", name: model.typeName };
  const object = fittingValue(params, type, { ...typing, own });
  return object && [object];
}

/** What the values of an operation are looked up in. What the client makes of files, it makes for one operation. */
function typingOf({ requestBody }: Operation, context: ExampleContext): Typing {
  const encoding = requestBody?.mediaTypes[0]?.encoding ?? [];
  const fileTypes = new Map(
    encoding.flatMap(({ property, contentType }) => {
      const first = firstType(contentType);
      return first === undefined ? [] : [[property, first] as const];
    }),
  );
  return fileTypes.size === 0 ? context : { ...context, fileTypes, expressions: new WeakMap() };
}

/** The first one of a list of media types, which the client takes for files without one; none is made of a range. */
function firstType(contentType = ""): string | undefined {
  const [first = ""] = contentType.toLowerCase().split(/[,;]/, 1);
  return first.trim() === "" || first.includes("*") ? undefined : first.trim();
}

/* ------------------------------------------------------------------------------- result */

/** The statements that call the method and show what it gives. */
function useOf(
  call: Code,
  { operation }: NamedOperation,
  made: OperationModel,
  context: ExampleContext,
): Lines {
  if (operation.kind === "url")
    return [...statement(constantOf("url", call)), ...statement(logged(code`url.href`))];
  const item = made.call.paging === undefined ? undefined : made.answers[0]?.item;
  if (item !== undefined)
    return pagesOf(call, item.kind === "type" ? item.type : undefined, context);
  const type = resultType(operation, made);
  if (type === undefined) return statement(code`await ${call};`, 1);
  if (type.kind === "eventStream") return streamOf(call, "event", [BREAK], context);
  if (type.kind === "jsonStream") return streamOf(call, "item", [], context);
  const variable = variableFor(type, context, "result");
  const shown = type.kind === "blob" ? code`${identifier(variable)}.size` : identifier(variable);
  return [
    ...statement(constantOf(variable, code`await ${call}`), 1),
    ...statement(logged(shown), 1),
  ];
}

/** How many items a program takes of a list. */
const ITEMS = 100;

function pagesOf(call: Code, type: TypeNode | undefined, context: ExampleContext): Lines {
  const item = variableFor(type, context, "item");
  const limit = callArguments([objectLiteral([["limit", literal(ITEMS)]])]);
  const list = variableFor(type && { kind: "array", element: type }, context, "list");
  return overValues(item, list, call, (values) => code`${values}.items${limit}`, [
    logged(identifier(item)),
  ]);
}

function streamOf(
  call: Code,
  fallback: string,
  last: readonly Code[],
  context: ExampleContext,
): Lines {
  const item = variableFor(undefined, context, fallback);
  const stream = variableFor(undefined, context, "stream");
  const body = [logged(identifier(item)), ...last];
  return overValues(item, stream, code`await ${call}`, (values) => values, body);
}

/** A loop over what a call gives, which gets a name where the loop would begin with too long a line. */
function overValues(
  item: string,
  name: string,
  call: Code,
  valuesOf: (all: Code) => Code,
  body: readonly Code[],
): Lines {
  const short = loop(item, valuesOf(call), body);
  if (short !== undefined) return short;
  const named = loop(item, valuesOf(identifier(name)), body) ?? [];
  return [...statement(constantOf(name, call), 1), ...named];
}
