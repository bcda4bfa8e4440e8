import { access, code, memberKey, printed, stringLiteral, type Code } from "../emit/code.js";
import type { SecuritySchemeInfo } from "../resolve/resolved-api.js";
import type { ReadmeWriting } from "./writing.js";

/** A program that gets tokens as the flows of a scheme say, and renews them. */
export function sessionText(
  { name }: SecuritySchemeInfo,
  { reference, fill }: ReadmeWriting,
): string {
  const { clientName, clientVariable, clientModule, baseUrl } = reference;
  return fill("session", {
    clientName,
    clientVariable,
    module: stringLiteral(clientModule),
    baseUrl: stringLiteral(baseUrl ?? "https://api.example"),
    flows: flat(access(code`oauth2Flows`, name)),
    key: memberKey(name),
  });
}

/** On one line: a template knows how its lines are broken. */
function flat(expression: Code): string {
  return printed(expression, Number.MAX_SAFE_INTEGER);
}
