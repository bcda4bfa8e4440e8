import { unkept } from "./byte-stream.js";
import type { RequestBody } from "./call.js";
import { isJsonSeq, RECORD_SEPARATOR } from "./json-records.js";
import { essence } from "./media-type.js";

/** Values to send one by one. An array can be sent again; anything else is sent as it comes, and once. */
export type JsonItems<Item> = Iterable<Item> | AsyncIterable<Item>;

/**
 * A body that is a sequence of JSON values: a line for each or, with a media type of `json-seq`, a JSON
 * text sequence (RFC 7464). What is no array is asked for its values while they are sent, so that there can
 * be any number of them; browsers send such a body over HTTP/2 and later only, and some not at all.
 *
 * @param items - `undefined` means no body.
 * @param contentType - default `application/jsonl`.
 * @param stringify - makes JSON of a value. Default `JSON.stringify`.
 */
export function jsonItems(
  items: JsonItems<unknown> | undefined,
  contentType = "application/jsonl",
  stringify: (value: unknown) => string | undefined = JSON.stringify,
): RequestBody | undefined {
  if (items === undefined) return undefined;
  const before = isJsonSeq(essence(contentType)) ? RECORD_SEPARATOR : "";
  const recordOf = (item: unknown): string => {
    const text = stringify(item);
    if (text === undefined || item instanceof Blob) throw new TypeError("no JSON");
    return `${before}${text}\n`;
  };
  if (Array.isArray(items)) {
    return { contentType, encode: () => items.map(recordOf).join("") };
  }
  return { contentType, once: true, encode: () => unkept(streamOf(items, recordOf)) };
}

/** Asks for a value when there is somebody to send it to. */
function streamOf(
  items: JsonItems<unknown>,
  recordOf: (item: unknown) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const texts = (async function* () {
    for await (const item of items) yield encoder.encode(recordOf(item));
  })();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await texts.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await texts.return();
      },
    },
    { highWaterMark: 0 },
  );
}
