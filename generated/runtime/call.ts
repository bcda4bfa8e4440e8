import type { ClientError } from "./errors.js";
import type { Exchange } from "./exchange.js";
import type { HeaderValues } from "./options.js";
import type { Refuse } from "./refuse.js";
import type { SecurityRequirement, Server } from "./service.js";

/** The description of one call, as a generated method gives it to the runtime: data only. */
export interface Call {
  readonly operationId: string;
  readonly method: string;
  /** The document's path template, such as `/videos/{id}`. */
  readonly path: string;
  /** Values for the `{name}`s of the path. Default style: simple. */
  readonly pathParams?: Parameters | undefined;
  /** Default style: form, exploded. */
  readonly query?: Parameters | undefined;
  /** Default style: simple. */
  readonly headers?: Parameters | undefined;
  /** What `cookies` of `cookies.ts` made of the cookie parameters. */
  readonly cookies?: HeadWriter | undefined;
  readonly body?: RequestBody | undefined;
  /** The `Accept` header. Default `application/json`. */
  readonly accept?: string | undefined;
  /** How a successful answer is decoded. Default `asJson`. */
  readonly response?: Decoder | undefined;
  /** Parses the JSON of an error; where it throws, the body is the text. Default `JSON.parse`. */
  readonly parseError?: ((text: string, status: number) => unknown) | undefined;
  /** Alternatives; none of them means that no credential is sent. */
  readonly security: readonly SecurityRequirement[];
  /** Where the document overrides the servers for this path or operation. */
  readonly server?: Server | undefined;
  /**
   * Gives the URL that takes the place of path and query, such as the service's own link to the next
   * page, after checking it against that of the server: credentials go with it.
   */
  readonly url?: ((server: string, refuse: Refuse) => string) | undefined;
  /** Whether the request may be repeated, where that is not what its method promises (RFC 9110, section 9.2.2). */
  readonly idempotent?: boolean | undefined;
}

/** Parameter values by wire name. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/**
 * A parameter's value: a scalar, a `Date` (sent as ISO 8601), an array or object of those, or what
 * a function of `styles.ts` made of one. `undefined` and `null` are left out, as are empty arrays
 * and objects (RFC 6570, section 2.3: undefined values).
 */
export type ParameterValue = string | number | bigint | boolean | object | null | undefined;

/** Writes a part of a request's head that few requests have. */
export type HeadWriter = (url: string, headers: Headers, refuse: Refuse) => void;

/** A request body that has not been encoded yet. */
export interface RequestBody {
  /** The `Content-Type` header; left to the platform where it is undefined (multipart). */
  readonly contentType?: string | undefined;
  /** True for a body that can be read only once: it is never sent a second time. */
  readonly once?: boolean | undefined;
  /** Encodes the body; called once per attempt. */
  encode(): RequestInit["body"];
}

/** Decodes the body of a successful answer, such as `asText` or `eventStream`. */
export interface Decoder {
  (response: Response, context: DecodeContext): unknown;
  /** What stands for an answer that has no body. Default: `undefined`. */
  readonly ofNothing?: Decoder;
}

/** What a {@link Decoder} can know and do beside the response. */
export interface DecodeContext {
  readonly call: Call;
  /** Aborted when the caller or the timeout ends the call. */
  readonly signal: AbortSignal;
  /** How much of a body may be read into memory, in bytes, if the options say so. */
  readonly limit: number | undefined;
  /** Makes the error for a body that cannot be decoded; `text` is what there was of it. */
  readonly undecodable: (problem: string, text?: string) => ClientError;
  /** Turns whatever reading the body threw into the error that the caller gets. */
  readonly readFailure: (error: unknown) => unknown;
  /**
   * Sends the call again, with more headers (`Last-Event-ID`, `Range`): as a call of its own. The
   * signal ends it, by default that of the caller.
   */
  readonly again: (headers: HeaderValues, signal?: AbortSignal) => Promise<Exchange>;
  /**
   * Says that the body is read after the decoder has returned: the timeout ends now.
   *
   * @returns what to call when the body is no longer read.
   */
  readonly keepOpen: () => () => void;
}
