/** A secret of one authorization, and what proves later that one has it (RFC 7636). */
export interface Pkce {
  /** Goes to the token endpoint only. */
  readonly code_verifier: string;
  /** Goes to the authorization page. */
  readonly code_challenge: string;
  readonly code_challenge_method: "S256";
}

/**
 * Makes a new pair.
 *
 * @throws a TypeError in browsers whose page is neither from https nor from localhost: they give it no
 *   `crypto.subtle` (Web Cryptography, section 10).
 */
export async function createPkce(): Promise<Pkce> {
  const { subtle } = crypto as { readonly subtle?: typeof crypto.subtle };
  if (subtle === undefined) {
    throw new TypeError(
      "PKCE needs `crypto.subtle`, which browsers have on pages from https and localhost only",
    );
  }
  const code_verifier = randomText();
  const digest = await subtle.digest("SHA-256", new TextEncoder().encode(code_verifier));
  const code_challenge = base64Url(new Uint8Array(digest));
  return { code_verifier, code_challenge, code_challenge_method: "S256" };
}

/** 43 characters that nobody can guess: 256 bits, as RFC 7636, section 4.1, recommends. */
export function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Base64url without padding (RFC 4648, section 5; RFC 7636, appendix A). */
function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
