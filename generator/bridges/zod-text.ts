import {
  arrayLiteral,
  call,
  callOf,
  callOnCall,
  literal,
  objectLiteral,
  variable,
  type Expression,
} from "../emit/layout/expressions.js";
import type {
  Check,
  ListChecks,
  MemberCheck,
  NumberChecks,
  ObjectCheck,
  TextChecks,
  TupleCheck,
} from "./zod-check.js";

/** What a file calls the library. */
export const LIBRARY = "z";

/** The functions of the runtime's `schema-checks.ts`. */
export const RUNTIME_CHECKS = [
  "hasLength",
  "hasSize",
  "isDistinct",
  "isInt64",
  "isInteger",
  "isMultipleOf",
  "isOfPattern",
] as const;
type RuntimeCheck = (typeof RUNTIME_CHECKS)[number];

/** How checks are written, and what that needs. */
export interface Writing {
  /** The constant of a named schema. */
  readonly nameOf: (key: string) => string;
  /** Told of each function of the runtime that is named. */
  readonly use: (name: RuntimeCheck) => void;
}

/** A check as code of zod. */
export function checkText(check: Check, writing: Writing): Expression {
  const inner = (part: Check): Expression => checkText(part, writing);
  switch (check.kind) {
    case "anything":
      return made("any");
    case "nothing":
      return made("never");
    case "null":
    case "boolean":
      return made(check.kind);
    case "int64":
      // A number before the client has read it, and what the client makes of it afterwards.
      return limited("any", [], [made("refine", runtimeValue("isInt64", writing))]);
    case "text":
      return limited("string", [], textLimits(check.limits, writing));
    case "number":
      return limited("number", [], numberLimits(check.limits, writing));
    case "values":
      return made("literal", valuesText(check.values));
    case "list":
      return limited("array", [inner(check.items)], listLimits(check.limits, writing));
    case "tuple":
      return tupleText(check, writing);
    case "object":
      return limited(...objectText(check, writing), sizeLimits(check, writing));
    case "nullable":
      return made("nullable", inner(check.inner));
    case "any of":
      return made("union", arrayLiteral(check.members.map(inner)));
    case "all of":
      return check.members.map(inner).reduce((left, right) => made("intersection", left, right));
    case "named":
      return variable(writing.nameOf(check.key));
  }
}

function made(name: string, ...args: readonly Expression[]): Expression {
  return callOf(LIBRARY, name, args);
}

function valuesText(values: readonly (string | number | boolean)[]): Expression {
  const [first] = values;
  return first !== undefined && values.length === 1 ? literal(first) : literal([...values]);
}

/* ----------------------------------------------------------------------------- limits */

type Arguments = readonly Expression[];

function limited(name: string, args: Arguments, limits: Arguments): Expression {
  return limits.length === 0
    ? made(name, ...args)
    : callOnCall(LIBRARY, [name, args], ["check", limits]);
}

function textLimits({ minLength, maxLength, pattern }: TextChecks, writing: Writing): Arguments {
  return [
    ...rangeLimit("hasLength", minLength, maxLength, writing),
    ...(pattern === undefined ? [] : [refined("isOfPattern", [literal(pattern)], writing)]),
  ];
}

function numberLimits(
  { isInteger, minimum, maximum, above, below, step }: NumberChecks,
  writing: Writing,
): Arguments {
  return [
    ...(isInteger ? [made("refine", runtimeValue("isInteger", writing))] : []),
    ...limit("gte", minimum),
    ...limit("lte", maximum),
    ...limit("gt", above),
    ...limit("lt", below),
    ...(step === undefined ? [] : [refined("isMultipleOf", [literal(step)], writing)]),
  ];
}

function listLimits({ least, most, isDistinct }: ListChecks, writing: Writing): Arguments {
  return [
    ...limit("minLength", least),
    ...limit("maxLength", most),
    ...(isDistinct ? [made("refine", runtimeValue("isDistinct", writing))] : []),
  ];
}

function sizeLimits({ least, most }: ObjectCheck, writing: Writing): Arguments {
  return rangeLimit("hasSize", least, most, writing);
}

function limit(name: string, value: number | undefined): Arguments {
  return value === undefined ? [] : [made(name, literal(value))];
}

function rangeLimit(
  name: RuntimeCheck,
  least: number | undefined,
  most: number | undefined,
  writing: Writing,
): Arguments {
  if (least === undefined && most === undefined) return [];
  const range = [least ?? 0, ...(most === undefined ? [] : [most])];
  return [refined(name, range.map(literal), writing)];
}

function refined(name: RuntimeCheck, args: Arguments, { use }: Writing): Expression {
  use(name);
  return made("refine", call(name, args));
}

function runtimeValue(name: RuntimeCheck, { use }: Writing): Expression {
  use(name);
  return variable(name);
}

/* ------------------------------------------------------------------------- containers */

function tupleText({ elements, required, rest, limits }: TupleCheck, writing: Writing): Expression {
  const texts = elements.map((element, index) => {
    const text = checkText(element, writing);
    return index < required ? text : made("exactOptional", text);
  });
  const behind = rest === undefined ? [] : [checkText(rest, writing)];
  return limited("tuple", [arrayLiteral(texts), ...behind], listLimits(limits, writing));
}

/** The function that makes it, and its arguments. */
function objectText(
  { members, others }: ObjectCheck,
  writing: Writing,
): readonly [string, Arguments] {
  const shape = objectLiteral(members.map((member) => [member.name, memberText(member, writing)]));
  if (others?.kind === "nothing") return ["strictObject", [shape]];
  if (members.length === 0) {
    const values = others === undefined ? made("unknown") : checkText(others, writing);
    return ["record", [made("string"), values]];
  }
  if (others === undefined) return ["looseObject", [shape]];
  return ["catchall", [made("looseObject", shape), checkText(others, writing)]];
}

function memberText({ check, isRequired }: MemberCheck, writing: Writing): Expression {
  const text = checkText(check, writing);
  return isRequired ? text : made("exactOptional", text);
}
