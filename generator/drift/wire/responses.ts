import { quoted } from "../../diagnostics/quoted.js";
import type { Operation, Response, ResponseStatus } from "../../resolve/resolved-api.js";
import type { Level } from "../level.js";
import type { Direction, Position } from "../position.js";
import { levelOfPart, levelOfSet } from "./levels.js";
import { compareContents } from "./media-types.js";
import { compareHeaders } from "./response-headers.js";
import {
  sameIn,
  spot,
  targetOf,
  type Exchange,
  type PartChange,
  type WireContext,
} from "./wire-context.js";

/** What an operation can be answered with (OpenAPI 3.1, 4.8.16): which statuses, and what each of them holds. */
export function* compareResponses(context: WireContext, exchange: Exchange): Generator<PartChange> {
  const [olds, news] = [documented(exchange.old), documented(exchange.new)];
  const gone = olds.filter(({ status }) => covering(news, status) === undefined);
  const come = news.filter(({ status }) => covering(olds, status) === undefined);
  const replaced = replacedSuccess({ olds, news, gone, come });
  if (replaced !== undefined) yield* compareReplaced(context, exchange, ...replaced);
  const isTold = (response: Response): boolean => replaced?.includes(response) === true;
  for (const response of gone)
    if (!isTold(response)) yield removal(context, exchange, response, news);
  for (const response of come)
    if (!isTold(response)) yield addition(context, exchange, response, olds);
  for (const [old, now, status] of samePairs(olds, news))
    yield* compareResponse(context, exchange, old, now, status);
}

/** What the document says; a success that it does not mention is there for the client only. */
function documented({ pointer, responses }: Operation): readonly Response[] {
  return responses.filter((response) => response.pointer !== pointer);
}

/** What a document says of a status: under its code, under its range, or under `default` (OpenAPI 3.1, 4.8.16). */
function covering(responses: readonly Response[], status: ResponseStatus): Response | undefined {
  const names: readonly ResponseStatus[] =
    typeof status === "number" ? [status, rangeOf(status), "default"] : [status, "default"];
  return names
    .map((name) => responses.find((response) => response.status === name))
    .find((found) => found !== undefined);
}

function rangeOf(status: number): ResponseStatus {
  return `${Math.trunc(status / 100) as 1 | 2 | 3 | 4 | 5}XX`;
}

/** Each status that either document names, with what each of them says of it. */
function samePairs(
  olds: readonly Response[],
  news: readonly Response[],
): readonly (readonly [old: Response, new: Response, status: ResponseStatus])[] {
  const statuses = new Set([...olds, ...news].map(({ status }) => status));
  return [...statuses].flatMap((status) => {
    const [old, now] = [covering(olds, status), covering(news, status)];
    return old === undefined || now === undefined ? [] : [[old, now, status] as const];
  });
}

/* ------------------------------------------------------------------ which statuses */

interface Statuses {
  readonly olds: readonly Response[];
  readonly news: readonly Response[];
  readonly gone: readonly Response[];
  readonly come: readonly Response[];
}

/** The one success that became another one. */
function replacedSuccess({
  olds,
  news,
  gone,
  come,
}: Statuses): readonly [old: Response, new: Response] | undefined {
  const successes = [olds, news, gone, come].map((list) => list.filter(({ success }) => success));
  if (successes.some(({ length }) => length !== 1)) return undefined;
  const [old, now] = [successes[2]?.[0], successes[3]?.[0]];
  return old === undefined || now === undefined ? undefined : [old, now];
}

function* compareReplaced(
  context: WireContext,
  exchange: Exchange,
  old: Response,
  now: Response,
): Generator<PartChange> {
  yield {
    rule: "success-status-changed",
    wire: "breaking",
    direction: exchange.answered,
    position: positionOf(old.status),
    path: [],
    old: spot(old.pointer, old.status),
    new: spot(now.pointer, now.status),
    message: `Success is answered with ${now.status} now, no longer with ${old.status}.`,
  };
  if (old.mediaTypes.length > 0 && now.mediaTypes.length > 0)
    yield* compareResponse(context, exchange, old, now, old.status);
}

