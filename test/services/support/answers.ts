import type { EventStream } from "../../../generated/mastodon/index.js";
import type { ApiDocument, MediaType, Operation } from "./document.js";
import { problemsOf, propertiesOf, sampleOf } from "./schema.js";

/** One of the answers that the document gives an operation. */
export interface SampleAnswer {
  readonly status: number;
  /** The document's media type or range; undefined for an answer without a body. */
  readonly mediaType: string | undefined;
  /** Headers and body to send. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
  /** What the client is to make of it. */
  readonly value: unknown;
}

/** The status that stands for `default`: no document lists it. */
const OTHER_STATUS = 507;

/** An answer for each documented status and media type. */
export function answersOf(operation: Operation, document: ApiDocument): readonly SampleAnswer[] {
  return Object.entries(operation.responses).flatMap(([key, { content = {} }]) => {
    const status = key === "default" ? OTHER_STATUS : Number(key);
    const entries = Object.entries(content);
    if (entries.length === 0) {
      return [{ status, mediaType: undefined, headers: {}, body: undefined, value: undefined }];
    }
    return entries.map(([mediaType, media]) => answerOf(status, mediaType, media, document));
  });
}

function answerOf(
  status: number,
  mediaType: string,
  { schema }: MediaType,
  document: ApiDocument,
): SampleAnswer {
  const concrete =
    mediaType.split(";")[0]?.replace("*/*", "image/x-any").replace("/*", "/x-any") ?? "";
  // Servers name the encoding, whatever the document says.
  const isText = /json$|xml$|^text\//.test(concrete);
  const headers = { "content-type": isText ? `${concrete}; charset=utf-8` : concrete };
  const sample = schema === undefined ? "text" : sampleOf(schema, document, "response", true);
  if (concrete.endsWith("json")) {
    const problems = problemsOf(sample, schema ?? {}, document, "response");
    if (problems.length > 0) throw new Error(`a bad sample: ${problems.join("\n")}`);
    return { status, mediaType, headers, body: JSON.stringify(sample), value: sample };
  }
  if (concrete === "text/event-stream") {
    const event = sample as { event: string; data: string };
    const [kind = schema ?? {}] = document.resolve(schema ?? {}).oneOf ?? [];
    const isJson = propertiesOf(kind, document).get("data")?.contentSchema !== undefined;
    const data: unknown = isJson ? JSON.parse(event.data) : event.data;
    const body = `event: ${event.event}\ndata: ${event.data}\n\n:thump\n\n`.repeat(2);
    return {
      status,
      mediaType,
      headers,
      body,
      value: [event, event].map((one) => ({ ...one, data, id: "" })),
    };
  }
  if (isText) return { status, mediaType, headers, body: "tëxt", value: "tëxt" };
  const bytes = Buffer.from([0, 255, 13, 10, 128]);
  return {
    status,
    mediaType,
    headers,
    body: bytes,
    value: { file: bytes.toString("latin1"), type: concrete },
  };
}

/** A value of the client, in the form in which samples are compared. */
export async function comparable(value: unknown): Promise<unknown> {
  if (value instanceof Blob) {
    return { file: Buffer.from(await value.arrayBuffer()).toString("latin1"), type: value.type };
  }
  if (typeof value === "object" && value !== null && Symbol.asyncIterator in value) {
    const events: unknown[] = [];
    const stream = value as EventStream;
    for await (const event of stream.events({ reconnect: false })) events.push(event);
    return events;
  }
  if (Array.isArray(value)) return Promise.all(value.map(comparable));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(async ([key, member]) => [
    key,
    await comparable(member),
  ]);
  return Object.fromEntries((await Promise.all(entries)) as [string, unknown][]);
}
