import { wait } from "../runtime/deadline.js";
import { ClientError, ConnectionError, TimeoutError, type Operation } from "../runtime/errors.js";
import { follow } from "../runtime/followers.js";
import { isFilePart } from "../runtime/multipart.js";
import { askedDelay } from "../runtime/retry.js";

/*
 * The resumable uploads of PeerTube: a file is announced, and sent in chunks of which the server keeps
 * what has arrived. Whatever breaks - a connection, the server, this program - the upload goes on from
 * there, with the file that it was begun with and no other.
 */

/** Chunks must be multiples of this, in bytes; only the last one may be shorter. */
const CHUNK_UNIT = 262_144;

/** Settings of an upload. */
export interface ResumableUploadOptions {
  /** Ends the upload; it can be resumed. {@link ResumableUpload.send} rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Where the state is kept, so that another run of the program can go on. */
  readonly store?: UploadStore | undefined;
  /**
   * The size of a chunk, in bytes: a multiple of 262,144, and not more than `maxChunkSize` in the
   * server's configuration, if that is set. Default 8,388,608.
   */
  readonly chunkSize?: number | undefined;
  /** How long sending one chunk may take, in milliseconds. Default 300,000. */
  readonly chunkTimeout?: number | undefined;
  /** How often in a row it is tried again without any progress. Default 8. */
  readonly retryLimit?: number | undefined;
  /**
   * The first delay is between 0 and this, in milliseconds; each further one may be twice as long.
   * Default 1,000. `Retry-After` of up to ten minutes is obeyed.
   */
  readonly baseDelay?: number | undefined;
  /** Told how many bytes the server has, and how many there are. The number can go back. */
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
}

/** Keeps the state of one upload: in a file, in `localStorage`, ... */
export interface UploadStore {
  load(): UploadState | null | undefined | Promise<UploadState | null | undefined>;
  /** Called before each chunk; at the end with `undefined`, to forget the state. */
  save(state: UploadState | undefined): void | Promise<void>;
}

/** What must be known to go on with an upload: plain data, for JSON. */
export interface UploadState {
  /** What the server calls the upload. */
  readonly uploadId: string;
  /** The size of the file, in bytes. */
  readonly size: number;
  readonly chunkSize: number;
  /** How many bytes have been sent, or are about to be: the server has no more than these. */
  readonly sent: number;
  /**
   * The checksum of these bytes: over the SHA-256 of each chunk a chain of SHA-256, in hexadecimal. By it
   * a file is known again. Empty where the platform makes no digests (pages that came without TLS).
   */
  readonly checksum: string;
}

/** What a call gives in the end: `.result()` of the generated methods. */
type UploadAnswer<Data> =
  | {
      readonly ok: true;
      readonly status: number;
      readonly data: Data;
      readonly headers: Headers;
    }
  | {
      readonly ok: false;
      readonly status: number;
      readonly error: Error;
      readonly headers: Headers;
    };

/** What the generated methods return, as far as it is used. */
interface UploadCall<Data> {
  result(): Promise<UploadAnswer<Data>>;
}

/** What is passed to the generated methods. */
interface UploadCallOptions {
  readonly signal: AbortSignal;
  readonly timeout: number;
  readonly retry: number;
}

/** How a file is announced. */
interface FileHeaders {
  "X-Upload-Content-Length": number;
  "X-Upload-Content-Type": string;
}

/** A chunk and its place. */
interface ChunkParams {
  upload_id: string;
  "Content-Range": string;
  body: Blob;
}

/** The methods of `VideoApi` that {@link uploadVideo} uses. */
interface VideoUploads<Body, Data> {
  uploadResumableInit(
    params: FileHeaders & { body: Body; contentType: "application/json" | "multipart/form-data" },
    options: UploadCallOptions,
  ): UploadCall<unknown>;
  uploadResumable(params: ChunkParams, options: UploadCallOptions): UploadCall<Data>;
  uploadResumableCancel(
    params: { upload_id: string },
    options: UploadCallOptions,
  ): UploadCall<unknown>;
}

