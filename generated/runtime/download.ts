import { contentLength, isEncoded } from "./content-length.js";
import { race, wait } from "./deadline.js";
import { ApiError, ClientError, ConnectionError, DecodeError, TimeoutError } from "./errors.js";
import type { Operation } from "./errors.js";
import { follow } from "./followers.js";
import type { Middleware } from "./middleware.js";
import type { HeaderValues } from "./options.js";
import type { ProgressListener } from "./progress.js";
import type { RetryOptions } from "./retry.js";

/** Starts the call that downloads: `(options) => api.getFile({ path }, options)`. */
export type DownloadCall = (options: DownloadCallOptions) => DownloadAnswer;

/** What a {@link DownloadCall} has to pass on to the method. */
export interface DownloadCallOptions {
  readonly headers: HeaderValues;
  readonly signal: AbortSignal;
  readonly middleware: readonly Middleware[];
}

/** What a {@link DownloadCall} returns: the `ApiPromise` of any method. */
export interface DownloadAnswer extends PromiseLike<unknown> {
  asResponse(): Promise<Response>;
}

/** Settings of a download. */
export interface DownloadOptions {
  /** The first byte that is wanted, from 0, as with `Blob.slice`. Default 0. */
  readonly start?: number | undefined;
  /** The byte before which to end, as with `Blob.slice`. Default: the file's end. */
  readonly end?: number | undefined;
  /**
   * The `validator` of an earlier download that these bytes go on with. If the file has changed since,
   * the download fails with a {@link DownloadChangedError}.
   */
  readonly ifRange?: string | undefined;
  /** Ends the download; the stream then fails with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How often in a row the download may break off without bringing a byte, or more about it. Default 5,
   * with delays of up to 0.5, 1, 2, ... and at most 8 seconds.
   */
  readonly retry?: number | Pick<RetryOptions, "limit" | "baseDelay" | "maxDelay"> | undefined;
  /** How long to wait for the next bytes before asking anew, in milliseconds. Default 60,000; `0` means no limit. */
  readonly stallTimeout?: number | undefined;
  /** Told how many bytes have been given out, and how many there will be. */
  readonly onProgress?: ProgressListener | undefined;
}

/** A file on its way. */
export interface Download {
  /**
   * The bytes. Where the connection breaks, the rest is asked for; cancelling closes it. It fails with
   * a `ClientError`, or with the reason of the signal.
   */
  readonly stream: ReadableStream<Uint8Array>;
  /** The headers of the first answer. */
  readonly headers: Headers;
  /** The size of the whole file, in bytes, if the service tells it. */
  readonly size: number | undefined;
  /**
   * What names this state of the file: its strong entity tag, or the time of its last change. With it
   * and `start` a later download can go on where this one ended. Undefined if there is none; then
   * what breaks off cannot be resumed.
   */
  readonly validator: string | undefined;
}

/** What is known of a copy at hand, from the headers it came with. */
export interface KnownCopy {
  /** Its `ETag`. */
  readonly etag?: string | null | undefined;
  /** Its `Last-Modified`. */
  readonly lastModified?: string | null | undefined;
}

/** The file is no longer the one of which the first bytes are: they are of no use any more. */
export class DownloadChangedError extends ClientError {
  constructor(operation: Operation) {
    super(operation, "cannot go on: the file has changed since its first bytes came; start again");
  }

  override get name(): string {
    return "DownloadChangedError";
  }
}

/**
 * Downloads a file as a stream that survives broken connections (RFC 9110, section 14): the rest is
 * asked for with `Range` and `If-Range`, so that it can only be of the same state of the file.
 *
 * @throws what the call rejects with, an `ApiError` for a status outside 2xx among them.
 */
export async function download(
  call: DownloadCall,
  options: DownloadOptions = {},
): Promise<Download> {
  const transfer = new Transfer(call, options);
  const opened = await transfer.open({});
  if (opened === undefined) throw new TypeError("download: 304 without a condition");
  return opened;
}

