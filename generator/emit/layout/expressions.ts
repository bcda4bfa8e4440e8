import { isObject } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import {
  access,
  BREAK_AROUND,
  code,
  filled,
  firstThatFits,
  fitsInto,
  group,
  HARD_LINE,
  identifier,
  indented,
  isBroken,
  joined,
  LINE,
  memberKey,
  NOTHING,
  numberLiteral,
  SOFT_LINE,
  stringLiteral,
  whenBroken,
  type Code,
  type Word,
} from "../code.js";
import { below, BRACES, BRACKETS, bracketed, fluid, PARENTHESES } from "./parts.js";

/* How expressions are laid out, as prettier does it. */

/** An expression, and what of it decides how the code around it is laid out. */
export interface Expression {
  readonly code: Code;
  readonly kind: "object" | "array" | "numbers" | "text" | "name" | "other";
  /** How many members or elements there are. */
  readonly size: number;
  readonly place: Place;
  /** The code behind a colon, where it differs. */
  readonly asMember?: Code;
}

/**
 * Where an expression goes that does not fit behind `:` or `=`: onto a line of its own, where a short key does not
 * make that pointless; beside the operator all the same; or onto its own line only if its beginning does not fit.
 */
type Place = "below" | "below unless the key is short" | "beside" | "beside if it begins there";

function expression(
  kind: Expression["kind"],
  content: Code,
  place: Place = "beside if it begins there",
  size = 0,
): Expression {
  return { kind, code: content, place, size };
}

/* ---------------------------------------------------------------------------- operands */

export function variable(name: string): Expression {
  return expression("name", identifier(name));
}

function text(value: string): Expression {
  return expression("text", stringLiteral(value), "below unless the key is short");
}

/** Reads a member of a variable. */
export function memberOf(object: string, key: string): Expression {
  const content = access(identifier(object), key);
  return expression("other", content, "below unless the key is short");
}

export const TRUE: Expression = expression("other", code`true`, "beside");
const FALSE: Expression = expression("other", code`false`, "beside");
const NULL: Expression = expression("other", code`null`);

/** A JSON value as a literal. */
export function literal(value: JsonValue): Expression {
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return numeric(value);
  if (typeof value === "boolean") return value ? TRUE : FALSE;
  if (Array.isArray(value))
    return value.length > 0 && value.every((item) => typeof item === "number")
      ? numbers(value)
      : arrayLiteral(value.map(literal));
  if (isObject(value))
    return objectLiteral(
      Object.entries(value).map(([key, member]) => [key, literal(member ?? null)]),
    );
  return NULL;
}

/** A sign makes it an operation. */
function numeric(value: number): Expression {
  const isSigned = value < 0 || Object.is(value, -0);
  return isSigned
    ? expression("other", numberLiteral(value))
    : expression("other", numberLiteral(value), "beside");
}

/** Takes the right side where the left one is missing. */
export function orElse(left: Expression, right: Expression): Expression {
  if (isExpandable(right)) {
    const whole = group(code`${left.code} ${group(code`?? ${right.code}`)}`);
    return expression("other", whole);
  }
  const alternative = code` ${group(code`??${LINE}${right.code}`)}`;
  return {
    ...expression("other", group(code`${left.code}${indented(alternative)}`), "below"),
    asMember: group(code`${left.code}${alternative}`),
  };
}

/* -------------------------------------------------------------------------- containers */

/** An object; `__proto__` is written so that it becomes a property instead of setting the prototype. */
export function objectLiteral(entries: readonly (readonly [string, Expression])[]): Expression {
  const members = entries.map(([key, value]) => member(key, value));
  const content = group(bracketed(BRACES, members, { space: LINE }));
  return expression("object", content, undefined, entries.length);
}

function member(key: string, value: Expression): Code {
  if (key === "__proto__") return assignment(code`["__proto__"]`, code`:`, value);
  const plainKey = memberKey(key);
  const exact = MEMBERS_OF_ALL.has(key) ? asConstant(value) : value;
  return assignment(plainKey, code`:`, exact, isShortKey(plainKey));
}

