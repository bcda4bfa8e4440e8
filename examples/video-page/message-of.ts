import {
  ApiError,
  LoginRefusedError,
  SessionExpiredError,
  type ClientError,
} from "../../generated/peertube/index.js";

/** What a visitor is told. The error's own message is for programmers: it names the operation. */
export function messageOf(error: ClientError): string {
  if (error instanceof LoginRefusedError) {
    return error.wantsOneTimeCode
      ? "Enter the code that your authenticator shows now."
      : "This name and password do not fit together, or the account is blocked.";
  }
  if (error instanceof SessionExpiredError) return "Please log in again.";
  if (error instanceof ApiError && error.status === 429) return "Too often: wait a while.";
  return "The server does not answer as it should. Try again later.";
}
