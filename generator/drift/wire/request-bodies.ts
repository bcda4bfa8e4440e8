import type { RequestBody } from "../../resolve/resolved-api.js";
import type { Position } from "../position.js";
import { added, levelOfPart, MUST_BE_SENT, removed } from "./levels.js";
import { compareContents } from "./media-types.js";
import {
  spot,
  targetOf,
  type Exchange,
  type PartChange,
  type WireContext,
} from "./wire-context.js";

const WHOLE: Position = { kind: "body", mediaType: undefined };

/** The body that is sent (OpenAPI 3.1, 4.8.13). */
export function* compareRequestBodies(
  context: WireContext,
  exchange: Exchange,
): Generator<PartChange> {
  const { sent } = exchange;
  const [old, now] = [exchange.old.requestBody, exchange.new.requestBody];
  const spots = {
    old: old && spot(targetOf(context.old.document, old.pointer)),
    new: now && spot(targetOf(context.new.document, now.pointer)),
  };
  yield* comparePresence(old, now, exchange, spots);
  if (old === undefined || now === undefined) return;
  yield* compareContents(context, {
    old: old.mediaTypes,
    new: now.mediaTypes,
    pointers: { old: spots.old?.pointer ?? old.pointer, new: spots.new?.pointer ?? now.pointer },
    direction: sent,
    isAskedFor: false,
    position: (mediaType) => ({ kind: "body", mediaType }),
  });
}

function* comparePresence(
  old: RequestBody | undefined,
  now: RequestBody | undefined,
  { sent }: Exchange,
  spots: Pick<PartChange, "old" | "new">,
): Generator<PartChange> {
  const common = { ...spots, direction: sent, position: WHOLE, path: [] } as const;
  if (old === undefined && now !== undefined) {
    yield {
      ...common,
      rule: now.required ? "required-body-added" : "body-added",
      wire: levelOfPart(sent, added(now.required)),
      message: `A body ${now.required ? MUST_BE_SENT[sent] : "can be sent"} now.`,
    };
  } else if (old !== undefined && now === undefined) {
    yield {
      ...common,
      rule: "body-removed",
      wire: levelOfPart(sent, removed(old.required)),
      message: "A body is no longer documented.",
    };
  } else if (old !== undefined && now !== undefined && old.required !== now.required) {
    yield {
      ...common,
      rule: now.required ? "body-became-required" : "body-became-optional",
      wire: levelOfPart(sent, now.required ? "became required" : "became optional"),
      message: `The body ${now.required ? MUST_BE_SENT[sent] : "may be left out"} now.`,
    };
  }
}
