import { code, identifier, type Code } from "../emit/code.js";
import {
  callArguments,
  literal,
  objectLiteral,
  type Expression,
} from "../emit/layout/expressions.js";
import { kebabCase } from "../names/words.js";
import type { SecurityRequirement, ServerInfo } from "../resolve/resolved-api.js";
import { credentials } from "./credentials.js";
import type { ExampleContext } from "./context.js";

/** `new PeerTube({ ... })`, with the credentials of one security alternative. */
export function newClient(requirement: SecurityRequirement, context: ExampleContext): Code {
  const { model, clientVariable } = context;
  const auth = credentials(requirement, model.securitySchemes);
  const options: readonly (readonly [string, Expression])[] = [
    ...placeOf(model.servers, clientVariable),
    ...(auth === undefined ? [] : [["auth", auth] as const]),
  ];
  const args = options.length === 0 ? [] : [objectLiteral(options)];
  return code`new ${identifier(model.clientName)}${callArguments(args)}`;
}

/**
 * Where the service is. One absolute server goes without saying, as the client knows it; of several, the first is
 * named, so that a reader sees what to change; without any there has to be an origin (RFC 2606 sets `.example` aside).
 */
function placeOf(
  servers: readonly ServerInfo[],
  clientVariable: string,
): readonly (readonly [string, Expression])[] {
  const absolute = servers.find(({ url }) => /^[a-z][a-z0-9+.-]*:\/\//i.test(url));
  if (absolute === undefined) return [["baseUrl", literal(exampleOrigin(clientVariable))]];
  const [first] = absolute.variables;
  if (first !== undefined) {
    // A URL that begins with a variable may be absolute, too, and then counts before this one.
    if (absolute !== servers[0]) return [];
    return [["serverVariables", objectLiteral([[first.name, literal(first.defaultValue)]])]];
  }
  return servers.length === 1 ? [] : [["baseUrl", literal(absolute.url)]];
}

/** Where the service is that a document does not place. */
export function exampleOrigin(clientVariable: string): string {
  return `https://${hostOf(clientVariable)}.example`;
}

function hostOf(clientVariable: string): string {
  const host = kebabCase(clientVariable).slice(0, 40);
  return host === "" ? "api" : host;
}
