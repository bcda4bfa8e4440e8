import type { Answer, Stage, StageRequest } from "./stage.js";

const STATUSES = 50;

/** Mastodon: lists by `Link`, publishing with an idempotency key, media, streams of events. */
export function mastodon(request: StageRequest, stage: Stage): Answer | undefined {
  switch (`${request.method} ${request.path}`) {
    case "GET /api/v1/timelines/home":
      return timeline(request);
    case "POST /api/v1/statuses":
      return publish(request, stage);
    case "POST /api/v2/media":
      return { status: 202, body: { id: String(stage.next()), type: "image", url: null } };
    case "GET /api/v1/streaming/user":
      return { headers: { "content-type": "text/event-stream" }, pieces: events() };
    case "GET /api/v1/streaming/public":
      return resumable(request);
    default:
      return undefined;
  }
}

/** The newest first; identifiers are larger than a number can hold. */
function timeline({ query, base }: StageRequest): Answer {
  const limit = Number(query.get("limit") ?? 20);
  const newest = BigInt("110000000000000000");
  const last = query.get("max_id");
  const from = last === null ? 0 : Number(newest - BigInt(last)) + 1;
  const length = Math.max(0, Math.min(limit, STATUSES - from));
  const body = Array.from({ length }, (_, index) => ({
    id: String(newest - BigInt(from + index)),
  }));
  const link = (name: string, value: string | undefined): string =>
    `<${base}/api/v1/timelines/home?limit=${limit}&${name}=${value ?? ""}>`;
  const next = `${link("max_id", body.at(-1)?.id)}; rel="next"`;
  const previous = `${link("min_id", body[0]?.id)}; rel="prev"`;
  if (length === 0) return { body };
  const isLast = from + length >= STATUSES;
  return { headers: { link: isLast ? previous : `${next}, ${previous}` }, body };
}

/** Publishes once for each key. */
function publish({ headers, body }: StageRequest, stage: Stage): Answer {
  const key = headers["idempotency-key"] ?? String(stage.next());
  const { status } = JSON.parse(body.toString()) as { status: string };
  const known = stage.published.get(key) ?? { id: String(stage.next()), content: status };
  stage.published.set(key, known);
  return { body: known };
}

/** Three events with every kind of line end, in pieces of three bytes: characters are cut apart. */
function events(): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(
    `:thump\n\nevent: update\ndata: {"id":"1","content":"grüß 🌍"}\n\n` +
      `event: delete\r\ndata: 2\r\n\r\n` +
      `event: filters_changed\rdata: undefined\r\r:thump\n\n`,
  );
  return Array.from({ length: Math.ceil(bytes.length / 3) }, (_, index) =>
    bytes.subarray(index * 3, index * 3 + 3),
  );
}

/** A stream that ends after each event, and goes on after the one that the client has seen. */
function resumable({ headers }: StageRequest): Answer {
  const number = Number(headers["last-event-id"] ?? 0) + 1;
  const body = `retry: 20\nid: ${number}\nevent: update\ndata: {"id":"${number}"}\n\n`;
  return { headers: { "content-type": "text/event-stream" }, body: new TextEncoder().encode(body) };
}