function removal(
  { old: { document } }: WireContext,
  { answered }: Exchange,
  { status, pointer, success }: Response,
  left: readonly Response[],
): PartChange {
  const isLast = success && !left.some((response) => response.success);
  const wire = isLast
    ? "undecidable"
    : success
      ? levelOfSet(answered, "narrowed")
      : ("safe" satisfies Level);
  return {
    rule: "response-status-removed",
    wire,
    direction: answered,
    position: positionOf(status),
    path: [],
    old: spot(targetOf(document, pointer), status),
    new: undefined,
    cause: sameIn(status, wire),
    message: `An answer with ${statusText(status)} is no longer documented.`,
  };
}

function addition(
  { new: { document } }: WireContext,
  { answered }: Exchange,
  { status, pointer, success }: Response,
  before: readonly Response[],
): PartChange {
  const wire = additionLevel(answered, status, success && before.some((one) => one.success));
  return {
    rule: "response-status-added",
    wire,
    direction: answered,
    position: positionOf(status),
    path: [],
    old: undefined,
    new: spot(targetOf(document, pointer), status),
    cause: sameIn(status, wire),
    message: `There can be an answer with ${statusText(status)} now.`,
  };
}

/**
 * Whoever calls has to expect any failure, and takes one that is not known for another of its class (RFC 9110, 15).
 * Where no success was documented, none is another one; and a range may stand for the code that it replaces.
 */
function additionLevel(direction: Direction, status: ResponseStatus, isOneMore: boolean): Level {
  const widened = levelOfSet(direction, "widened");
  if (isOneMore)
    return typeof status === "string" && widened === "breaking" ? "undecidable" : widened;
  return String(status).startsWith("3") && direction === "response" ? "undecidable" : "safe";
}

function statusText(status: ResponseStatus): string {
  return status === "default" ? "any other status" : quoted(String(status)).slice(1, -1);
}

function positionOf(status: ResponseStatus, mediaType?: string): Position {
  return { kind: "response", status, mediaType };
}

/* -------------------------------------------------------------------- one status */

function* compareResponse(
  context: WireContext,
  { answered }: Exchange,
  old: Response,
  now: Response,
  status: ResponseStatus,
): Generator<PartChange> {
  const pointers = {
    old: targetOf(context.old.document, old.pointer),
    new: targetOf(context.new.document, now.pointer),
  };
  yield* compareHeaders(context, { old, new: now, status, direction: answered });
  if (old.mediaTypes.length === 0 || now.mediaTypes.length === 0) {
    yield* compareEmptiness(old, now, { status, direction: answered, pointers });
    return;
  }
  yield* compareContents(context, {
    old: old.mediaTypes,
    new: now.mediaTypes,
    pointers,
    direction: answered,
    isAskedFor: true,
    position: (mediaType) => positionOf(status, mediaType),
  });
}

interface Standing {
  readonly status: ResponseStatus;
  readonly direction: Direction;
  readonly pointers: { readonly old: string; readonly new: string };
}

/** What has content is as good as one that has to have it. */
function* compareEmptiness(
  old: Response,
  now: Response,
  { status, direction, pointers }: Standing,
): Generator<PartChange> {
  if (old.mediaTypes.length === now.mediaTypes.length) return;
  const isAdded = old.mediaTypes.length === 0;
  yield {
    rule: isAdded ? "response-content-added" : "response-content-removed",
    wire: levelOfPart(direction, isAdded ? "added required" : "removed required"),
    direction,
    position: positionOf(status),
    path: [],
    old: spot(pointers.old),
    new: spot(pointers.new),
    message: isAdded
      ? `The answer ${direction === "response" ? "has" : "has to have"} content now.`
      : "The answer has no content any more.",
  };
}
