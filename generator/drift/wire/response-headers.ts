import { quoted } from "../../diagnostics/quoted.js";
import { member } from "../../document/json.js";
import { follow } from "../../resolve/references.js";
import type { Response, ResponseHeader, ResponseStatus } from "../../resolve/resolved-api.js";
import type { Direction, Position } from "../position.js";
import { compareDeprecation } from "./deprecation.js";
import { added, levelOfPart, removed } from "./levels.js";
import { createPairing } from "./pairing.js";
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
  if (old.explode !== now.explode && isObjectValued(context, old)) {
    yield {
      rule: "header-style-changed",
      wire: "breaking",
      direction,
      position,
      path: [],
      old: spot(places.old, old.explode),
      new: spot(places.new, now.explode),
      message: `The value of the header ${quoted(now.name)} is written in another way.`,
    };
  }
  yield* schemaChanges(context, old.schema, now.schema, direction, position);
}

/** In the style of headers, `explode` changes only how objects are written (OpenAPI 3.1, 4.8.12.6). */
function isObjectValued({ old: { document } }: WireContext, { schema }: ResponseHeader): boolean {
  if (schema === undefined || typeof schema.schema === "boolean") return false;
  const target = follow(document, schema.schema, schema.pointer)?.value;
  return [member(target, "type")].flat().includes("object");
}

function positionOf(status: ResponseStatus, { name }: ResponseHeader): Position {
  return { kind: "header", status, name };
}