/** Members that every object has: TypeScript takes their types from there, and not from what an object is to be. */
const MEMBERS_OF_ALL: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A value whose texts are taken for no more than they are, whatever is expected. */
function asConstant(value: Expression): Expression {
  return value.kind === "object" || value.kind === "text"
    ? expression("other", code`${value.code} as const`)
    : value;
}

/** Widest key, in columns, behind which a line break saves too little. */
const SHORT_KEY = 4;

function isShortKey(key: Word): boolean {
  const isAscii = /^[ -~]*$/.test(key);
  return isAscii ? key.length <= SHORT_KEY : fitsInto(SHORT_KEY, key);
}

export function arrayLiteral(items: readonly Expression[]): Expression {
  const elements = items.map((item) => group(item.code));
  const content = group(bracketed(BRACKETS, elements, { space: SOFT_LINE }), {
    shouldBreak: isMatrix(items),
  });
  return expression("array", content, undefined, items.length);
}

/** Several objects, or several arrays, all of them of several members, are easier to read below each other. */
function isMatrix(items: readonly Expression[]): boolean {
  const [first] = items;
  if (first === undefined || items.length === 1 || !isContainer(first)) return false;
  return items.every((item) => isBraced(item) === isBraced(first) && item.size > 1);
}

/** Numbers are short, so each line takes as many as fit. */
function numbers(values: readonly number[]): Expression {
  const id = Symbol("numbers");
  const parts = values.flatMap((value, index) =>
    index === values.length - 1
      ? [code`${numberLiteral(value)}${whenBroken(code`,`, id)}`]
      : [code`${numberLiteral(value)},`, LINE],
  );
  const content = code`[${indented(code`${SOFT_LINE}${filled(parts)}`)}${SOFT_LINE}]`;
  return expression("numbers", group(content, { id }), undefined, values.length);
}

function isBraced({ kind }: Expression): boolean {
  return kind === "object";
}

function isContainer({ kind }: Expression): boolean {
  return kind === "object" || kind === "array" || kind === "numbers";
}

function isExpandable(value: Expression): boolean {
  return isContainer(value) && value.size > 0;
}

/* ------------------------------------------------------------------------------- calls */

/** Longest argument, in characters, that a call is not broken for. */
const SHORT_ARGUMENT = 25;

export function call(
  callee: string,
  args: readonly Expression[],
  typeArguments: Code = NOTHING,
): Expression {
  const [first] = args;
  const isPoor =
    args.length === 0 || (args.length === 1 && first !== undefined && isShortArgument(first));
  return expression(
    "other",
    code`${identifier(callee)}${typeArguments}${callArguments(args)}`,
    isPoor ? "below unless the key is short" : undefined,
  );
}

/** A call of a member of what has been imported whole, such as `z.string()`. */
export function callOf(library: string, callee: string, args: readonly Expression[]): Expression {
  return expression(
    "other",
    code`${identifier(library)}.${identifier(callee)}${callArguments(args)}`,
    args.length === 0 ? "below unless the key is short" : undefined,
  );
}

/** A call that is given what is made only when it is needed. */
export function callWithMaker(library: string, callee: string, made: Expression): Expression {
  if (made.kind === "name") return callOf(library, callee, [lazily(made)]);
  const start = code`${identifier(library)}.${identifier(callee)}`;
  const body = code`${indented(code`${LINE}${made.code}`)}${whenBroken(code`,`)}${SOFT_LINE}`;
  const maker = code`() =>${group(body)}`;
  const apart = group(bracketed(PARENTHESES, [lazily(made).code], { space: LINE }), {
    shouldBreak: true,
  });
  const opened = code`(${group(maker, { shouldBreak: true })})`;
  return expression("other", code`${start}${firstThatFits([code`(${maker})`, opened, apart])}`);
}

