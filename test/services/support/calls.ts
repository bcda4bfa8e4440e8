import { Mastodon } from "../../../generated/mastodon/index.js";
import { PeerTube } from "../../../generated/peertube/index.js";
import { SFTPGo } from "../../../generated/sftpgo/index.js";
import { findMethods, methodName } from "./client.js";
import type { Operation, Security } from "./document.js";

/** Options that all clients take. */
export interface Options {
  readonly baseUrl: string;
  readonly auth: object;
  readonly retry: number;
}

/** The three services, and how their clients are made. */
export const SERVICES = [
  { service: "peertube", create: (options: Options) => new PeerTube(options) },
  { service: "mastodon", create: (options: Options) => new Mastodon(options) },
  { service: "sftpgo", create: (options: Options) => new SFTPGo(options) },
] as const;

/** A credential for each scheme, and the header or query parameter that it becomes. */
export const CREDENTIALS: Readonly<
  Record<string, { readonly value: unknown; readonly place: string; readonly sent: string }>
> = {
  OAuth2: { value: "o-token", place: "authorization", sent: "Bearer o-token" },
  BearerAuth: { value: () => "b-token", place: "authorization", sent: "Bearer b-token" },
  BasicAuth: {
    value: { username: "üser", password: "p:w" },
    place: "authorization",
    sent: `Basic ${Buffer.from("üser:p:w").toString("base64")}`,
  },
  APIKeyAuth: { value: "k.user", place: "x-sftpgo-api-key", sent: "k.user" },
  VideoFileToken: { value: "f/token", place: "?videoFileToken", sent: "f%2Ftoken" },
};

/** The `auth` option that satisfies one alternative of an operation's security. */
export function authFor(alternative: Security): object {
  const names = Object.keys(alternative);
  return Object.fromEntries(names.map((name) => [name, CREDENTIALS[name]?.value]));
}

/**
 * Calls the generated method of an operation.
 *
 * @returns its promise; a `URL` for an operation that is a page.
 */
export function callMethod(
  client: object,
  { operationId, parameters, body }: Operation,
  params: object,
  options?: object,
): unknown {
  const found = findMethods(client, methodName(operationId));
  if (found.length !== 1) throw new Error(`${found.length} methods for ${operationId}`);
  // Nothing to pass is nothing passed, and what comes first then are the options.
  const takesParams = parameters.length > 0 || body !== undefined;
  return found[0]?.call(...(takesParams ? [params] : []), ...(options ? [options] : []));
}
