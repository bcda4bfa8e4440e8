import { quoted, visible } from "../../diagnostics/quoted.js";
import type { TypeNode } from "../../types/type-node.js";

/** The most alternatives of a union that are told. */
const MOST_MEMBERS = 3;

/** A type in a few words of TypeScript, for a message: what lies deep in it is left out. */
export function typeWords(type: TypeNode, depth = 3): string {
  if (depth === 0) return "…";
  switch (type.kind) {
    case "keyword":
      return type.name;
    case "literal":
      return typeof type.value === "string" ? quoted(type.value) : String(type.value);
    case "named":
      return visible(type.name);
    case "int64":
      return type.as;
    case "array":
      return type.element.kind === "union" || type.element.kind === "intersection"
        ? `(${typeWords(type.element, depth - 1)})[]`
        : `${typeWords(type.element, depth - 1)}[]`;
    case "tuple":
      return "[…]";
    case "object":
      return "{…}";
    case "union":
      return someOf(type.members, " | ", depth);
    case "intersection":
      return someOf(type.members, " & ", depth);
    default:
      return RUNTIME_TYPES[type.kind];
  }
}

function someOf(members: readonly TypeNode[], sign: string, depth: number): string {
  const told = members.slice(0, MOST_MEMBERS).map((member) => typeWords(member, depth - 1));
  return [...told, ...(members.length > MOST_MEMBERS ? ["…"] : [])].join(sign);
}

const RUNTIME_TYPES = {
  blob: "Blob",
  filePart: "FilePart",
  binaryBody: "BinaryBody",
  parameterValue: "ParameterValue",
  eventStream: "EventStream",
  jsonStream: "JsonStream",
  jsonItems: "JsonItems",
  mediaRange: "string",
} as const;
