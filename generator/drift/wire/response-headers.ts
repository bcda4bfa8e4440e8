import { quoted } from "../../diagnostics/quoted.js";
import type { Response, ResponseHeader, ResponseStatus } from "../../resolve/resolved-api.js";
import type { Level } from "../level.js";
import type { Direction, Position } from "../position.js";
import { compareDeprecation } from "./deprecation.js";
import { added, levelOfPart, removed } from "./levels.js";
import { createPairing } from "./pairing.js";
import { typesWithin } from "./serialization.js";
import {
  sameIn,
  schemaChanges,
  spot,
  targetOf,
  type PartChange,
  type WireContext,
} from "./wire-context.js";

interface Answers {
  readonly old: Response;
  readonly new: Response;
  readonly status: ResponseStatus;
  readonly direction: Direction;
}

/** The headers of an answer (OpenAPI 3.1, 4.8.21). Their names are the same in any case (RFC 9110, 5.1). */
export function* compareHeaders(context: WireContext, answers: Answers): Generator<PartChange> {
  const pairing = createPairing(described(answers.old), described(answers.new));
  pairing.by(({ name }) => name.toLowerCase());
  for (const { old, new: now } of pairing.pairs()) {
    if (old !== undefined && now !== undefined) yield* compareHeader(context, answers, old, now);
    else yield* oneSided(context, answers, old, now);
  }
}

/** The content of an answer is told elsewhere (OpenAPI 3.1, 4.8.17). */
function described({ headers }: Response): readonly ResponseHeader[] {
  return headers.filter(({ name }) => name.toLowerCase() !== "content-type");
}

function* oneSided(
  context: WireContext,
  { status, direction }: Answers,
  old: ResponseHeader | undefined,
  now: ResponseHeader | undefined,
): Generator<PartChange> {
  if (now !== undefined) {
    yield {
      rule: "header-added",
      wire: levelOfPart(direction, added(now.required)),
      direction,
      position: positionOf(status, now),
      path: [],
      old: undefined,
      new: spot(targetOf(context.new.document, now.pointer), now.name),
      cause: sameIn(now.name.toLowerCase(), now.required),
      message: `The answer has the header ${quoted(now.name)} now.`,
    };
  }
  if (old !== undefined) {
    yield {
      rule: "header-removed",
      wire: levelOfPart(direction, removed(old.required)),
      direction,
      position: positionOf(status, old),
      path: [],
      old: spot(targetOf(context.old.document, old.pointer), old.name),
      new: undefined,
      cause: sameIn(old.name.toLowerCase(), old.required),
      message: `The answer no longer has the header ${quoted(old.name)}.`,
    };
  }
}

function* compareHeader(
  context: WireContext,
  { status, direction }: Answers,
  old: ResponseHeader,
  now: ResponseHeader,
): Generator<PartChange> {
  const position = positionOf(status, old);
  const places = {
    old: targetOf(context.old.document, old.pointer),
    new: targetOf(context.new.document, now.pointer),
  };
  if (old.required !== now.required) {
    yield {
      rule: now.required ? "header-became-required" : "header-became-optional",
      wire: levelOfPart(direction, now.required ? "became required" : "became optional"),
      direction,
      position,
      path: [],
      old: spot(places.old),
      new: spot(places.new),
      message: now.required
        ? `The answer always has the header ${quoted(now.name)} now.`
        : `The answer may come without the header ${quoted(now.name)} now.`,
    };
  }
  yield* compareDeprecation(
    { pointer: places.old, deprecated: old.deprecated },
    { pointer: places.new, deprecated: now.deprecated },
    { position, path: [] },
    `The header ${quoted(now.name)}`,
  );
  const writing = writingLevel(context, old, now);
  if (writing !== undefined) {
    yield {
      rule: "header-style-changed",
      wire: writing,
      direction,
      position,
      path: [],
      old: spot(places.old, writingText(old)),
      new: spot(places.new, writingText(now)),
      message: `The header ${quoted(now.name)} is written as ${quoted(writingText(now))} now, no longer as ${quoted(writingText(old))}.`,
    };
  }
  yield* schemaChanges(context, old.schema, now.schema, direction, position);
}

/** The style of headers, or a media type (OpenAPI 3.1, 4.8.21). */
function writingText({ mediaType, explode }: ResponseHeader): string {
  return mediaType ?? `simple${explode ? ", explode" : ""}`;
}

/** In the style of headers, `explode` changes only how objects are written (OpenAPI 3.1, 4.8.12.6). */
function writingLevel(
  { old: before, new: after }: WireContext,
  old: ResponseHeader,
  now: ResponseHeader,
): Level | undefined {
  if (old.mediaType?.toLowerCase() !== now.mediaType?.toLowerCase()) return "breaking";
  if (old.mediaType !== undefined || old.explode === now.explode) return undefined;
  const types = [old.schema && typesWithin(before.document, old.schema)].concat(
    now.schema && typesWithin(after.document, now.schema),
  );
  if (types.some((found) => found?.has("object"))) return "breaking";
  return types.some((found) => found === undefined || found.size === 0) ? "undecidable" : undefined;
}

function positionOf(status: ResponseStatus, { name }: ResponseHeader): Position {
  return { kind: "header", status, name };
}
