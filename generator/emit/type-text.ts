import type { TypeMember, TypeNode } from "../types/type-node.js";
import {
  code,
  identifier,
  joined,
  literal,
  memberKey,
  stringsBeginningWith,
  type Code,
} from "./code.js";
import { docComment, docLines } from "./comments.js";

/** A type as TypeScript. Parentheses are put wherever they could be needed; formatting takes off the others. */
export function typeText(type: TypeNode): Code {
  switch (type.kind) {
    case "keyword":
      return identifier(type.name);
    case "literal":
      return literal(type.value);
    case "named":
      return identifier(type.name);
    case "blob":
      return code`Blob`;
    case "binaryBody":
      return code`BinaryBody`;
    case "parameterValue":
      return code`ParameterValue`;
    case "eventStream":
      return type.event === undefined
        ? code`EventStream`
        : code`EventStream<${typeText(type.event)}>`;
    case "mediaRange":
      return stringsBeginningWith(`${type.type}/`);
    case "array":
      return code`${grouped(type.element)}[]`;
    case "tuple":
      return code`[${joined(type.elements.map(typeText), code`, `)}]`;
    case "union":
      return joined(type.members.map(grouped), code` | `);
    case "intersection":
      return joined(type.members.map(grouped), code` & `);
    case "object":
      return objectText(type.members, type.index);
  }
}

/** Types of which an array, union or intersection is made without parentheses would read differently. */
function grouped(type: TypeNode): Code {
  return type.kind === "union" || type.kind === "intersection"
    ? code`(${typeText(type)})`
    : typeText(type);
}

function objectText(members: readonly TypeMember[], index: TypeNode | undefined): Code {
  const [first] = members;
  if (first === undefined && index === undefined) return code`Record<string, never>`;
  // Unlike `Record`, this may stand in the declaration of the type that it mentions.
  if (first === undefined && index !== undefined) return code`{ ${indexText(index)} }`;
  if (first !== undefined && members.length === 1 && index === undefined && first.docs.length === 0)
    return code`{ ${memberText(first)} }`;
  const lines = members.map(memberText);
  if (index !== undefined) lines.push(indexText(index));
  return code`{\n${joined(lines, code`\n`)}\n}`;
}

/** `{ [key: string]: T }`, as a member. */
export function indexText(index: TypeNode): Code {
  return code`[key: string]: ${typeText(index)};`;
}

function memberText(member: TypeMember): Code {
  const comment = docComment(docLines(member.docs));
  const optional = member.optional ? code`?` : code``;
  return code`${comment}${memberKey(member.name)}${optional}: ${typeText(member.type)};`;
}
