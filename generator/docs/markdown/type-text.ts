import {
  bigintLiteral,
  memberKey,
  numberLiteral,
  stringLiteral,
  stringsBeginningWith,
} from "../../emit/code.js";
import type {
  Int64Type,
  ObjectType,
  TupleType,
  TypeMember,
  TypeNode,
} from "../../types/type-node.js";
import { linkFrom } from "../page-paths.js";
import type { PageContext } from "./page-context.js";
import { codeSpan, link } from "./parts.js";

/**
 * A type as inline Markdown on one line, in the words of the generated code: names of types that have a page are links,
 * everything else is code.
 */
export function typeText(type: TypeNode, { paths, page }: PageContext): string {
  let text = "";
  let code = "";
  for (const word of wordsOf(type)) {
    const place = typeof word === "string" ? undefined : paths.ofType(word.name);
    if (typeof word === "string") code += word;
    else if (place === undefined) code += word.name;
    else {
      text += spaced(code) + link(codeSpan(word.name), linkFrom(page, place));
      code = "";
    }
  }
  return text + spaced(code);
}

/** Spaces at the ends of code stand outside of it. */
function spaced(code: string): string {
  const trimmed = code.trim();
  return trimmed === "" ? code : code.replace(trimmed, () => codeSpan(trimmed));
}

/** Code, or the name of a type. */
type Word = string | { readonly name: string };

type Words = readonly Word[];

function wordsOf(type: TypeNode): Words {
  switch (type.kind) {
    case "keyword":
      return [type.name];
    case "literal":
      return [literalText(type.value)];
    case "named":
      return [{ name: type.name }];
    case "int64":
      return [int64Text(type)];
    case "blob":
      return ["Blob"];
    case "filePart":
      return ["FilePart"];
    case "binaryBody":
      return ["BinaryBody"];
    case "parameterValue":
      return ["ParameterValue"];
    case "eventStream":
      return type.event === undefined ? ["EventStream"] : generic("EventStream", type.event);
    case "jsonStream":
      return generic("JsonStream", type.item);
    case "jsonItems":
      return generic("JsonItems", type.item);
    case "mediaRange":
      return [stringsBeginningWith(`${type.type}/`)];
    case "array":
      return [...inParentheses(type.element), "[]"];
    case "tuple":
      return tupleWords(type);
    case "union":
      return joined(withoutRepeats(type.members), " | ");
    case "intersection":
      return joined(type.members, " & ");
    case "object":
      return objectWords(type);
  }
}

function literalText(value: string | number | boolean): string {
  if (typeof value === "string") return stringLiteral(value);
  return typeof value === "number" ? numberLiteral(value) : String(value);
}

function int64Text({ as, value }: Int64Type): string {
  if (value === undefined) return as;
  return as === "string" ? stringLiteral(value) : bigintLiteral(value);
}

function generic(name: string, argument: TypeNode): Words {
  return [`${name}<`, ...wordsOf(argument), ">"];
}

function joined(types: readonly TypeNode[], separator: string): Words {
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) return wordsOf(only);
  return list(types.map(inParentheses), separator);
}

function list(parts: readonly Words[], separator: string): Words {
  return parts.flatMap((words, index) => (index === 0 ? words : [separator, ...words]));
}

/** What an array or another combination is made of would read differently without parentheses. */
function inParentheses(type: TypeNode): Words {
  const isCombined = type.kind === "union" || type.kind === "intersection";
  const isMany = isCombined && type.members.length > 1;
  return isMany ? ["(", ...wordsOf(type), ")"] : wordsOf(type);
}

function tupleWords({ elements, required, rest }: TupleType): Words {
  const parts = elements.map((element, index) =>
    index < required ? wordsOf(element) : [...inParentheses(element), "?"],
  );
  const last = rest === undefined ? [] : [["...", ...inParentheses(rest), "[]"]];
  return ["[", ...list([...parts, ...last], ", "), "]"];
}

/** A 64-bit integer that is a string can stand beside other strings. */
function withoutRepeats(members: readonly TypeNode[]): readonly TypeNode[] {
  const hasStrings = members.some((type) => type.kind === "keyword" && type.name === "string");
  return hasStrings
    ? members.filter((type) => type.kind !== "int64" || type.as !== "string")
    : members;
}

function objectWords({ members, index }: ObjectType): Words {
  if (members.length === 0 && index === undefined) return ["Record<string, never>"];
  const others: readonly Words[] =
    index === undefined ? [] : [["[key: string]: ", ...wordsOf(index)]];
  return ["{ ", ...list([...members.map(memberWords), ...others], "; "), " }"];
}

function memberWords({ name, optional, type }: TypeMember): Words {
  return [`${memberKey(name)}${optional ? "?" : ""}: `, ...wordsOf(type)];
}
