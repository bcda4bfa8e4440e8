import { isJsonSeq, isJsonSequence, RECORD_SEPARATOR } from "./json-records.js";
import { essence, isJson } from "./media-type.js";
import type { HeaderValues } from "./options.js";

/** An answer of a fake with a status of its own: see `FakeContext.reply`. */
export class FakeReply {
  readonly status: number;
  readonly headers: HeaderValues;
  readonly #body: unknown;

  constructor(status: number, body: unknown, headers: HeaderValues = {}) {
    this.status = status;
    this.headers = headers;
    this.#body = body;
  }

  get body(): unknown {
    return this.#body;
  }
}

/** An event of a faked stream. */
interface FakeEvent {
  readonly event: string;
  readonly data: unknown;
  readonly id?: string | undefined;
}

/** The statuses whose responses have no body (Fetch, "null body status"). */
const WITHOUT_BODY = [204, 205, 304];

/**
 * The response that stands for an answer of a fake: encoded, so that the client has to decode it as it
 * does in production.
 *
 * @param answer - a reply, or the body of a 200; `undefined` is a 204.
 * @param accept - what the request accepts: the media type is chosen among that.
 */
export function fakeResponse(answer: unknown, accept: string): Response {
  const { status, body, headers } =
    answer instanceof FakeReply ? answer : new FakeReply(answer === undefined ? 204 : 200, answer);
  const all = new Headers();
  if (body !== undefined) {
    const isSuccess = status >= 200 && status < 300;
    all.set("content-type", mediaTypeFor(body, isSuccess ? accept : "*/*"));
  }
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) all.set(name, value);
  }
  const hasBody = body !== undefined && !WITHOUT_BODY.includes(status);
  const mediaType = essence(all.get("content-type") ?? "");
  return new Response(hasBody ? encode(body, mediaType) : null, { status, headers: all });
}

/** The media type that a body is sent as: the first accepted one that can be had. */
function mediaTypeFor(body: unknown, accept: string): string {
  const ranges = accept.split(",").map(essence);
  if (body instanceof Blob && body.type !== "") return body.type;
  if (isBinary(body)) return ranges.find(isWhole) ?? "application/octet-stream";
  if (typeof body === "string") {
    const [first = "*/*"] = ranges;
    if (isWhole(first)) return first;
    return first === "*/*" || first === "text/*" ? "text/plain" : "application/octet-stream";
  }
  return ranges.find(isStructured) ?? "application/json";
}

const EVENTS = "text/event-stream";

/** Whether a body of this type is made of a value that is neither text nor bytes. */
function isStructured(range: string): boolean {
  return isJson(range) || range === EVENTS || isJsonSequence(range);
}

function isWhole(range: string): boolean {
  return range !== "" && !range.includes("*");
}

/** What a response can be made of, by a name that all platforms have. */
type Body = NonNullable<ConstructorParameters<typeof Response>[0]>;

function isBinary(body: unknown): body is Body {
  return (
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    body instanceof ReadableStream
  );
}

function encode(body: unknown, mediaType: string): Body {
  if (isBinary(body)) return body;
  if (typeof body === "object" && body !== null) {
    if (mediaType === EVENTS) return textBody(body as Each<FakeEvent>, eventText);
    if (isJsonSequence(mediaType)) {
      const before = isJsonSeq(mediaType) ? RECORD_SEPARATOR : "";
      return textBody(body as Each<unknown>, (item) => `${before}${jsonText(item)}\n`);
    }
  }
  return typeof body === "string" && !isJson(mediaType) ? body : jsonText(body);
}

/** JSON in which a `bigint` is a number with all its digits. */
function jsonText(value: unknown): string {
  const mark = "\0bigint ";
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "bigint" ? `${mark}${part}` : part,
  );
  return text.replace(/"\\u0000bigint (-?\d+)"/g, "$1");
}

type Each<Item> = Iterable<Item> | AsyncIterable<Item>;

/** A body of events or other items, of which one is asked for when there is a reader for it. */
function textBody<Item>(
  items: Each<Item>,
  textOf: (item: Item) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const texts = (async function* () {
    for await (const item of items) yield encoder.encode(textOf(item));
  })();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await texts.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await texts.return();
      },
    },
    { highWaterMark: 0 },
  );
}

/** One event (WHATWG, "Server-sent events", section 9.2.5). Data that is no text is sent as JSON. */
function eventText({ event, data, id }: FakeEvent): string {
  const lines = (typeof data === "string" ? data : jsonText(data)).split(/\r\n|\r|\n/);
  return [
    `event: ${event}`,
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...lines.map((line) => `data: ${line}`),
    "\n",
  ].join("\n");
}
