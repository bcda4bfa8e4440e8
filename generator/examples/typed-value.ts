import { isObject } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { bigintLiteral, code, identifier } from "../emit/code.js";
import {
  arrayLiteral,
  callArguments,
  literal,
  objectLiteral,
  type Expression,
} from "../emit/layout/expressions.js";
import type { Int64Type, ObjectType, TupleType, TypeNode } from "../types/type-node.js";
import { fileName, fileType } from "./file-names.js";

/** What the types of values are looked up in. */
export interface Typing {
  /** The types that an operation declares, by name. */
  readonly own?: ReadonlyMap<string, TypeNode>;
  /** The types of `models.ts`, by name. */
  readonly types: ReadonlyMap<string, TypeNode>;
  /** Expressions of objects for those types, by the objects and the names. */
  readonly expressions: WeakMap<JsonObject, Map<string, Expression | undefined>>;
  /** The media types that the client gives to files, by the names of the members that hold them. */
  readonly fileTypes?: ReadonlyMap<string, string>;
  /** Whether members that no type knows are left out; otherwise a value that has some is not of the types. */
  readonly leavesOut?: boolean;
}

/** The most ways to choose from unions that are tried for one value. */
const MOST_ALTERNATIVES = 200;

/**
 * The expression for a value that is to be of a type, without what the type does not know: the document may give examples
 * that say more than their schemas.
 */
export function fittingValue(
  value: JsonValue,
  type: TypeNode,
  typing: Typing,
): Expression | undefined {
  const rest = { ...typing, expressions: new WeakMap(), leavesOut: true };
  return typedValue(value, [type], typing) ?? typedValue(value, [type], rest);
}

/**
 * The expression for a value that is to be of types, all at once; `undefined` where the value is not of them, or has
 * members of which none of them knows, which the compiler refuses. JSON has no files and no 64-bit integers: texts and
 * numbers stand for them.
 *
 * @param name what has the value is called: files are called so, too
 */
export function typedValue(
  value: JsonValue,
  types: readonly TypeNode[],
  typing: Typing,
  name = "file",
): Expression | undefined {
  const [type, ...others] = types;
  if (
    !isObject(value) ||
    type?.kind !== "named" ||
    others.length > 0 ||
    !typing.types.has(type.name)
  )
    return soughtExpression(value, types, typing, name);
  const known = typing.expressions.get(value) ?? new Map<string, Expression | undefined>();
  typing.expressions.set(value, known);
  if (!known.has(type.name)) known.set(type.name, soughtExpression(value, types, typing, name));
  return known.get(type.name);
}

function soughtExpression(
  value: JsonValue,
  types: readonly TypeNode[],
  typing: Typing,
  name: string,
): Expression | undefined {
  let count = 0;
  for (const parts of alternatives(types, [], new Set(), typing)) {
    count += 1;
    if (count > MOST_ALTERNATIVES) break;
    const expression = valueOfParts(value, parts, typing, name);
    if (expression !== undefined) return expression;
  }
  return undefined;
}

/** Types that are no names, unions and intersections: what a value has to be at once, for each choice from unions. */
function* alternatives(
  waiting: readonly TypeNode[],
  parts: readonly TypeNode[],
  seen: ReadonlySet<string>,
  typing: Typing,
): Generator<readonly TypeNode[]> {
  const [next, ...others] = waiting;
  if (next === undefined) {
    yield parts;
    return;
  }
  switch (next.kind) {
    case "named": {
      // What is asked for twice, as by two bases that have a member in common, is there already.
      if (seen.has(next.name)) {
        yield* alternatives(others, parts, seen, typing);
        return;
      }
      const target = declared(next.name, typing);
      if (target !== undefined)
        yield* alternatives([target, ...others], parts, new Set([...seen, next.name]), typing);
      return;
    }
    case "intersection":
      yield* alternatives([...next.members, ...others], parts, seen, typing);
      return;
    case "union":
      for (const one of next.members) yield* alternatives([one, ...others], parts, seen, typing);
      return;
    default:
      yield* alternatives(others, [...parts, next], seen, typing);
  }
}

function declared(name: string, { own, types }: Typing): TypeNode | undefined {
  return own?.get(name) ?? types.get(name);
}

function valueOfParts(
  value: JsonValue,
  parts: readonly TypeNode[],
  typing: Typing,
  name: string,
): Expression | undefined {
  const told = parts.filter((part) => part.kind !== "keyword" || part.name !== "unknown");
  if (told.length === 0) return literal(value);
  if (Array.isArray(value)) return arrayOf(value, told, typing, name);
  if (isObject(value) && told.every((part) => part.kind === "object"))
    return objectOf(value, told, typing);
  const scalars = told.map((part) => scalarOf(value, part, typing, name));
  return scalars.includes(undefined) ? undefined : scalars[0];
}

/* ------------------------------------------------------------------------------ scalars */

