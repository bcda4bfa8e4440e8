import type { BasicCredential, CredentialRequest } from "./options.js";
import type { SecurityRequirement, SecurityScheme, Service } from "./service.js";
import type { Refuse } from "./url.js";

/** A credential that an alternative of an operation's security asks for. */
export interface Granted {
  /** The scheme's name in the document. */
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly credential: unknown;
}

/** What a credential becomes: a header, a pair of the query, or a cookie. */
export interface Presented {
  /** The scheme's name in the document. */
  readonly scheme: string;
  readonly place: "header" | "query" | "cookie";
  readonly name: string;
  readonly value: string;
}

/**
 * Chooses the first alternative whose schemes all have a credential (OpenAPI 3.1, "Security
 * Requirement Object"). Credentials are optional where one of the alternatives is `{}`: it is taken
 * only if no other can be, wherever it stands.
 *
 * Credential functions are called one after the other, each at most once, and not at all for an
 * alternative that lacks another credential or is not reached.
 *
 * @param auths by scheme name; the first that has an own value for a scheme wins.
 * @param rejected what the service has just answered with 401: functions are told, each of its own.
 * @returns the credentials to present; undefined if no alternative is satisfied.
 */
export async function authorize(
  alternatives: readonly SecurityRequirement[],
  { securitySchemes }: Service,
  auths: readonly (object | undefined)[],
  signal: AbortSignal,
  rejected: readonly Granted[] = [],
): Promise<readonly Granted[] | undefined> {
  const asked = new Map<string, unknown>();
  for (const alternative of alternatives) {
    const names = Object.keys(alternative);
    if (names.length === 0 || !names.every((name) => given(name) !== undefined)) continue;
    const granted: Granted[] = [];
    for (const name of names) {
      if (!asked.has(name)) asked.set(name, await ask(name));
      const credential = asked.get(name);
      const scheme = securitySchemes[name];
      if (credential === undefined || credential === null || scheme === undefined) break;
      granted.push({ name, scheme, credential });
    }
    if (granted.length === names.length) return granted;
  }
  return isOptional(alternatives) ? [] : undefined;

  function ask(name: string): unknown {
    const credential = given(name);
    if (typeof credential !== "function") return credential;
    const old = rejected.find((one) => one.name === name)?.credential;
    const request: CredentialRequest<unknown> = { rejected: old, signal };
    return (credential as (request: CredentialRequest<unknown>) => unknown)(request);
  }

  function given(name: string): unknown {
    // A client certificate is the platform's business: nothing is to be sent.
    if (securitySchemes[name]?.type === "mutualTLS") return "";
    for (const auth of auths) {
      const value = new Map<string, unknown>(Object.entries(auth ?? {})).get(name);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  }
}

/** Whether the operation can be called without any credential. */
export function isOptional(alternatives: readonly SecurityRequirement[]): boolean {
  return alternatives.length === 0 || alternatives.some((one) => Object.keys(one).length === 0);
}

/** How a credential is presented: not at all for `mutualTLS`. */
export function present({ name, scheme, credential }: Granted, refuse: Refuse): Presented[] {
  if (scheme.type === "mutualTLS") return [];
  if (scheme.type === "apiKey") {
    const value = secret(name, credential, refuse);
    return [{ scheme: name, place: scheme.in, name: scheme.name, value }];
  }
  const kind = scheme.type === "http" ? scheme.scheme : "bearer";
  const value = (kind.toLowerCase() === "basic" ? basic : secret)(name, credential, refuse);
  // Scheme names are case-insensitive (RFC 9110, section 11.1), but some servers know one spelling.
  const spelled = kind.charAt(0).toUpperCase() + kind.slice(1);
  return [{ scheme: name, place: "header", name: "authorization", value: `${spelled} ${value}` }];
}

/** A token or key. One line break at its end is taken off: files end with one. */
function secret(name: string, credential: unknown, refuse: Refuse): string {
  const text = typeof credential === "string" ? credential.replace(/\r?\n$/, "") : "";
  if (text === "") throw refuse(`the credential for ${name} must be a string that is not empty`);
  return text;
}

/** User name and password (RFC 7617), in UTF-8. */
function basic(name: string, credential: unknown, refuse: Refuse): string {
  const { username, password } = credential as Partial<BasicCredential>;
  if (typeof username !== "string" || typeof password !== "string" || username.includes(":")) {
    throw refuse(`the credential for ${name} must be { username, password }, no ":" in the former`);
  }
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)));
}
