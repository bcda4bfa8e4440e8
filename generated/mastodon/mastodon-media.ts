import { wait } from "../runtime/deadline.js";
import { ClientError, type Operation } from "../runtime/errors.js";
import type { Middleware } from "../runtime/middleware.js";
import { uploadProgress, type ProgressListener } from "../runtime/progress.js";
import { streamBody } from "../runtime/stream-body.js";

/*
 * Mastodon takes a file and processes it in the background. It can be attached to a status only when
 * that has ended: a status with an unfinished file is refused with 422.
 */

/** Settings of an upload. */
export interface MediaUploadOptions {
  /** Ends the upload or the waiting; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long to send and to wait at most, together, in milliseconds. Default 600,000. */
  readonly timeout?: number | undefined;
  /** The first pause before asking again, in milliseconds; each is half as long again, up to ten times. Default 1,000. */
  readonly interval?: number | undefined;
  /** Told how much of the file has been sent. */
  readonly onProgress?: ProgressListener | undefined;
}

/** What is passed to the generated methods. */
interface MediaCallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  readonly middleware?: readonly Middleware[] | undefined;
}

/** What a call gives in the end: `.result()` of the generated methods. */
type MediaAnswer<Media> =
  | { readonly ok: true; readonly status: number; readonly data: Media }
  | { readonly ok: false; readonly status: number; readonly error: Error };

/** What the generated methods return, as far as it is used. */
interface MediaCall<Media> {
  result(): Promise<MediaAnswer<Media>>;
}

/** The methods of `MediaApi` that {@link waitForMedia} uses. */
interface MediaReads<Media> {
  getMedia(params: { id: string }, options: MediaCallOptions): MediaCall<Media>;
}

/** The methods of `MediaApi` that {@link uploadMedia} uses. */
interface MediaUploads<Body, Media> extends MediaReads<Media> {
  createMediaV2(params: { body: Body }, options: MediaCallOptions): MediaCall<Media>;
}

/** The file arrived but will not become an attachment that can be used, or has not by now. */
export class MediaProcessingError extends ClientError {
  /** What the server calls the file. {@link waitForMedia} can go on with one that is only late. */
  readonly id: string;
  /** `failed`: upload it again, in another form. `late`: it is still being processed. */
  readonly reason: "failed" | "late";

  constructor(id: string, reason: "failed" | "late", options?: ErrorOptions) {
    const problem =
      reason === "failed"
        ? "answered that the file cannot be processed: upload another form of it"
        : "did not finish processing the file in time: wait on with `waitForMedia`";
    super(GET_MEDIA, problem, options);
    this.id = id;
    this.reason = reason;
  }

  override get name(): string {
    return "MediaProcessingError";
  }
}

const CREATE_MEDIA: Operation = {
  service: "Mastodon",
  operationId: "createMediaV2",
  method: "POST",
  path: "/api/v2/media",
};

const GET_MEDIA: Operation = {
  service: "Mastodon",
  operationId: "getMedia",
  method: "GET",
  path: "/api/v1/media/{id}",
};

/**
 * Uploads a file and waits until it can be attached:
 * `const { id } = await uploadMedia(mastodon.media, { body: { file, description } })`. The file is sent as it
 * is read, and never in memory as a whole.
 *
 * @throws {@link MediaProcessingError}; and whatever the calls are rejected with.
 */
export async function uploadMedia<Body, Media extends { readonly id: string }>(
  api: MediaUploads<Body, Media>,
  params: { readonly body: Body },
  options: MediaUploadOptions = {},
): Promise<Media> {
  const { signal, timeout = 600_000, onProgress } = options;
  const startedAt = performance.now();
  const middleware = [onProgress === undefined ? streamBody : uploadProgress(onProgress)];
  const answer = await api.createMediaV2(params, { signal, timeout, middleware }).result();
  if ("error" in answer) throw answer.error;
  if (answer.status === 200) return answer.data;
  const left = timeout - (performance.now() - startedAt);
  return waitForMedia(api, idOf(answer.data), { ...options, timeout: left });
}

/** The compiler believes the document, and the server may be another one. */
function idOf(media: { readonly id: string } | null): string {
  if (typeof media?.id === "string") return media.id;
  throw new ClientError(CREATE_MEDIA, "answered without the id of the file, which is lost");
}

/**
 * Waits until a file that was uploaded can be attached.
 *
 * @throws {@link MediaProcessingError}; and whatever the call is rejected with.
 */
export async function waitForMedia<Media>(
  api: MediaReads<Media>,
  id: string,
  options: MediaUploadOptions = {},
): Promise<Media> {
  const { signal = new AbortController().signal, timeout = 600_000, interval = 1_000 } = options;
  const end = performance.now() + timeout;
  for (let pause = interval; ; pause = Math.min(pause * 1.5, interval * 10)) {
    // Random, so that many who wait do not ask at the same time.
    const delay = pause * (0.75 + Math.random() / 2);
    if (performance.now() + delay >= end) throw new MediaProcessingError(id, "late");
    await wait(delay, signal);
    const answer = await api.getMedia({ id }, { signal }).result();
    if ("error" in answer) {
      if (answer.status !== 422) throw answer.error;
      throw new MediaProcessingError(id, "failed", { cause: answer.error });
    }
    if (answer.status !== 206) return answer.data;
  }
}