function scalarOf(
  value: JsonValue,
  type: TypeNode,
  { fileTypes }: Typing,
  name: string,
): Expression | undefined {
  switch (type.kind) {
    case "keyword":
      return isOfKeyword(value, type.name) ? literal(value) : undefined;
    case "literal":
      return value === type.value ? literal(value) : undefined;
    case "int64":
      return int64Of(value, type);
    case "parameterValue":
      return literal(value);
    case "blob":
    case "filePart":
      return typeof value === "string" ? newFile(value, name, fileTypes?.get(name)) : undefined;
    case "binaryBody":
      return typeof value === "string" ? newBlob(value) : undefined;
    case "mediaRange":
      return typeof value === "string" && value.startsWith(`${type.type}/`)
        ? literal(value)
        : undefined;
    default:
      return undefined;
  }
}

function isOfKeyword(value: JsonValue, name: string): boolean {
  return name === "null" ? value === null : typeof value === name;
}

function int64Of(value: JsonValue, { as, value: only }: Int64Type): Expression | undefined {
  const isInteger =
    Number.isSafeInteger(value) ||
    (typeof value === "string" && /^-?(?:0|[1-9][0-9]{0,18})$/.test(value));
  const digits = typeof value === "object" ? "" : String(value);
  if (!isInteger || (only !== undefined && only !== digits)) return undefined;
  if (as === "string") return literal(digits);
  return { ...literal(0), code: bigintLiteral(digits) };
}

/**
 * A file with its name, as a user would have it from a form; of an example, the document may give just the name.
 *
 * @param given the media type that the client gives it; without one, it has to bring its own
 */
function newFile(text: string, name: string, given: string | undefined): Expression {
  const isName = /^[\w-]{1,40}\.[a-z0-9]{1,5}$/i.test(text);
  const [content, called] = isName ? ["Hello", text] : [text, fileName(name, given)];
  const own = given === undefined ? fileType(called) : undefined;
  const args = [
    arrayLiteral([literal(content)]),
    literal(called),
    ...(own === undefined ? [] : [objectLiteral([["type", literal(own)]])]),
  ];
  return {
    ...literal(""),
    kind: "other",
    code: code`new ${identifier("File")}${callArguments(args)}`,
  };
}

function newBlob(content: string): Expression {
  const args = [arrayLiteral([literal(content)])];
  return {
    ...literal(""),
    kind: "other",
    code: code`new ${identifier("Blob")}${callArguments(args)}`,
  };
}

/* --------------------------------------------------------------------------- containers */

function arrayOf(
  value: readonly JsonValue[],
  parts: readonly TypeNode[],
  typing: Typing,
  name: string,
): Expression | undefined {
  if (parts.every((part) => part.kind === "parameterValue")) return literal([...value]);
  if (!parts.every(isList) || !parts.every((part) => hasLength(part, value.length)))
    return undefined;
  const items = value.map((item, index) =>
    typedValue(
      item,
      parts.flatMap((part) => elementAt(part, index)),
      typing,
      name,
    ),
  );
  if (items.includes(undefined)) return undefined;
  const all = items.filter((item) => item !== undefined);
  return value.length > 0 && value.every((item) => typeof item === "number") && !hasInt64(parts)
    ? literal([...value])
    : arrayLiteral(all);
}

function hasInt64(parts: readonly TypeNode[]): boolean {
  return JSON.stringify(parts).includes('"kind":"int64"');
}

type List = Extract<TypeNode, { kind: "array" | "tuple" | "jsonItems" }>;

function isList(type: TypeNode): type is List {
  return type.kind === "array" || type.kind === "tuple" || type.kind === "jsonItems";
}

function hasLength(type: TypeNode, length: number): boolean {
  if (type.kind !== "tuple") return true;
  return length >= type.required && (type.rest !== undefined || length <= type.elements.length);
}

function elementAt(type: List, index: number): readonly TypeNode[] {
  if (type.kind === "array") return [type.element];
  if (type.kind === "jsonItems") return [type.item];
  return tupleElement(type, index);
}

function tupleElement({ elements, rest }: TupleType, index: number): readonly TypeNode[] {
  return [elements[index] ?? rest ?? []].flat();
}

function objectOf(
  value: JsonObject,
  parts: readonly ObjectType[],
  typing: Typing,
): Expression | undefined {
  const needed = parts.flatMap(({ members }) => members.filter(({ optional }) => !optional));
  if (!needed.every(({ name }) => Object.hasOwn(value, name))) return undefined;
  const entries: (readonly [string, Expression])[] = [];
  for (const [key, inside] of Object.entries(value)) {
    const types = parts.flatMap((part) => typeOfMember(part, key));
    if (types.length === 0 && typing.leavesOut === true) continue;
    const expression =
      types.length === 0 ? undefined : typedValue(inside ?? null, types, typing, key);
    if (expression === undefined) return undefined;
    entries.push([key, expression]);
  }
  return objectLiteral(entries);
}

function typeOfMember({ members, index }: ObjectType, key: string): readonly TypeNode[] {
  const found = members.find(({ name }) => name === key)?.type;
  return [found ?? [], index ?? []].flat();
}
