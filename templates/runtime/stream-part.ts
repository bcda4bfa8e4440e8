import { unkept } from "./byte-stream.js";
import type { RequestBody } from "./call.js";
import type { PartsEncoder, PartSink } from "./multipart.js";
import {
  contentTypeOf,
  encodeParts,
  randomBoundary,
  type MultipartPart,
} from "./multipart-stream.js";

/**
 * A file in a multipart body: bytes at hand, of which a `File` has a name, or bytes still to come. A file
 * on a disk is `new File([await openAsBlob(path)], name)` in Node.js, `Bun.file(path)` in Bun.
 */
export type FilePart = Blob | StreamPart;

/** What is to be known of a file that comes as a stream. */
export interface StreamPartOptions {
  /** The file's name. */
  readonly name: string;
  /** The file's media type. Default `application/octet-stream`. */
  readonly type?: string | undefined;
}

/**
 * A file of a multipart body that comes as a stream: it is sent as it comes, and is never in memory as a
 * whole. The request can be sent only once, so that it is neither retried nor repeated with a new
 * credential, and its length is not known beforehand. For a file on a disk, a `Blob` that the platform
 * backs with it does better; see `stream-body.ts`.
 *
 * @throws TypeError if the type is none (RFC 9110, section 8.3.1).
 */
export function streamPart(
  stream: ReadableStream<Uint8Array>,
  options: StreamPartOptions,
): StreamPart {
  return new StreamPart(stream, options);
}

/** Made by {@link streamPart}. */
export class StreamPart implements PartsEncoder {
  readonly stream: ReadableStream<Uint8Array>;
  readonly name: string;
  readonly type: string;

  constructor(
    stream: ReadableStream<Uint8Array>,
    { name, type = "application/octet-stream" }: StreamPartOptions,
  ) {
    if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:;[\x20-\x7e]*)?$/.test(type)) {
      throw new TypeError("streamPart: `type` is no media type, such as video/mp4");
    }
    this.stream = stream;
    this.name = name;
    this.type = type;
  }

  /** Makes the body of which this is a part: `FormData` cannot hold a stream. */
  encodeParts(write: (sink: PartSink) => void): RequestBody {
    const boundary = randomBoundary();
    const encode = (): ReadableStream<Uint8Array> => {
      const parts: MultipartPart[] = [];
      write({
        append: (name, value, fileName) => {
          parts.push(partOf(name, value, fileName));
        },
      });
      return unkept(encodeParts(parts, boundary).stream());
    };
    return { contentType: contentTypeOf(boundary), once: true, encode };
  }

  /** Anywhere but in a multipart body there is no place for a stream. */
  toJSON(): never {
    throw new TypeError("a stream can be a part of a multipart body only");
  }

  toString(): string {
    return this.toJSON();
  }
}

function partOf(
  name: string,
  value: string | Blob | PartsEncoder,
  fileName: string | undefined,
): MultipartPart {
  if (typeof value === "string") return { name, value };
  if (value instanceof StreamPart) {
    return { name, value: value.stream, fileName: value.name, type: value.type };
  }
  const file = value as Blob;
  return {
    name,
    value: file,
    fileName: fileName ?? ("name" in file && typeof file.name === "string" ? file.name : undefined),
    type: file.type,
  };
}