/** Calls a method of what a call gives; each call has a line of its own where both do not fit on one. */
export function callOnCall(
  library: string,
  [callee, args]: readonly [string, readonly Expression[]],
  [method, methodArgs]: readonly [string, readonly Expression[]],
): Expression {
  const first = code`.${identifier(callee)}${callArguments(args)}`;
  const second = code`.${identifier(method)}${callArguments(methodArgs)}`;
  const below = indented(code`${HARD_LINE}${first}${HARD_LINE}${second}`);
  const beside = code`${identifier(library)}${first}${second}`;
  const layouts = [beside, code`${identifier(library)}${below}`];
  return expression("other", firstThatFits(layouts));
}

/** A call that a bundler may drop where nobody uses its value. */
export function pure(value: Expression): Expression {
  return { ...value, code: code`/* @__PURE__ */ ${value.code}` };
}

function isShortArgument({ kind, code: content }: Expression): boolean {
  const isWord = kind === "text" || kind === "name";
  return isWord && typeof content === "string" && content.length <= SHORT_ARGUMENT;
}

/** What stands behind the name of a function that is called. */
export function callArguments(args: readonly Expression[]): Code {
  const codes = args.map((arg) => arg.code);
  return isHugged(args)
    ? huggedArguments(codes)
    : group(bracketed(PARENTHESES, codes, { space: SOFT_LINE }));
}

/** The braces of a last argument can stand beside the parentheses. */
function isHugged(args: readonly Expression[]): boolean {
  const last = args.at(-1);
  const before = args.at(-2);
  if (last === undefined || !isExpandable(last)) return false;
  if (before === undefined) return true;
  const isSame = isContainer(before) && isBraced(before) === isBraced(last);
  return !isSame && last.kind !== "numbers";
}

function huggedArguments(codes: readonly Code[]): Code {
  const leading = joined(codes.slice(0, -1).map((content) => code`${content}, `));
  const last = joined(codes.slice(-1));
  const apart = group(bracketed(PARENTHESES, codes, { space: LINE }), { shouldBreak: true });
  const opened = code`(${leading}${group(last, { shouldBreak: true })})`;
  if (codes.slice(0, -1).some(isBroken)) return apart;
  if (isBroken(last)) return code`${BREAK_AROUND}${firstThatFits([opened, apart])}`;
  return firstThatFits([code`(${leading}${last})`, opened, apart]);
}

/** An object of a class that is given a member of the object at hand. */
export function newInstance(className: string, member: Code): Expression {
  const argument = code`this${group(indented(code`${SOFT_LINE}.${member}`))}`;
  const list = group(bracketed(PARENTHESES, [argument], { space: SOFT_LINE }));
  return expression("other", code`new ${identifier(className)}${list}`);
}

/** A function of parameters that gives an expression. */
export function arrowFunction(parameters: readonly Code[], body: Expression): Expression {
  const list = group(bracketed(PARENTHESES, parameters, { space: SOFT_LINE }));
  const result = group(indented(code`${LINE}${body.code}`));
  return expression("other", group(code`${list} =>${result}`));
}

/** A function that gives a constant which may be declared further down. */
export function lazily(constant: Expression): Expression {
  return expression("other", group(code`() =>${group(indented(code`${LINE}${constant.code}`))}`));
}

/* ------------------------------------------------------------------------- assignments */

/** What is assigned, behind what it is assigned to. */
export function assignment(
  left: Code,
  operator: Code,
  right: Expression,
  hasShortKey = false,
): Code {
  const value = right.asMember ?? right.code;
  const place = hasShortKey && right.place !== "below" ? "beside" : right.place;
  const start = code`${group(left)}${operator}`;
  switch (place) {
    case "below":
    case "below unless the key is short":
      return below(start, value);
    case "beside":
      return group(code`${start} ${value}`);
    case "beside if it begins there":
      return fluid(start, value);
  }
}
