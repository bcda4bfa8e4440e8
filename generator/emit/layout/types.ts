import {
  code,
  group,
  hanging,
  HARD_LINE,
  identifier,
  indented,
  joined,
  LINE,
  NOTHING,
  SOFT_LINE,
  numberLiteral,
  stringLiteral,
  whenBroken,
  type Code,
} from "../code.js";
import { ANGLES, below, BRACKETS, bracketed, fluid } from "./parts.js";

/* How types are laid out, as prettier does it. Parentheses stand only where a type would read differently without. */

export interface Type {
  readonly kind:
    "simple" | "null" | "name" | "generic" | "object" | "list" | "union" | "intersection";
  /** The type where nothing around it matters. */
  readonly code: Code;
  /** Whether its parts stand behind each other however long they are. */
  readonly isHugged: boolean;
}

function type(kind: Type["kind"], content: Code, isHugged = false): Type {
  return { kind, code: content, isHugged };
}

/* --------------------------------------------------------------------------- operands */

/** A keyword, or a literal. */
export function simpleType(content: Code): Type {
  return type("simple", content);
}

export const NULL_TYPE: Type = type("null", code`null`);

export function stringType(text: string): Type {
  return type("simple", stringLiteral(text));
}

export function namedType(name: string): Type {
  return type("name", identifier(name));
}

/** A type with arguments. */
export function genericType(name: string, args: readonly Type[]): Type {
  return type("generic", code`${identifier(name)}${typeArguments(args)}`);
}

/** A type of what has been imported whole, such as `z.ZodMiniType<Video>`. */
export function qualifiedType(library: string, name: string, args: readonly Type[] = []): Type {
  const content = code`${identifier(library)}.${identifier(name)}`;
  return args.length === 0
    ? type("name", content)
    : type("generic", code`${content}${typeArguments(args)}`);
}

/** What stands behind a name to say with which types. */
export function typeArguments(args: readonly Type[]): Code {
  const [first] = args;
  const isShort = args.length === 1 && first !== undefined && isShortArgument(first);
  const codes = args.map((arg) => arg.code);
  return isShort
    ? code`<${joined(codes)}>`
    : group(bracketed(ANGLES, codes, { space: SOFT_LINE, comma: NOTHING }));
}

/** The type of a member, or of the elements where there is no key. */
export function indexedType(object: Type, key: string | number | undefined): Type {
  const index = key === undefined ? code`number` : literalKey(key);
  return type("list", code`${object.code}[${index}]`);
}

function literalKey(key: string | number): Code {
  return typeof key === "number" ? numberLiteral(key) : stringLiteral(key);
}

function isShortArgument({ kind, isHugged }: Type): boolean {
  return ["simple", "null", "name", "object"].includes(kind) || isHugged;
}

/* ------------------------------------------------------------------------ combinations */

/** A union; of a name or object and null, no part begins a line. */
export function unionType(members: readonly Type[]): Type {
  const [first, ...others] = members;
  if (first !== undefined && others.length === 0) return first;
  const codes = members.map(inParentheses);
  if (isOneOrNull(members)) return type("union", joined(codes, code` | `), true);
  const parts = codes.map((part, index) =>
    index === 0 ? code`${whenBroken(code`| `)}${hanging(part)}` : code`${LINE}| ${hanging(part)}`,
  );
  return type("union", group(joined(parts)));
}

function isOneOrNull(members: readonly Type[]): boolean {
  const others = members.filter(({ kind }) => kind !== "null");
  const [first] = others;
  return first !== undefined && others.length === 1 && isNameOrObject(first);
}

function isNameOrObject({ kind }: Type): boolean {
  return kind === "name" || kind === "generic" || kind === "object";
}

/** An intersection: the braces of its objects stand beside the sign. */
export function intersectionType(members: readonly Type[]): Type {
  const [first, ...others] = members;
  if (first !== undefined && others.length === 0) return first;
  const parts = members.map((member, index) =>
    index === 0
      ? inParentheses(member)
      : intersected(members.slice(0, index), member, inParentheses(member)),
  );
  return type("intersection", group(joined(parts)));
}

