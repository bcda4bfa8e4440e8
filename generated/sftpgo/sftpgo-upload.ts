import type { Middleware } from "../runtime/middleware.js";
import { uploadProgress, type ProgressListener } from "../runtime/progress.js";
import { streamBody } from "../runtime/stream-body.js";

/** Settings of an upload. */
export interface FileUploadOptions {
  /** Whether to create missing directories on the way. Default false. */
  readonly mkdirParents?: boolean | undefined;
  /** Ends the upload; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long it may take, in milliseconds. Default 0: no limit. */
  readonly timeout?: number | undefined;
  /** Told how many bytes have been sent. */
  readonly onProgress?: ProgressListener | undefined;
}

/** Settings of the upload of one file. */
export interface SingleFileUploadOptions extends FileUploadOptions {
  /**
   * The time of last change to store: a date, or milliseconds since 1970. Default: that of a `File`; of
   * anything else the server knows none but the present.
   */
  readonly modified?: Date | number | undefined;
}

/** What is passed to the generated methods. */
interface FileCallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeout?: number | undefined;
  readonly middleware?: readonly Middleware[] | undefined;
}

/** The method of `UserApi` that {@link uploadFile} uses. */
interface FileUpload<Data> {
  createUserFile(
    params: {
      path: string;
      body: Blob | ReadableStream<Uint8Array>;
      contentType: "application/octet-stream";
      mkdir_parents: boolean | undefined;
      "X-SFTPGO-MTIME": number | undefined;
    },
    options: FileCallOptions,
  ): PromiseLike<Data>;
}

/** The method of `UserApi` that {@link uploadFiles} uses. */
interface FilesUpload<Data> {
  createUserFiles(
    params: { path: string; body: { filenames: File[] }; mkdir_parents: boolean | undefined },
    options: FileCallOptions,
  ): PromiseLike<Data>;
}

/**
 * Uploads one file, with the time of its last change: `await uploadFile(sftpgo.user, "/a/b.txt", file)`.
 *
 * The file is sent as it is read, and never in memory as a whole.
 */
export async function uploadFile<Data>(
  api: FileUpload<Data>,
  path: string,
  file: Blob | ReadableStream<Uint8Array>,
  options: SingleFileUploadOptions = {},
): Promise<Data> {
  const { mkdirParents, modified = modifiedOf(file) } = options;
  return api.createUserFile(
    {
      path,
      body: file,
      contentType: "application/octet-stream",
      mkdir_parents: mkdirParents,
      // Whole milliseconds: files of some platforms have more digits.
      "X-SFTPGO-MTIME": modified === undefined ? undefined : Math.trunc(Number(modified)),
    },
    callOptions(options),
  );
}

/**
 * Uploads several files into a directory with one request, under their own names. The service takes no
 * times of last change here: where these count, upload one by one.
 */
export async function uploadFiles<Data>(
  api: FilesUpload<Data>,
  directory: string,
  files: readonly File[],
  options: FileUploadOptions = {},
): Promise<Data> {
  return api.createUserFiles(
    { path: directory, body: { filenames: [...files] }, mkdir_parents: options.mkdirParents },
    callOptions(options),
  );
}

function callOptions({ signal, timeout = 0, onProgress }: FileUploadOptions): FileCallOptions {
  const middleware = [onProgress === undefined ? streamBody : uploadProgress(onProgress)];
  return { signal, timeout, middleware };
}

function modifiedOf(file: Blob | ReadableStream<Uint8Array>): number | undefined {
  return "lastModified" in file && typeof file.lastModified === "number"
    ? file.lastModified
    : undefined;
}
