import { quoted } from "../../diagnostics/quoted.js";
import { arrayMember, member } from "../../document/json.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { follow } from "../../resolve/references.js";
import type { Parameter, PlacedSchema, Serialization } from "../../resolve/resolved-api.js";
import { impliedType } from "../../resolve/schema-keywords.js";
import type { Level } from "../level.js";
import { spot, type PartChange, type WireContext } from "./wire-context.js";

type Styled = Extract<Serialization, { kind: "style" }>;

/** How the value of a parameter is written: by style, or as a media type (OpenAPI 3.1, 4.8.12.2). */
export function* compareSerializations(
  context: WireContext,
  { old, new: now }: { readonly old: Parameter; readonly new: Parameter },
  at: Pick<PartChange, "direction" | "position" | "path">,
  spots: { readonly old: { readonly pointer: string }; readonly new: { readonly pointer: string } },
): Generator<PartChange> {
  const [before, after] = [old.serialization, now.serialization];
  if (before.kind === "style" && after.kind === "style" && old.location === now.location) {
    yield* compareStyles(context, { old, new: now }, before, after, at, spots);
    return;
  }
  const [oldText, newText] = [serializationText(before), serializationText(after)];
  if (oldText === newText || old.location !== now.location) return;
  yield {
    ...at,
    rule: "parameter-style-changed",
    wire: "breaking",
    old: spot(spots.old.pointer, oldText),
    new: spot(spots.new.pointer, newText),
    message: `The value is written as ${quoted(newText)} now, no longer as ${quoted(oldText)}.`,
  };
}

function* compareStyles(
  context: WireContext,
  { old, new: now }: { readonly old: Parameter; readonly new: Parameter },
  before: Styled,
  after: Styled,
  at: Pick<PartChange, "direction" | "position" | "path">,
  spots: { readonly old: { readonly pointer: string }; readonly new: { readonly pointer: string } },
): Generator<PartChange> {
  const wire = worseOf(
    writingLevel(before, after, shapeOf(context.old.document, old.schema)),
    writingLevel(before, after, shapeOf(context.new.document, now.schema)),
  );
  if (wire !== undefined) {
    const [oldText, newText] = [serializationText(before), serializationText(after)];
    yield {
      ...at,
      rule: "parameter-style-changed",
      wire,
      old: spot(spots.old.pointer, oldText),
      new: spot(spots.new.pointer, newText),
      message: `The value is written in the style ${quoted(newText)} now, no longer ${quoted(oldText)}.`,
    };
  }
  if (before.allowReserved === after.allowReserved) return;
  yield {
    ...at,
    rule: "parameter-reserved-changed",
    // What is percent-encoded is understood either way.
    wire: after.allowReserved ? "safe" : "undecidable",
    old: spot(spots.old.pointer, before.allowReserved),
    new: spot(spots.new.pointer, after.allowReserved),
    message: after.allowReserved
      ? "Reserved characters of the value may be sent as they are now."
      : "Reserved characters of the value have to be percent-encoded now.",
  };
}

function serializationText(serialization: Serialization): string {
  if (serialization.kind === "content") return serialization.mediaType.name;
  return `${serialization.style}${serialization.explode ? ", explode" : ""}`;
}

/** Single values are written alike in most styles, and `explode` makes no difference to them. */
const SAME_FOR_SINGLE: ReadonlySet<string> = new Set([
  "form",
  "spaceDelimited",
  "pipeDelimited",
  "deepObject",
  "cookie",
]);

function writingLevel(old: Styled, now: Styled, shape: Shape): Level | undefined {
  if (old.style === now.style && old.explode === now.explode) return undefined;
  const isSameForSingle =
    old.style === now.style || (SAME_FOR_SINGLE.has(old.style) && SAME_FOR_SINGLE.has(now.style));
  if (shape === "single" && isSameForSingle) return undefined;
  return shape === "unknown" && isSameForSingle ? "undecidable" : "breaking";
}

function worseOf(left: Level | undefined, right: Level | undefined): Level | undefined {
  return left === "breaking" || right === undefined ? left : right;
}

type Shape = "single" | "structured" | "unknown";

/** Whether values are single ones, or arrays and objects. */
function shapeOf(document: JsonObject, schema: PlacedSchema): Shape {
  const types = typesWithin(document, schema);
  if (types.has("array") || types.has("object")) return "structured";
  return types.size === 0 ? "unknown" : "single";
}

/** The types that values may have beside null; of schemas that combine others, what these are. None: nobody knows. */
export function typesWithin(
  document: JsonObject,
  { schema, pointer }: PlacedSchema,
): ReadonlySet<unknown> {
  const types = new Set<unknown>();
  const seen = new Set<JsonObject>();
  const open: (JsonValue | undefined)[] = [typeof schema === "boolean" ? undefined : schema];
  while (open.length > 0) {
    const target = follow(document, open.pop(), pointer)?.value;
    if (target === undefined || seen.has(target)) continue;
    seen.add(target);
    for (const type of [member(target, "type") ?? impliedType(target) ?? []].flat())
      types.add(type);
    for (const key of ["allOf", "anyOf", "oneOf"]) open.push(...arrayMember(target, key));
  }
  types.delete("null");
  return types;
}