function intersected(before: readonly Type[], { kind }: Type, content: Code): Code {
  const isObject = kind === "object";
  const wasObject = before.at(-1)?.kind === "object";
  if (!isObject && !wasObject) return indented(code` &${LINE}${content}`);
  const isLater = isObject && wasObject ? hasTurned(before) : before.length > 1;
  return code` & ${isLater ? indented(content) : content}`;
}

/** Whether behind the second member a name came upon an object, or an object upon a name. */
function hasTurned(members: readonly Type[]): boolean {
  return members.some(
    (member, index) =>
      index > 1 && (member.kind === "object") !== (members[index - 1]?.kind === "object"),
  );
}

/** Types of which an array, union or intersection is made would read differently without parentheses. */
function inParentheses(member: Type): Code {
  if (member.kind === "intersection" || member.isHugged) return code`(${member.code})`;
  if (member.kind !== "union") return member.code;
  return code`(${group(code`${indented(code`${SOFT_LINE}${member.code}`)}${SOFT_LINE}`)})`;
}

export function arrayType(element: Type): Type {
  return type("list", code`${inParentheses(element)}[]`);
}

export function tupleType(elements: readonly Type[]): Type {
  const codes = elements.map((element) =>
    group(elements.length > 1 ? inTuple(element) : element.code),
  );
  return type("list", group(bracketed(BRACKETS, codes, { space: SOFT_LINE })));
}

/** `T?`, in a tuple. */
export function optionalElement(element: Type): Type {
  return type("list", code`${inParentheses(element)}?`);
}

/** `...T[]`, in a tuple. */
export function restElement(element: Type): Type {
  return type("list", code`...${arrayType(element).code}`);
}

/** A union gets parentheses where its lines could be taken for elements. */
function inTuple({ kind, isHugged, code: content }: Type): Code {
  if (kind !== "union" || isHugged) return content;
  const opened = code`${whenBroken(code`(${SOFT_LINE}`)}${content}`;
  return group(code`${indented(opened)}${SOFT_LINE}${whenBroken(code`)`)}`);
}

/* ----------------------------------------------------------------------------- objects */

/** A member of an object or interface, without the mark at its end. */
export interface Member {
  readonly comment: Code;
  readonly code: Code;
}

/** An object type, on one line where that is asked for and it fits. */
export function objectType(members: readonly Member[], isOneLine: boolean): Type {
  const parts = members.map(
    ({ comment, code: content }, index) =>
      code`${comment}${content}${index === members.length - 1 ? whenBroken(code`;`) : code`;`}`,
  );
  const content = code`{${indented(code`${LINE}${joined(parts, LINE)}`)}${LINE}}`;
  return type("object", group(content, { shouldBreak: !isOneLine }));
}

/** The name of a member and its type. */
export function propertySignature(key: Code, isOptional: boolean, value: Type): Code {
  return group(code`${key}${isOptional ? code`?` : NOTHING}${annotation(value)}`);
}

/** `[key: string]: T` */
export function indexSignature(value: Type): Code {
  const key = group(code`${indented(code`${SOFT_LINE}key: string`)}${SOFT_LINE}`);
  return group(code`[${key}]${annotation(value)}`);
}

/** What stands behind a name to tell its type. */
export function annotation(value: Type): Code {
  const isApart = value.kind === "union" && !value.isHugged;
  return code`: ${isApart ? group(indented(code`${SOFT_LINE}${value.code}`)) : value.code}`;
}

/** Members below each other. */
export function membersBlock(members: readonly Code[], separator: Code = HARD_LINE): Code {
  if (members.length === 0) return code`{}`;
  return code`{${indented(code`${HARD_LINE}${joined(members, separator)}`)}${HARD_LINE}}`;
}

/** `type Name = T` */
export function aliasOf(name: Code, value: Type): Code {
  const start = code`${group(code`type ${name}`)} =`;
  const place = value.kind === "union" && !value.isHugged ? below : fluid;
  return code`${place(start, value.code)};`;
}
