import { code, stringLiteral } from "../emit/code.js";
import { literal, objectLiteral, orElse, type Expression } from "../emit/layout/expressions.js";
import { kebabCase } from "../names/words.js";
import type { SecurityRequirement, SecuritySchemeInfo } from "../resolve/resolved-api.js";

/**
 * The credentials of one security alternative, by the names of their schemes, taken from environment variables;
 * `undefined` where none has to be passed. What a variable lacks is then missing: the client says which it is.
 */
export function credentials(
  requirement: SecurityRequirement,
  schemes: readonly SecuritySchemeInfo[],
): Expression | undefined {
  const infos = requirement
    .map(({ scheme }) => schemes.find(({ name }) => name === scheme))
    .filter((info) => info !== undefined)
    .filter(({ scheme }) => scheme.type !== "mutualTLS");
  if (infos.length === 0) return undefined;
  return objectLiteral(
    infos.map((info) => [info.name, credential(info, prefixOf(info, infos))] as const),
  );
}

/** Two credentials of one kind are told apart by the names of their schemes. */
function prefixOf(info: SecuritySchemeInfo, infos: readonly SecuritySchemeInfo[]): string {
  const same = infos.filter((other) => variableOf(other) === variableOf(info));
  if (same.length === 1) return "";
  const words = (one: SecuritySchemeInfo): string =>
    kebabCase(one.name).replaceAll("-", "_").toUpperCase();
  const alike = same.filter((other) => words(other) === words(info));
  const number = alike.length > 1 || words(info) === "" ? `${alike.indexOf(info) + 1}` : "";
  return [words(info), number, ""].filter((part, index) => part !== "" || index === 2).join("_");
}

function credential(info: SecuritySchemeInfo, prefix: string): Expression {
  if (!isBasic(info)) return environment(`${prefix}${variableOf(info)}`);
  const part = (name: string): Expression => orElse(environment(`${prefix}${name}`), literal(""));
  return objectLiteral([
    ["username", part("USERNAME")],
    ["password", part("PASSWORD")],
  ]);
}

function isBasic({ scheme }: SecuritySchemeInfo): boolean {
  return scheme.type === "http" && scheme.scheme === "basic";
}

/** The variable that a credential is kept in. */
function variableOf({ scheme }: SecuritySchemeInfo): string {
  switch (scheme.type) {
    case "apiKey":
      return "API_KEY";
    case "http":
      return scheme.scheme === "basic"
        ? "PASSWORD"
        : scheme.scheme === "bearer"
          ? "BEARER_TOKEN"
          : "CREDENTIALS";
    default:
      return "ACCESS_TOKEN";
  }
}

/** Reads an environment variable. */
function environment(name: string): Expression {
  return { ...literal(""), kind: "other", code: code`process.env[${stringLiteral(name)}]` };
}
