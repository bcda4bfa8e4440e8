import { ClientError, type Operation } from "./errors.js";

/**
 * The session is over: the service does not renew it any more, or there is nothing to renew it with.
 * Its tokens are forgotten; somebody has to log in again. The service's own answer, if there was
 * one, is the `cause`.
 */
export class SessionExpiredError extends ClientError {
  /** @param operation - what renews the session. */
  constructor(operation: Operation, options?: ErrorOptions) {
    super(operation, "did not renew the session: it is over, log in again", options);
  }

  override get name(): string {
    return "SessionExpiredError";
  }
}

/** The service does not let this user in. Its own answer is the `cause`. */
export class LoginRefusedError extends ClientError {
  /** The service's code for it, such as `invalid_grant`, where it has one that is known. */
  readonly code: string | undefined;
  /**
   * Whether another login with a one-time code may succeed: the service asks for one, or asked for
   * nothing in particular and got none.
   */
  readonly wantsOneTimeCode: boolean;

  constructor(operation: Operation, refusal: LoginRefusal, options?: ErrorOptions) {
    super(operation, `refused the login: ${refusal.reason}`, options);
    this.code = refusal.code;
    this.wantsOneTimeCode = refusal.wantsOneTimeCode ?? false;
  }

  override get name(): string {
    return "LoginRefusedError";
  }
}

/** Why a login was refused. */
export interface LoginRefusal {
  /** For people; holds nothing that was sent or answered. */
  readonly reason: string;
  readonly code?: string | undefined;
  readonly wantsOneTimeCode?: boolean | undefined;
}
