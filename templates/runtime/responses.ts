import type { ApiErrorWith } from "./errors.js";

/*
 * Types over an operation's responses: an interface with a key for each documented status, which is
 * a number, a range such as `4XX`, or `default`, and the type of the decoded body.
 *
 *     interface GetVideoResponses { 200: Video; 404: Problem; "5XX": string }
 */

/** What a call gives when it is simply awaited: the body of any documented success. */
export type Data<Responses> = [SuccessKey<Responses>] extends [never]
  ? Responses extends { default: infer Body }
    ? Body
    : unknown
  : Responses[SuccessKey<Responses>];

/** What `.result()` gives: one arm for each status, told apart by `ok` and `status`. */
export type Result<Responses> =
  | { [Key in keyof Responses]: Arm<Responses, Key> }[keyof Responses]
  | Success<Exclude<SuccessStatus, keyof Responses>, Data<Responses>>
  | Undocumented<Responses>;

/** An answer with a status of 2xx. */
export interface Success<Status extends number, Body> {
  readonly ok: true;
  readonly status: Status;
  readonly data: Body;
  readonly headers: Headers;
  readonly response: Response;
}

/** An answer with any other status. */
export interface Failure<Status extends number, Body> {
  readonly ok: false;
  readonly status: Status;
  readonly error: ApiErrorWith<Status, Body>;
  readonly headers: Headers;
  readonly response: Response;
}

/** What `.withResponse()` gives. */
export interface WithResponse<Body> {
  readonly data: Body;
  readonly status: number;
  readonly headers: Headers;
  /** The response; its body has been read. */
  readonly response: Response;
}

/** The errors that an operation can be rejected with when the service answers. */
export type ApiErrorOf<Responses> =
  Result<Responses> extends infer Arm
    ? Arm extends Failure<infer Status, infer Body>
      ? ApiErrorWith<Status, Body>
      : never
    : never;

/** The registered statuses of success (IANA, "HTTP Status Code Registry"). */
export type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;

/** The registered statuses of redirection that a call can end with. */
export type RedirectStatus = 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308;

/** The registered statuses of errors of the client. */
export type ClientErrorStatus =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 406
  | 407
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
  | 421
  | 422
  | 423
  | 424
  | 425
  | 426
  | 428
  | 429
  | 431
  | 451;

/** The registered statuses of errors of the server. */
export type ServerErrorStatus = 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511;

interface StatusOfRange {
  "1XX": never;
  "2XX": SuccessStatus;
  "3XX": RedirectStatus;
  "4XX": ClientErrorStatus;
  "5XX": ServerErrorStatus;
}

type ErrorStatus = RedirectStatus | ClientErrorStatus | ServerErrorStatus;

/** The documented successes: `200`, `201`, ..., `2XX`. */
type SuccessKey<Responses> = {
  [Key in keyof Responses]: Key extends string | number
    ? `${Key}` extends `2${string}`
      ? Key
      : never
    : never;
}[keyof Responses];

/** The arm of one documented key. `2XX` and `default` are covered by the arms of the rest. */
type Arm<Responses, Key extends keyof Responses> = Key extends number
  ? `${Key}` extends `2${string}`
    ? Success<Key, Responses[Key]>
    : Failure<Key, Responses[Key]>
  : Key extends "3XX" | "4XX" | "5XX"
    ? Failure<Exclude<StatusOfRange[Key], keyof Responses>, Responses[Key]>
    : never;

/** The statuses of ranges that the document does not mention. */
type Rest<Responses> = Exclude<
  ErrorStatus,
  keyof Responses | StatusOfRange[Extract<keyof Responses, keyof StatusOfRange>]
>;

type Undocumented<Responses> = Failure<
  Rest<Responses>,
  Responses extends { default: infer Body } ? Body : unknown
>;
