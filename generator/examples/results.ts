import { camelCase } from "../names/words.js";
import type { OperationModel } from "../model/api-model.js";
import { declaredType } from "../model/declarations.js";
import type { Operation } from "../resolve/resolved-api.js";
import { unionOf } from "../model/type-tools.js";
import type { TypeNode } from "../types/type-node.js";
import type { ExampleContext } from "./context.js";
import { isTakenByAll } from "./taken-names.js";

/** What the awaited call gives: the bodies of the successes; `undefined` where there are none. */
export function resultType(
  { responses }: Operation,
  { answers, declarations }: OperationModel,
): TypeNode | undefined {
  const declaration = declarations.find(({ name }) => name === answers[0]?.responsesName);
  const byStatus = declaration && declaredType(declaration);
  if (byStatus?.kind !== "object") return undefined;
  const statuses = new Set(
    responses.filter(({ success }) => success).map(({ status }) => String(status)),
  );
  const bodies = byStatus.members.filter(({ name }) => statuses.has(name)).map(({ type }) => type);
  const told = bodies.filter((type) => type.kind !== "keyword" || type.name !== "undefined");
  return told.length === 0 ? undefined : unionOf(told);
}

/** What a program calls a value of a type; never what it calls something else, nor what the language does. */
export function variableFor(
  type: TypeNode | undefined,
  context: ExampleContext,
  fallback: string,
): string {
  const { clientVariable } = context;
  const name = nameOf(type, context) ?? fallback;
  const isTaken = name === clientVariable || isTakenByAll(name);
  return isTaken || name === "" ? (fallback === clientVariable ? "value" : fallback) : name;
}

/** The longest name, in characters, that is easier to read than a plain `result`. */
const LONGEST = 24;

function nameOf(type: TypeNode | undefined, context: ExampleContext): string | undefined {
  switch (type?.kind) {
    case "named":
      return context.types.has(type.name) ? shortened(variableOf(type.name, context)) : undefined;
    case "array": {
      const one = type.element.kind === "named" ? nameOf(type.element, context) : undefined;
      return one === undefined ? undefined : plural(one);
    }
    case "blob":
      return "file";
    case "keyword":
      return type.name === "string" ? "text" : undefined;
    default:
      return undefined;
  }
}

function variableOf(typeName: string, { variables }: ExampleContext): string {
  const name = variables.get(typeName) ?? camelCase(withoutEnding(typeName));
  variables.set(typeName, name);
  return name;
}

function shortened(name: string): string | undefined {
  return name.length > LONGEST ? undefined : name;
}

/** `TokenResponse` is a token. */
function withoutEnding(name: string): string {
  return name.replace(/(?<=.{4})(?:Response|Result|Model|Dto|DTO)$/, "");
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}