/**
 * Downloads a file unless the copy at hand is what it still is (RFC 9110, section 13).
 *
 * @returns undefined if it has not changed (304).
 * @throws like {@link download}.
 */
export async function downloadIfChanged(
  call: DownloadCall,
  { etag, lastModified }: KnownCopy,
  options: DownloadOptions = {},
): Promise<Download | undefined> {
  return new Transfer(call, options).open({
    "if-none-match": etag ?? undefined,
    // Not looked at beside an entity tag, which knows better.
    "if-modified-since": lastModified ?? undefined,
  });
}

/** The statuses after which the rest may be asked for once more. */
const TRANSIENT = [408, 425, 429, 500, 502, 503, 504];

/** One download, with as many calls as it takes. */
class Transfer {
  readonly #call: DownloadCall;
  readonly #options: DownloadOptions;
  /** Where the last byte that is wanted ends, if that is said. */
  readonly #wantedEnd: number | undefined;
  readonly #controller = new AbortController();
  #unfollow: (() => void) | undefined;
  #operation: Operation | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  /** Where the next byte that is given out stands in the file. */
  #position: number;
  /** How many bytes of the body that is being read come before that. */
  #skip = 0;
  /** Where the last byte that is given out ends, if that is known. */
  #end: number | undefined;
  #size: number | undefined;
  #validator: string | undefined;
  #failures = 0;

  constructor(call: DownloadCall, options: DownloadOptions) {
    const { start = 0, end = Infinity } = options;
    const isWhole = [start, end].every((place) => Number.isInteger(place) || place === Infinity);
    if (!isWhole || !(start >= 0 && start < end)) {
      throw new RangeError(
        "download: `start` and `end` must be whole numbers, 0 or more, in order",
      );
    }
    this.#call = call;
    this.#options = options;
    this.#position = start;
    this.#validator = options.ifRange;
    this.#wantedEnd = end === Infinity ? undefined : end;
    this.#end = this.#wantedEnd;
  }

