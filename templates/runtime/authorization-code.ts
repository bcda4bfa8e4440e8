import { ClientError, type Operation } from "./errors.js";
import { OAuth2Error } from "./oauth2-error.js";
import { createPkce, randomText, type Pkce } from "./pkce.js";

/**
 * What has to be kept from the visit to the authorization page until the browser comes back: data
 * that can be stored as JSON, such as in `sessionStorage`. It is of use once, and secret.
 */
export interface PendingAuthorization {
  /** Comes back with the redirect: proves that it answers this very request. */
  readonly state: string;
  readonly code_verifier: string;
  /** Where the browser comes back to. */
  readonly redirect_uri: string;
}

/** What an authorization page is asked for (RFC 6749, section 4.1.1; RFC 7636, section 4.3). */
export interface AuthorizationRequest extends Omit<Pkce, "code_verifier"> {
  readonly response_type: "code";
  readonly state: string;
  readonly redirect_uri: string;
}

/** Begins an authorization: what the page is asked for, and what has to be kept. */
export async function beginAuthorization(
  redirect_uri: string,
): Promise<{ request: AuthorizationRequest; pending: PendingAuthorization }> {
  const { code_verifier, ...challenge } = await createPkce();
  const state = randomText();
  return {
    request: { response_type: "code", redirect_uri, state, ...challenge },
    pending: { state, code_verifier, redirect_uri },
  };
}

/**
 * Reads the code from the address that the browser came back to (RFC 6749, section 4.1.2).
 *
 * @param operation - the authorization page, for errors.
 * @throws {@link OAuth2Error} if the user or the server said no; {@link ClientError} for an address
 *   that does not answer this authorization.
 */
export function codeOf(
  redirect: string | URL,
  pending: PendingAuthorization,
  operation: Operation,
): string {
  const query = queryOf(redirect);
  const [state, code, error, description] = ["state", "code", "error", "error_description"].map(
    (name) => single(query, name),
  );
  // The state comes first: without it, the rest is anybody's word (RFC 6749, section 10.12).
  if (state === undefined || state !== pending.state) {
    throw new ClientError(operation, "was not what led to this redirect: begin the login again");
  }
  if (error !== undefined) throw new OAuth2Error(operation, error, { description });
  if (code === undefined) throw new ClientError(operation, "led to a redirect without a code");
  return code;
}

function queryOf(redirect: string | URL): URLSearchParams {
  try {
    return new URL(redirect).searchParams;
  } catch {
    // What was thrown quotes the address, and with it the code.
    return new URLSearchParams();
  }
}

/** A parameter that is there exactly once, as it must be (RFC 6749, section 3.1). */
function single(query: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = query.getAll(name);
  return others.length === 0 ? value : undefined;
}
