import type { ClientError } from "./errors.js";
import type { HeaderValues } from "./options.js";
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
  /** Default style: form, exploded. */
  readonly cookies?: Parameters | undefined;
  readonly body?: RequestBody | undefined;
  /** The `Accept` header. Default `application/json`. */
  readonly accept?: string | undefined;
  /** How a successful answer is decoded. Default `json`. */
  readonly response?: ResponseDecoding | undefined;
  /** Alternatives; none of them means that no credential is sent. */
  readonly security: readonly SecurityRequirement[];
  /** Where the document overrides the servers for this path or operation. */
  readonly server?: Server | undefined;
  /**
   * A URL that the service itself gave for this request, such as a link to the next page. It takes the
   * place of path and query, and must have the origin of the base URL.
   */
  readonly url?: string | undefined;
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

/** A request body that has not been encoded yet. */
export interface RequestBody {
  /** The `Content-Type` header; left to the platform where it is undefined (multipart). */
  readonly contentType?: string | undefined;
  /** True for a body that can be read only once: it is never sent a second time. */
  readonly once?: boolean | undefined;
  /** Encodes the body; called once per attempt. */
  encode(): RequestInit["body"];
}

/** How one response body becomes a value. `none` does not read the body. */
export type BodyDecoding = "json" | "text" | "blob" | "none" | Decoder;

/** A decoding for each media type (`text/csv`, `text/*`); the most specific match wins. */
export type DecodingByMediaType = Readonly<Record<string, BodyDecoding>>;

/** A decoding for each status: `200`, `2XX` or `default`. */
export interface DecodingByStatus {
  readonly [status: number]: BodyDecoding | DecodingByMediaType;
  readonly "2XX"?: BodyDecoding | DecodingByMediaType | undefined;
  readonly default?: BodyDecoding | DecodingByMediaType | undefined;
}

/** How the bodies of an operation's successful answers become values. */
export type ResponseDecoding = BodyDecoding | DecodingByMediaType | DecodingByStatus;

/** Decodes a successful response in a way of its own, such as `eventStream`. */
export type Decoder = (response: Response, exchange: DecodeContext) => unknown;

/** What a {@link Decoder} can know and do beside the response. */
export interface DecodeContext {
  /** Aborted when the caller or the timeout ends the call. */
  readonly signal: AbortSignal;
  /** How much of a body may be read into memory, in bytes, if the options say so. */
  readonly limit: number | undefined;
  /** Makes the error for a body that cannot be decoded; `text` is what there was of it. */
  undecodable(problem: string, text?: string): ClientError;
  /** Turns whatever reading the body threw into the error that the caller gets. */
  readFailure(error: unknown): unknown;
  /**
   * Sends the call again, with more headers (`Last-Event-ID`, `Range`): credentials, retries and all.
   * Rejects with an `ApiError` unless the answer is a success.
   */
  again(headers: HeaderValues): Promise<{ response: Response; context: DecodeContext }>;
  /**
   * Says that the body is read after the decoder has returned: the timeout ends now.
   *
   * @returns what to call when the body is no longer read.
   */
  keepOpen(): () => void;
}
