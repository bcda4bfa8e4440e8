import { quoted } from "../../diagnostics/quoted.js";
import type { MediaType } from "../../resolve/resolved-api.js";
import type { Level } from "../level.js";
import type { Direction, Position } from "../position.js";
import { compareEncodings } from "./encodings.js";
import { createPairing } from "./pairing.js";
import { schemaChanges, spot, type PartChange, type WireContext } from "./wire-context.js";

/** What stands under `content`, and what it is the content of. */
export interface Contents {
  readonly old: readonly MediaType[];
  readonly new: readonly MediaType[];
  /** Where the whole stands. */
  readonly pointers: { readonly old: string; readonly new: string };
  readonly direction: Direction;
  /** Whether whoever gets it says which media types it takes, as `Accept` does for answers (RFC 9110, 12.5.1). */
  readonly isAskedFor: boolean;
  readonly position: (mediaType: string | undefined) => Position;
}

/**
 * Which media types there are, and what each of them holds. Where the receiver chooses, more of them harm nobody and one
 * less may be the one that was asked for; so it is where the sender chooses and the client is the sender.
 */
export function* compareContents(context: WireContext, contents: Contents): Generator<PartChange> {
  const pairing = createPairing(contents.old, contents.new);
  pairing.by(({ name }) => name);
  pairing.by(({ name }) => essenceOf(name));
  pairing.add(coveredByRange(...pairing.left()));
  const [gone, come] = pairing.left();
  const [onlyGone, onlyCome] = [gone[0], come[0]];
  if (gone.length === 1 && come.length === 1 && onlyGone !== undefined && onlyCome !== undefined) {
    yield replacement(contents, onlyGone, onlyCome);
    // What is written in one way says the same in another only if it is written by the same rules.
    if (onlyGone.kind === onlyCome.kind)
      yield* compareMediaType(context, contents, onlyGone, onlyCome);
  }
  for (const { old, new: now } of pairing.pairs()) {
    if (old !== undefined && now !== undefined)
      yield* compareMediaType(context, contents, old, now);
    else if (gone.length !== 1 || come.length !== 1) yield* oneSided(contents, old, now);
  }
}

/** A range such as `application/*` covers what was one of its types; a type is not the range that it stands for. */
function coveredByRange(
  olds: readonly MediaType[],
  news: readonly MediaType[],
): readonly (readonly [old: MediaType, new: MediaType])[] {
  return olds.flatMap((old) => {
    const found = news.find((now) => covers(now, old) || covers(old, now));
    return found === undefined || olds.length > 1 || news.length > 1 ? [] : [[old, found] as const];
  });
}

function covers(range: MediaType, { name }: MediaType): boolean {
  const [type = "", subtype = ""] = essenceOf(range.name).split("/");
  const [ofType = ""] = essenceOf(name).split("/");
  return range.isRange && subtype === "*" && (type === "*" || type === ofType);
}

/** A media type without its parameters. */
function essenceOf(name: string): string {
  return (name.split(";")[0] ?? "").trim();
}

function isOffered({ direction, isAskedFor }: Contents): boolean {
  return direction === "request" || isAskedFor;
}

function levelOf(contents: Contents, event: "added" | "removed"): Level {
  return (event === "removed") === isOffered(contents) ? "breaking" : "safe";
}

function* oneSided(
  contents: Contents,
  old: MediaType | undefined,
  now: MediaType | undefined,
): Generator<PartChange> {
  const common = { direction: contents.direction, path: [] } as const;
  if (now !== undefined) {
    yield {
      ...common,
      rule: "media-type-added",
      wire: levelOf(contents, "added"),
      position: contents.position(now.name),
      old: undefined,
      new: spot(placeOf(now, contents.pointers.new), now.name),
      message: `The content can be ${quoted(now.name)} now.`,
    };
  }
  if (old !== undefined) {
    yield {
      ...common,
      rule: "media-type-removed",
      wire: levelOf(contents, "removed"),
      position: contents.position(old.name),
      old: spot(placeOf(old, contents.pointers.old), old.name),
      new: undefined,
      message: `The content can no longer be ${quoted(old.name)}.`,
    };
  }
}

function replacement(contents: Contents, old: MediaType, now: MediaType): PartChange {
  return {
    rule: "media-type-replaced",
    wire: "breaking",
    direction: contents.direction,
    position: contents.position(old.name),
    path: [],
    old: spot(placeOf(old, contents.pointers.old), old.name),
    new: spot(placeOf(now, contents.pointers.new), now.name),
    message: `The content is ${quoted(now.name)} now, no longer ${quoted(old.name)}.`,
  };
}

function* compareMediaType(
  context: WireContext,
  contents: Contents,
  old: MediaType,
  now: MediaType,
): Generator<PartChange> {
  const { direction, pointers } = contents;
  const position = contents.position(old.name);
  const places = { old: placeOf(old, pointers.old), new: placeOf(now, pointers.new) };
  const isRewritten = essenceOf(old.name) === essenceOf(now.name) && old.name !== now.name;
  if (isRewritten || covers(now, old) || covers(old, now))
    yield* renamedType(contents, old, now, places);
  yield* compareEncodings({ old, new: now, direction, position, places });
  if (old.isItemSchema === now.isItemSchema)
    yield* schemaChanges(context, old.schema, now.schema, direction, position);
}

/** `charset=utf-8` says what is usual; what else parameters say is known only to those who defined them. */
function* renamedType(
  contents: Contents,
  old: MediaType,
  now: MediaType,
  places: { readonly old: string; readonly new: string },
): Generator<PartChange> {
  if (withoutCharset(old.name) === withoutCharset(now.name)) return;
  const isWider = covers(now, old) && !covers(old, now);
  const isNarrower = covers(old, now) && !covers(now, old);
  yield {
    rule: "media-type-changed",
    wire: isWider
      ? levelOf(contents, "added")
      : isNarrower
        ? levelOf(contents, "removed")
        : "undecidable",
    direction: contents.direction,
    position: contents.position(old.name),
    path: [],
    old: spot(places.old, old.name),
    new: spot(places.new, now.name),
    message: `The content is described as ${quoted(now.name)} now, no longer as ${quoted(old.name)}.`,
  };
}

function withoutCharset(name: string): string {
  return name.replace(/;\s*charset="?utf-?8"?/i, "");
}

/** Schemas stand directly below the Media Type Object, except in sequences; there the whole is near enough. */
function placeOf({ schema }: MediaType, whole: string): string {
  return schema?.pointer.endsWith("/schema") === true
    ? schema.pointer.slice(0, -"/schema".length)
    : whole;
}