/** The methods of `VideoApi` that {@link replaceVideoSource} uses. */
interface VideoSourceUploads<Body, Data> {
  replaceVideoSourceResumableInit(
    params: FileHeaders & { id: number | string; body: Body },
    options: UploadCallOptions,
  ): UploadCall<unknown>;
  replaceVideoSourceResumable(
    params: ChunkParams & { id: number | string },
    options: UploadCallOptions,
  ): UploadCall<Data>;
  replaceVideoSourceResumableCancel(
    params: { upload_id: string; id: number | string },
    options: UploadCallOptions,
  ): UploadCall<unknown>;
}

/** The methods of `UserImportsApi` that {@link importArchive} uses. */
interface ArchiveUploads<Body, Data> {
  userImportResumableInit(
    params: FileHeaders & { userId: number; body: Body },
    options: UploadCallOptions,
  ): UploadCall<unknown>;
  userImportResumable(
    params: ChunkParams & { userId: number },
    options: UploadCallOptions,
  ): UploadCall<Data>;
  userImportResumableCancel(
    params: { upload_id: string; userId: number },
    options: UploadCallOptions,
  ): UploadCall<unknown>;
}

/**
 * Prepares the upload of a new video: `await uploadVideo(peertube.video, { file, body }).send()`.
 *
 * With `lastModified` in the body the server finds an upload again that it knows of, also where there is
 * no store; it then goes by name, size and time of the file alone.
 */
export function uploadVideo<Body extends object, Data>(
  api: VideoUploads<Body, Data>,
  { file, body }: { readonly file: Blob; readonly body: Body },
  options: ResumableUploadOptions = {},
): ResumableUpload<Data> {
  const hasFiles = Object.values(body).some(isFilePart);
  const contentType = hasFiles ? "multipart/form-data" : "application/json";
  return new ResumableUpload(file, options, {
    operation: operation("uploadResumable", "/api/v1/videos/upload-resumable"),
    announce: (headers, more) => api.uploadResumableInit({ ...headers, body, contentType }, more),
    send: (chunk, more) => api.uploadResumable(chunk, more),
    cancel: (upload_id, more) => api.uploadResumableCancel({ upload_id }, more),
  });
}

/** Prepares the upload of a file that takes the place of a video's: `await replaceVideoSource(...).send()`. */
export function replaceVideoSource<Body, Data>(
  api: VideoSourceUploads<Body, Data>,
  params: { readonly file: Blob; readonly id: number | string; readonly body: Body },
  options: ResumableUploadOptions = {},
): ResumableUpload<Data> {
  const { file, id, body } = params;
  const path = "/api/v1/videos/{id}/source/replace-resumable";
  return new ResumableUpload(file, options, {
    operation: operation("replaceVideoSourceResumable", path),
    announce: (headers, more) =>
      api.replaceVideoSourceResumableInit({ ...headers, id, body }, more),
    send: (chunk, more) => api.replaceVideoSourceResumable({ ...chunk, id }, more),
    cancel: (upload_id, more) => api.replaceVideoSourceResumableCancel({ upload_id, id }, more),
  });
}

/** Prepares the upload of an archive of an account, to import it: `await importArchive(...).send()`. */
export function importArchive<Body, Data>(
  api: ArchiveUploads<Body, Data>,
  params: { readonly file: Blob; readonly userId: number; readonly body: Body },
  options: ResumableUploadOptions = {},
): ResumableUpload<Data> {
  const { file, userId, body } = params;
  const path = "/api/v1/users/{userId}/imports/import-resumable";
  return new ResumableUpload(file, options, {
    operation: operation("userImportResumable", path),
    announce: (headers, more) => api.userImportResumableInit({ ...headers, userId, body }, more),
    send: (chunk, more) => api.userImportResumable({ ...chunk, userId }, more),
    cancel: (upload_id, more) => api.userImportResumableCancel({ upload_id, userId }, more),
  });
}

function operation(operationId: string, path: string): Operation {
  return { service: "PeerTube", operationId, method: "PUT", path };
}

