/*
 * What the cases and the server tell each other, as JSON, on paths below the base URL of a case:
 * `POST /-/faults` says what is to go wrong, `POST /-/expire` ends all access tokens, `GET /-/journal`
 * gives what came in.
 */

/** What happens to a request, beside or instead of the service's own answer. */
export interface Fault {
  /**
   * - `none`: nothing;
   * - `answer`: `status`, `headers` and `body` are sent, and the service does nothing;
   * - `reset`: the connection is reset, and the service does nothing;
   * - `lose`: the service does what it is asked, but the connection is reset;
   * - `stall`: the service does what it is asked, but its answer does not come.
   */
  readonly kind: "none" | "answer" | "reset" | "lose" | "stall";
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How much of the body is sent before `lose` or `stall`, in bytes; without it not even the head is. */
  readonly after?: number;
  /** For all requests from now on, where otherwise it is for one. */
  readonly always?: true;
}

/** A request as it came in. */
export interface JournalEntry {
  /** The port it came to: there is a second origin. */
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Bytes of the body. */
  readonly length: number;
  /** What a multipart form held. */
  readonly parts: readonly UploadedPart[];
  /** Whether the client went away before its answer was complete. */
  isClosed: boolean;
}

/** A part of a multipart form: text, or a file. */
export type UploadedPart =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly file: string;
      readonly type: string;
      readonly length: number;
    };
