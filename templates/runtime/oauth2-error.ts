import { ApiError, ClientError, type Operation } from "./errors.js";

/** The codes that a message may show (IANA, "OAuth Extensions Error Registry"); others may be anything. */
const REGISTERED = [
  "access_denied",
  "authorization_pending",
  "expired_token",
  "invalid_client",
  "invalid_grant",
  "invalid_request",
  "invalid_scope",
  "invalid_token",
  "server_error",
  "slow_down",
  "temporarily_unavailable",
  "unauthorized_client",
  "unsupported_grant_type",
  "unsupported_response_type",
  "unsupported_token_type",
];

/** What an {@link OAuth2Error} knows beside its code. */
export interface OAuth2ErrorDetails extends ErrorOptions {
  readonly status?: number | undefined;
  readonly description?: string | undefined;
}

/** The authorization server said no (RFC 6749, sections 4.1.2.1 and 5.2; RFC 7009, section 2.2.1; RFC 8628,
 * section 3.5). */
export class OAuth2Error extends ClientError {
  /** The status of the answer; undefined where the error came with a redirect. */
  readonly status: number | undefined;
  readonly #error: string;
  readonly #description: string | undefined;

  constructor(operation: Operation, error: string, details: OAuth2ErrorDetails = {}) {
    const shown = REGISTERED.includes(error) ? ` (${error})` : "";
    super(operation, `was refused${shown}`, details);
    this.status = details.status;
    this.#error = error;
    this.#description = details.description;
  }

  override get name(): string {
    return "OAuth2Error";
  }

  /** The code, such as `invalid_grant`. Only registered ones are printed. */
  get error(): string {
    return this.#error;
  }

  /** What the server says about it, for developers; not printed, for it may repeat what was sent. */
  get description(): string | undefined {
    return this.#description;
  }
}

/** What an answer says by RFC 6749, section 5.2; undefined if the error is something else. */
export function oauth2ErrorOf(error: unknown): OAuth2Error | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { error: code, error_description } = (error.body ?? {}) as Record<string, unknown>;
  if (typeof code !== "string") return undefined;
  const description = typeof error_description === "string" ? error_description : undefined;
  return new OAuth2Error(error.operation, code, { status: error.status, description });
}