/** The file is not the one of which the server has the beginning. Nothing of it has been sent. */
export class UploadFileChangedError extends ClientError {
  constructor(of: Operation) {
    super(
      of,
      "cannot go on: the file is not the one that the stored upload was begun with; cancel that one first",
    );
  }

  override get name(): string {
    return "UploadFileChangedError";
  }
}

/** The calls of one kind of upload. */
interface UploadTarget<Data> {
  readonly operation: Operation;
  announce(headers: FileHeaders, options: UploadCallOptions): UploadCall<unknown>;
  send(chunk: ChunkParams, options: UploadCallOptions): UploadCall<Data>;
  cancel(uploadId: string, options: UploadCallOptions): UploadCall<unknown>;
}

/** How often an upload that the server has forgotten is begun again. */
const RESTART_LIMIT = 2;

/** The statuses after which the server is asked where it stands: a chunk in the wrong place, or a moment's trouble. */
const TRANSIENT = [408, 409, 423, 425, 429, 500, 502, 503, 504];

/** An upload that can be sent, interrupted, sent on and cancelled. */
export class ResumableUpload<Data> {
  readonly #file: Blob;
  readonly #options: ResumableUploadOptions;
  readonly #target: UploadTarget<Data>;
  #controller = new AbortController();
  #isSending = false;
  #uploadId: string | undefined;
  /** How much the server has; undefined if it has to be asked. */
  #position: number | undefined;
  /** The most that the server ever had. */
  #peak = 0;
  #failures = 0;
  #restarts = 0;
  #checksum: Checksum;

  constructor(file: Blob, options: ResumableUploadOptions, target: UploadTarget<Data>) {
    const { chunkSize = 32 * CHUNK_UNIT } = options;
    if (!isChunkSize(chunkSize)) {
      throw new RangeError("upload: `chunkSize` must be a multiple of 262,144");
    }
    this.#file = file;
    this.#options = options;
    this.#target = target;
    this.#checksum = new Checksum(file, chunkSize);
  }

