import { ClientError, type Operation } from "./errors.js";
import type { TokenSet } from "./token-storage.js";

/**
 * Reads the answer of a token endpoint (RFC 6749, section 5.1).
 *
 * @param operation - what was asked, for errors.
 * @param old - the tokens that were renewed: what the answer leaves out stays as it was (sections 5.1
 *   and 6).
 * @throws {@link ClientError} for an answer without a token, or with one that cannot be used: of
 *   another type (section 7.1), or of characters that no token has (appendix A.12).
 */
export function tokensOf(answer: unknown, operation: Operation, old?: TokenSet): TokenSet {
  const { access_token, token_type, expires_in, refresh_token, scope } = (answer ?? {}) as Partial<
    Record<keyof TokenSet, unknown>
  >;
  if (typeof access_token !== "string" || access_token === "") {
    throw new ClientError(operation, "answered without an access token");
  }
  if (!/^[\x20-\x7e]+$/.test(access_token)) {
    throw new ClientError(operation, "answered with an access token that has no valid form");
  }
  if (typeof token_type !== "string" || token_type.toLowerCase() !== "bearer") {
    throw new ClientError(operation, "answered with a token of a type other than Bearer");
  }
  return {
    access_token,
    token_type,
    refresh_token: text(refresh_token) ?? old?.refresh_token,
    scope: text(scope) ?? old?.scope,
    ...lifetime(expires_in),
  };
}

/** How long a token lives; some services write the number of seconds as text. */
function lifetime(expiresIn: unknown): Pick<TokenSet, "expires_in" | "expires_at"> {
  const seconds = typeof expiresIn === "string" ? Number.parseFloat(expiresIn) : expiresIn;
  // What is too large to add up would come back from a storage of JSON as null.
  if (typeof seconds !== "number" || !Number.isFinite(seconds * 1_000) || seconds < 0) return {};
  return { expires_in: seconds, expires_at: Date.now() + seconds * 1_000 };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
