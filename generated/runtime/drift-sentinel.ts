import { readCopy } from "./drift-sentinel-body.js";
import { findingOf, type DriftFinding } from "./drift-sentinel-findings.js";
import { createMemory, type Memory } from "./drift-sentinel-memory.js";
import { fit, isJson, mediaTypeOf } from "./media-type.js";
import type { Middleware, MiddlewareContext } from "./middleware.js";
import type {
  MediaTypeTable,
  ResponseTable,
  ResponseTables,
  StandardSchema,
  StatusTable,
} from "./response-tables.js";

/** What {@link driftSentinel} can be told. */
export interface DriftSentinelOptions {
  /** What answers have to be: `responseSchemas` of a client, or the tables of some of its classes. */
  readonly schemas: ResponseTables;
  /** Where findings go. What it throws, or rejects with, is dropped. */
  readonly report: (finding: DriftFinding) => unknown;
  /** Which part of the answers is looked at: 1 for all of them, 0.01 for each hundredth. Default 1. */
  readonly sample?: number | undefined;
  /** Larger bodies are not read, in bytes. Default 1,000,000. */
  readonly bodyLimit?: number | undefined;
  /** When what was told is told again, with how often it was seen, in milliseconds. Default one hour. */
  readonly repeatAfter?: number | undefined;
}

/** Answers beyond these, while they are looked at, are not. */
const MOST_AT_ONCE = 4;

/** Of one answer, no more is told. */
const MOST_ISSUES = 50;

/**
 * A middleware that tells where answers are not what the document says: an undocumented status or media type, or a body
 * that its schema does not allow. It looks at a copy, later, and changes no answer. A finding has names of the document
 * and types, and never a value.
 */
export function driftSentinel({
  schemas,
  report,
  sample = 1,
  bodyLimit = 1_000_000,
  repeatAfter = 3_600_000,
}: DriftSentinelOptions): Middleware {
  const memory = createMemory(report, repeatAfter);
  let atOnce = 0;
  return async (context, next) => {
    const response = await next();
    if (atOnce >= MOST_AT_ONCE || Math.random() >= sample) return response;
    const look = prepare(schemas, context, response, bodyLimit);
    if (look === undefined) return response;
    atOnce += 1;
    void later(() => look(memory)).finally(() => {
      atOnce -= 1;
    });
    return response;
  };
}

/** What is to be done when the caller has the answer. */
type Look = (memory: Memory) => unknown;

/** Decides what there is to look at, and makes the copy of a body; `undefined` where there is nothing. */
function prepare(
  schemas: ResponseTables,
  context: MiddlewareContext,
  response: Response,
  bodyLimit: number,
): Look | undefined {
  try {
    const { operationId } = context.operation;
    const table = schemas.find(({ operations }) => Object.hasOwn(operations, operationId));
    if (table === undefined || isAskedFor(context.request.headers, response.status))
      return undefined;
    const mediaTypes = mediaTypesOf(table.operations[operationId] ?? {}, response.status);
    if (mediaTypes === undefined) return teller(context, response, { problem: "status" });
    if (Object.keys(mediaTypes).length === 0 || !hasBody(context, response)) return undefined;
    const mediaType = mediaTypeOf(response);
    const schema = schemaFor(mediaTypes, mediaType);
    if (schema === undefined)
      return teller(context, response, { problem: "media type", mediaType: shown(mediaType) });
    if (schema === null || !isJson(mediaType) || isLarge(response, bodyLimit)) return undefined;
    return bodyLook(context, response, table, schema, bodyLimit);
  } catch {
    // Whatever another middleware has made of the answer: it is the caller's.
    return undefined;
  }
}

/** After the caller had the chance to go on. */
async function later(task: () => unknown): Promise<void> {
  try {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await task();
  } catch {
    // Nobody waits for this, and it may not fail.
  }
}

type Problem = Omit<
  DriftFinding,
  "service" | "operationId" | "method" | "path" | "status" | "count"
>;

function teller({ operation }: MiddlewareContext, { status }: Response, problem: Problem): Look {
  const { service, operationId, method, path } = operation;
  return (memory) => {
    memory({ service, operationId, method, path, status, ...problem });
  };
}

/* ------------------------------------------------------------------------------- answers */

/** Statuses that only a caller's own headers bring about (RFC 9110, sections 13.1 and 14.2). */
const ASKED_FOR: ReadonlyMap<number, readonly string[]> = new Map([
  [206, ["range"]],
  [304, ["if-none-match", "if-modified-since"]],
  [412, ["if-match", "if-unmodified-since", "if-none-match"]],
  [416, ["range"]],
]);

/** Also an answer that the browser hides has no status. */
function isAskedFor(headers: Headers, status: number): boolean {
  return status === 0 || (ASKED_FOR.get(status)?.some((name) => headers.has(name)) ?? false);
}

function mediaTypesOf(statuses: StatusTable, status: number): MediaTypeTable | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  const key = keys.find((name) => Object.hasOwn(statuses, name));
  return key === undefined ? undefined : statuses[key];
}

function hasBody({ request }: MiddlewareContext, response: Response): boolean {
  const isEmpty = response.body === null || response.headers.get("content-length") === "0";
  return request.method !== "HEAD" && !isEmpty;
}

/** `undefined`: no such media type is in the document. */
function schemaFor(
  mediaTypes: MediaTypeTable,
  mediaType: string,
): StandardSchema | null | undefined {
  const fitting = Object.entries(mediaTypes).filter(([range]) => fit(range, mediaType) > 0);
  const [best] = fitting.sort(([one], [other]) => fit(other, mediaType) - fit(one, mediaType));
  return best?.[1];
}

/** A media type is the server's word: it is told only if it looks like one. */
function shown(mediaType: string): string {
  if (mediaType === "") return "none";
  return /^[a-z]{1,20}\/[\w.+-]{1,60}$/.test(mediaType) ? mediaType : "another one";
}

function isLarge({ headers }: Response, bodyLimit: number): boolean {
  return Number(headers.get("content-length") ?? 0) > bodyLimit;
}

/* -------------------------------------------------------------------------------- bodies */

function bodyLook(
  context: MiddlewareContext,
  response: Response,
  table: ResponseTable,
  schema: StandardSchema,
  bodyLimit: number,
): Look {
  const text = readCopy(response.clone(), bodyLimit, context.signal);
  return async (memory) => {
    const read = await text;
    if (read === undefined) return;
    const parsed = parse(read);
    if (parsed === undefined) teller(context, response, { problem: "JSON" })(memory);
    else {
      const { issues = [] } = await schema["~standard"].validate(parsed.value);
      for (const issue of issues.slice(0, MOST_ISSUES))
        teller(context, response, findingOf(issue, parsed.value, schema, table))(memory);
    }
  };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