  /**
   * Sends the file, or what the server does not have of it yet.
   *
   * @returns what the server answers when it has all of it.
   * @throws {@link UploadFileChangedError} if the stored upload is of another file; the `ApiError`, or
   *   whatever else the calls are rejected with, if trying again does not help. The state is kept then.
   */
  async send(): Promise<Data> {
    // Two at once would each move the other's place in the file.
    if (this.#isSending && !this.#controller.signal.aborted)
      throw this.#error("is on its way already: wait for the end of `send`");
    const { signal } = this.#options;
    const controller = new AbortController();
    const abort = (): void => {
      controller.abort(signal?.reason);
    };
    this.#isSending = true;
    this.#controller = controller;
    const unfollow = signal && follow(signal, abort);
    if (signal?.aborted === true) abort();
    try {
      this.#failures = this.#restarts = 0;
      await this.#resume();
      let answer: { readonly data: Data } | undefined;
      while (answer === undefined) {
        controller.signal.throwIfAborted();
        if (this.#uploadId === undefined) await this.#announce();
        else answer = await this.#step();
      }
      await this.#options.store?.save(undefined);
      return answer.data;
    } finally {
      unfollow?.();
      if (this.#controller === controller) this.#isSending = false;
    }
  }

  /**
   * Gives the upload up: ends {@link send}, which rejects with an `AbortError`, and makes the server forget
   * what it has. Also for an upload of which there is nothing but the stored state.
   */
  async cancel(): Promise<void> {
    const { store } = this.#options;
    this.#controller.abort(new DOMException("The upload was cancelled.", "AbortError"));
    const uploadId = this.#uploadId ?? (await store?.load())?.uploadId;
    this.#uploadId = undefined;
    if (uploadId !== undefined) {
      const { signal } = new AbortController();
      const call = this.#target.cancel(uploadId, { signal, timeout: 30_000, retry: 2 });
      const answer = await call.result();
      // What it does not know, it need not forget.
      if ("error" in answer && answer.status !== 404) throw answer.error;
    }
    await store?.save(undefined);
  }

  /** Takes up the stored upload, if there is one, once it is sure that it is of this file. */
  async #resume(): Promise<void> {
    this.#position = undefined;
    const state = await this.#options.store?.load();
    if (state === undefined || state === null) return;
    if (typeof state.uploadId !== "string" || !isChunkSize(state.chunkSize)) {
      throw this.#error("cannot go on: what the store holds is not the state of an upload");
    }
    const checksum = new Checksum(this.#file, state.chunkSize);
    await checksum.cover(state.sent);
    if (state.size !== this.#file.size || checksum.value !== state.checksum) {
      throw new UploadFileChangedError(this.#target.operation);
    }
    this.#checksum = checksum;
    this.#uploadId = state.uploadId;
  }

  /** Announces the file. Of the place in `Location` only the upload's name counts: chunks go where all calls go. */
  async #announce(): Promise<void> {
    const headers = {
      "X-Upload-Content-Length": this.#file.size,
      "X-Upload-Content-Type":
        this.#file.type === "" ? "application/octet-stream" : this.#file.type,
    };
    const answer = await this.#try((options) => this.#target.announce(headers, options));
    if (answer === undefined) return;
    if ("error" in answer) throw answer.error;
    const uploadId = uploadIdOf(answer.headers);
    if (uploadId === undefined) {
      throw this.#error("cannot begin: the server named no upload_id in `Location`");
    }
    this.#uploadId = uploadId;
    // It may know the upload from before.
    this.#position = answer.status === 201 ? 0 : undefined;
  }

  /** Sends a chunk, or asks where the server stands; gives the answer to the last one. */
  async #step(): Promise<{ readonly data: Data } | undefined> {
    const chunk = await this.#chunk();
    const answer = await this.#try((options) => this.#target.send(chunk, options));
    if (answer === undefined) return undefined;
    if ("data" in answer) {
      this.#options.onProgress?.(this.#file.size, this.#file.size);
      return answer;
    }
    if (answer.status === 308) await this.#moveTo(positionOf(answer.headers), chunk, answer);
    else if (answer.status === 404 && this.#restarts < RESTART_LIMIT) await this.#forget();
    else throw answer.error;
    return undefined;
  }

  /** The next chunk, or none, which asks the server where it stands. Its state is stored before it is sent. */
  async #chunk(): Promise<ChunkParams> {
    const { size } = this.#file;
    const { chunkSize } = this.#checksum;
    const upload_id = this.#uploadId ?? "";
    const start = this.#position;
    if (start === undefined || start >= size) {
      return { upload_id, "Content-Range": `bytes */${size}`, body: new Blob([]) };
    }
    const end = Math.min(size, (Math.floor(start / chunkSize) + 1) * chunkSize);
    await this.#checksum.cover(end);
    // What was cancelled in between must not be stored again.
    this.#controller.signal.throwIfAborted();
    await this.#options.store?.save({
      uploadId: upload_id,
      size,
      chunkSize,
      sent: this.#checksum.covered,
      checksum: this.#checksum.value,
    });
    this.#controller.signal.throwIfAborted();
    return {
      upload_id,
      "Content-Range": `bytes ${start}-${end - 1}/${size}`,
      body: this.#file.slice(start, end),
    };
  }

