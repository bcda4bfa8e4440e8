import { canonicalJson } from "../../document/hashes.js";
import { childPointer } from "../../document/pointer.js";
import { quoted } from "../../diagnostics/quoted.js";
import type { JsonValue } from "../../document/source.js";
import type { MediaType, PropertyEncoding } from "../../resolve/resolved-api.js";
import type { Level } from "../level.js";
import type { Direction, Position } from "../position.js";
import { levelOfSet } from "./levels.js";
import { createPairing } from "./pairing.js";
import { spot, type PartChange } from "./wire-context.js";

interface Encoded {
  readonly old: MediaType;
  readonly new: MediaType;
  readonly direction: Direction;
  readonly position: Position;
  readonly places: { readonly old: string; readonly new: string };
}

/** How the properties and parts of a body are written (OpenAPI 3.1, 4.8.15). */
export function* compareEncodings(encoded: Encoded): Generator<PartChange> {
  const { old, new: now } = encoded;
  const pairing = createPairing(old.encoding, now.encoding);
  pairing.by(({ property }) => property);
  for (const { old: before, new: after } of pairing.pairs())
    yield* compareProperty(encoded, before, after);
  const parts = [valueOf(old.parts), valueOf(now.parts)] as const;
  const isSame =
    old.isItemSchema === now.isItemSchema && canonicalJson(parts[0]) === canonicalJson(parts[1]);
  if (!isSame) yield change(encoded, [], parts, "undecidable", "The parts of the content");
}

function* compareProperty(
  encoded: Encoded,
  old: PropertyEncoding | undefined,
  now: PropertyEncoding | undefined,
): Generator<PartChange> {
  const property = (old ?? now)?.property ?? "";
  const values = [valueOf(meaningOf(old)), valueOf(meaningOf(now))] as const;
  if (canonicalJson(values[0]) === canonicalJson(values[1])) return;
  const level = encodingLevel(encoded.direction, old, now);
  const places = {
    old: old === undefined ? encoded.places.old : encodingPointer(encoded.places.old, property),
    new: now === undefined ? encoded.places.new : encodingPointer(encoded.places.new, property),
  };
  const what = `The property ${quoted(property)}`;
  yield change({ ...encoded, places }, [{ key: property }], values, level, what);
}

/** Where the media type says how a property is written, so that each one is a finding of its own. */
function encodingPointer(mediaType: string, property: string): string {
  return childPointer(mediaType, "encoding", property);
}

function change(
  { direction, position, places }: Encoded,
  path: PartChange["path"],
  [old, now]: readonly [JsonValue, JsonValue],
  wire: Level,
  what: string,
): PartChange {
  return {
    rule: "encoding-changed",
    wire,
    direction,
    position,
    path,
    old: spot(places.old, old),
    new: spot(places.new, now),
    message: `${what} ${path.length === 0 ? "are" : "is"} written in another way.`,
  };
}

/** What is the same with and without its defaults. */
function meaningOf(encoding: PropertyEncoding | undefined): object {
  const { contentType, style, explode, allowReserved, parts } = encoding ?? {};
  const usual = style ?? "form";
  return {
    contentType: contentType ?? null,
    style: usual,
    explode: explode ?? usual === "form",
    allowReserved: allowReserved ?? false,
    parts: parts ?? null,
  };
}

/** Only the list of content types is a set that can be compared; what is usual without one follows from the schema. */
function encodingLevel(
  direction: Direction,
  old: PropertyEncoding | undefined,
  now: PropertyEncoding | undefined,
): Level {
  const rest = [old, now].map((one) =>
    canonicalJson(valueOf({ ...meaningOf(one), contentType: null })),
  );
  if (rest[0] !== rest[1]) return "breaking";
  const [before, after] = [contentTypes(old), contentTypes(now)];
  if (before.length === 0 || after.length === 0) return "undecidable";
  const isWidened = before.every((type) => after.includes(type));
  const isNarrowed = after.every((type) => before.includes(type));
  if (isWidened === isNarrowed) return isWidened ? "safe" : "breaking";
  return levelOfSet(direction, isWidened ? "widened" : "narrowed");
}

function contentTypes(encoding: PropertyEncoding | undefined): readonly string[] {
  const types = (encoding?.contentType ?? "").split(",").map((type) => type.trim().toLowerCase());
  return types.filter((type) => type !== "");
}

/** Without members that are `undefined`. */
function valueOf(value: object | undefined): JsonValue {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as JsonValue);
}