  /** Sends the first call. */
  async open(conditions: HeaderValues): Promise<Download | undefined> {
    const { signal } = this.#options;
    signal?.throwIfAborted();
    this.#follow();
    try {
      const response = await this.#ask(conditions);
      if (response === undefined) {
        this.#finish();
        return undefined;
      }
      this.#begin(response);
      const stream = new ReadableStream<Uint8Array>(
        {
          pull: (controller) => this.#pull(controller),
          cancel: (reason) => this.#cancel(reason),
        },
        { highWaterMark: 0 },
      );
      this.#finish();
      this.#follow(stream);
      this.#report();
      const { headers } = response;
      return { stream, headers, size: this.#size, validator: this.#validator };
    } catch (error) {
      await this.#cancel(error);
      throw error;
    }
  }

  /**
   * Asks for the file from the current position on.
   *
   * @returns undefined if the conditions are not met.
   */
  async #ask(conditions: HeaderValues = {}): Promise<Response | undefined> {
    const last = this.#wantedEnd === undefined ? "" : this.#wantedEnd - 1;
    const isPart = this.#position > 0 || last !== "";
    const answer = this.#call({
      headers: {
        // A position counts the bytes of the encoded form, which nobody sees.
        "accept-encoding": "identity",
        range: isPart ? `bytes=${this.#position}-${last}` : undefined,
        "if-range": isPart ? this.#validator : undefined,
        ...conditions,
      },
      signal: this.#controller.signal,
      middleware: [
        ({ operation }, next) => {
          this.#operation = operation;
          return next();
        },
      ],
    });
    const response = await answer.asResponse();
    const { status, headers } = response;
    if (this.#operation === undefined) throw new TypeError(NOT_PASSED_ON);
    if (status === 304 && Object.keys(conditions).length > 0) return undefined;
    // There is nothing after the position (RFC 9110, section 14.4).
    const isAll =
      status === 416 && headers.get("content-range") === `bytes */${String(this.#position)}`;
    if (!response.ok && !isAll) await answer;
    return response;
  }

  /** Takes the first answer as that which all others must fit. */
  #begin(response: Response): void {
    const { status, headers } = response;
    const { start = 0, ifRange } = this.#options;
    this.#place(response);
    this.#validator = validatorOf(headers) ?? (status === 200 ? undefined : ifRange);
    if (start === 0 || ifRange === undefined) return;
    const current = stateIn(headers, ifRange);
    // Some services send the range of whatever the file is by now.
    const isOther = current !== null && current !== ifRange;
    if (isOther || (status === 200 && this.#validator !== ifRange)) throw this.#changed();
  }

  /** Takes the answer to a call for the rest. */
  #continue(response: Response): void {
    const known = this.#validator;
    const current = stateIn(response.headers, known);
    const isOther = known !== undefined && current !== null && current !== known;
    // A service that knows no ranges sends everything again.
    const isWhole = response.status === 200 && !this.#isUntouched;
    if (isOther || (isWhole && current !== known)) throw this.#changed();
    this.#place(response);
  }

  /** Finds out what a body holds of the file. */
  #place(response: Response): void {
    const { status, body } = response;
    if (status === 416) body?.cancel().catch(ignore);
    this.#reader = (status !== 416 && body ? body : new Blob([]).stream()).getReader();
    const { first, size } = this.#rangeOf(response);
    if (this.#size !== undefined && size !== undefined && this.#size !== size)
      throw this.#changed();
    this.#skip = this.#position - first;
    this.#size ??= size;
    if (this.#size !== undefined) this.#end = Math.min(this.#size, this.#wantedEnd ?? Infinity);
  }

  #rangeOf(response: Response): { readonly first: number; readonly size: number | undefined } {
    const { status, headers } = response;
    if (status === 416) return { first: this.#position, size: this.#position };
    if (status !== 206) return { first: 0, size: contentLength(headers) };
    const range = parseRange(headers.get("content-range") ?? "");
    if (range?.first === this.#position && !isEncoded(headers)) return range;
    throw new DecodeError(this.#described, response, "is not the range that was asked for");
  }

  /** Whether no byte has been given out yet. */
  get #isUntouched(): boolean {
    return this.#position === (this.#options.start ?? 0);
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    for (;;) {
      try {
        const chunk = await this.#next();
        if (chunk === undefined) {
          this.#finish();
          controller.close();
          await this.#reader?.cancel();
          return;
        }
        if (chunk.byteLength > 0) {
          this.#position += chunk.byteLength;
          this.#failures = 0;
          controller.enqueue(chunk);
          this.#report();
          return;
        }
      } catch (error) {
        await this.#recover(error).catch(async (reason: unknown) => {
          await this.#cancel(reason);
          throw reason;
        });
      }
    }
  }

  /** Reads on; gives nothing of a chunk that had been given out before, and undefined at the end. */
  async #next(): Promise<Uint8Array | undefined> {
    if (this.#position === this.#end) return undefined;
    if (this.#reader === undefined) {
      const response = await this.#ask();
      if (response !== undefined) this.#continue(response);
    }
    const value = await this.#read();
    if (value === undefined) {
      // Where no length is told, this is how a file ends.
      if (this.#end === undefined || this.#position >= this.#end) return undefined;
      throw new ConnectionError(this.#described, new Error("the body ended early"));
    }
    const from = Math.min(this.#skip, value.byteLength);
    this.#skip -= from;
    return value.subarray(from, from + (this.#end ?? Infinity) - this.#position);
  }

  /** Reads a chunk; undefined at the end of the body. */
  async #read(): Promise<Uint8Array | undefined> {
    const { stallTimeout = 60_000 } = this.#options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stall = new Promise<never>((_resolve, reject) => {
      // Timers run with 32 bits: a longer one would fire at once.
      if (!(stallTimeout > 0 && stallTimeout < 2 ** 31)) return;
      timer = setTimeout(() => {
        reject(new TimeoutError(this.#described, stallTimeout));
      }, stallTimeout);
    });
    try {
      const read = Promise.race([this.#reader?.read(), stall]);
      return (await race(read, this.#controller.signal))?.value;
    } catch (error) {
      throw error instanceof TimeoutError ? error : new ConnectionError(this.#described, error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits until the rest may be asked for; throws if it may not. */
  async #recover(error: unknown): Promise<void> {
    const { signal } = this.#controller;
    const { retry = {} } = this.#options;
    const {
      limit = 5,
      baseDelay = 500,
      maxDelay = 8_000,
    } = typeof retry === "number" ? { limit: retry } : retry;
    this.#failures += 1;
    if (
      signal.aborted ||
      this.#failures > limit ||
      !isTransient(error) ||
      // Without it nobody knows whether what comes is of the same file; but nothing has come yet.
      (this.#validator === undefined && !this.#isUntouched)
    ) {
      throw signal.aborted ? signal.reason : error;
    }
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.cancel().catch(ignore);
    await wait(Math.random() * Math.min(maxDelay, baseDelay * 2 ** (this.#failures - 1)), signal);
  }

  /** Closes the connection, and ends whatever is being waited for. */
  async #cancel(reason: unknown): Promise<void> {
    this.#finish();
    this.#controller.abort(reason);
    await this.#reader?.cancel(reason).catch(ignore);
  }

  /** Obeys the caller's signal; once the stream is there, for as long as it is in use. */
  #follow(stream?: object): void {
    const { signal } = this.#options;
    const abort = (): void => {
      this.#controller.abort(signal?.reason);
    };
    this.#unfollow = signal && follow(signal, abort, stream);
  }

  #finish(): void {
    this.#unfollow?.();
    this.#unfollow = undefined;
  }

  #report(): void {
    const { start = 0, onProgress } = this.#options;
    onProgress?.(this.#position - start, this.#end === undefined ? undefined : this.#end - start);
  }

  #changed(): DownloadChangedError {
    return new DownloadChangedError(this.#described);
  }

  get #described(): Operation {
    if (this.#operation === undefined) throw new TypeError(NOT_PASSED_ON);
    return this.#operation;
  }
}

const NOT_PASSED_ON = "download: pass the options on: (options) => api.method(params, options)";

/** What another attempt may change. */
function isTransient(error: unknown): boolean {
  if (error instanceof ApiError) return TRANSIENT.includes(error.status);
  return error instanceof ConnectionError || error instanceof TimeoutError;
}

/**
 * What names the state of a file for `If-Range` (RFC 9110, section 13.1.5): a strong entity tag, or a
 * time of last change that was at least a second ago (section 8.8.2.2), for two changes may be within one.
 */
function validatorOf(headers: Headers): string | undefined {
  if (isEncoded(headers)) return undefined;
  const etag = headers.get("etag");
  if (etag?.startsWith('"') === true) return etag;
  const modified = headers.get("last-modified") ?? "";
  // Browsers show the clock of another origin only if it exposes `Date`; ours may be off by a minute.
  const now = Date.parse(headers.get("date") ?? "") || Date.now() - 60_000;
  return now - Date.parse(modified) >= 1_000 ? modified : undefined;
}

/** What an answer says of the file's state, in the words of a validator; null if nothing. */
function stateIn(headers: Headers, validator: string | undefined): string | null {
  return headers.get(validator?.startsWith('"') === true ? "etag" : "last-modified");
}

/** The place of a part (RFC 9110, section 14.4). */
function parseRange(text: string): { first: number; size: number | undefined } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(text);
  if (match === null) return undefined;
  return { first: Number(match[1]), size: match[2] === "*" ? undefined : Number(match[2]) };
}

function ignore(): undefined {
  return undefined;
}