  /** Goes to where the server stands, which may also be further back: after a crash of its own. */
  async #moveTo(
    position: number,
    { body }: ChunkParams,
    answer: UploadAnswer<Data> & { readonly ok: false },
  ): Promise<void> {
    const { size } = this.#file;
    const start = this.#position ?? 0;
    this.#position = position;
    this.#options.onProgress?.(Math.min(position, size), size);
    if (position > this.#peak) {
      this.#peak = position;
      this.#failures = 0;
    }
    // It has everything and does not say so, or keeps nothing of what it gets.
    if (position >= size || (body.size > 0 && position <= start)) {
      await this.#pause(answer.error, answer);
    }
  }

  /** Begins again, as the server does not know the upload any more. */
  async #forget(): Promise<void> {
    this.#uploadId = undefined;
    this.#position = undefined;
    this.#peak = 0;
    this.#restarts += 1;
    await this.#options.store?.save(undefined);
  }

  /** Makes a call; gives undefined after waiting if it failed for reasons that may pass. */
  async #try<Answer>(
    call: (options: UploadCallOptions) => UploadCall<Answer>,
  ): Promise<UploadAnswer<Answer> | undefined> {
    const { signal } = this.#controller;
    const { chunkTimeout = 300_000 } = this.#options;
    // Not simply once more: some of the chunk may have arrived.
    const outcome = await call({ signal, timeout: chunkTimeout, retry: 0 }).result().catch(lost);
    if ("lost" in outcome) {
      this.#position = undefined;
      await this.#pause(outcome.lost);
    } else if ("error" in outcome && TRANSIENT.includes(outcome.status)) {
      this.#position = undefined;
      await this.#pause(outcome.error, outcome);
    } else {
      return outcome;
    }
    return undefined;
  }

  /** Waits before the next call; throws if there is to be none. */
  async #pause(error: unknown, answer?: UploadAnswer<unknown>): Promise<void> {
    const { retryLimit = 8, baseDelay = 1_000 } = this.#options;
    const { signal } = this.#controller;
    signal.throwIfAborted();
    if (this.#failures >= retryLimit) throw error;
    const asked = answer === undefined ? NaN : askedDelay(answer);
    const delay = Math.random() * Math.min(30_000, baseDelay * 2 ** this.#failures);
    this.#failures += 1;
    await wait(asked >= 0 && asked <= 600_000 ? asked : delay, signal);
  }

  #error(problem: string): ClientError {
    return new ClientError(this.#target.operation, problem);
  }
}

/** The checksum of the beginning of a file, chunk by chunk. */
class Checksum {
  readonly chunkSize: number;
  readonly #file: Blob;
  #link: Uint8Array = new Uint8Array(0);
  #covered = 0;

  constructor(file: Blob, chunkSize: number) {
    this.#file = file;
    this.chunkSize = chunkSize;
  }

  /** How many bytes it is of: whole chunks, or all. */
  get covered(): number {
    return this.#covered;
  }

  /** In hexadecimal; empty if there is nothing, or the platform makes no digests. */
  get value(): string {
    return Array.from(this.#link, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Reads on, to at least a position. */
  async cover(end: number): Promise<void> {
    while (this.#covered < Math.min(end, this.#file.size)) {
      const next = Math.min(this.#file.size, this.#covered + this.chunkSize);
      const chunk = await this.#file.slice(this.#covered, next).arrayBuffer();
      this.#link = await chained(this.#link, chunk);
      this.#covered = next;
    }
  }
}

async function chained(link: Uint8Array, chunk: ArrayBuffer): Promise<Uint8Array> {
  // Pages that came without TLS have none.
  if (!("subtle" in crypto)) return link;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", chunk));
  const both = new Uint8Array([...link, ...digest]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", both));
}

function isChunkSize(size: unknown): boolean {
  return typeof size === "number" && size > 0 && Number.isInteger(size / CHUNK_UNIT);
}

/** The query of a URL, wherever that may lead. */
function uploadIdOf(headers: Headers): string | undefined {
  try {
    const url = new URL(headers.get("location") ?? "", "https://peertube.invalid");
    return url.searchParams.get("upload_id") ?? undefined;
  } catch {
    return undefined;
  }
}

/** How much the server has: it says `Range: bytes=0-LAST`, or nothing. */
function positionOf(headers: Headers): number {
  const [, last] = /^bytes=0-(\d+)$/.exec(headers.get("range") ?? "") ?? [];
  return last === undefined ? 0 : Number(last) + 1;
}

/** An error after which nobody knows what arrived; throws any other. */
function lost(error: unknown): { readonly lost: Error } {
  if (error instanceof ConnectionError || error instanceof TimeoutError) return { lost: error };
  throw error;
}
