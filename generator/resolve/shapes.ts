import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { trailPointer, type Trail } from "../document/trail.js";
import { isTargetKind, slotsIn, slotsOf, type NodeKind, type Slot } from "../document/grammar.js";
import { isObject, member, sortedEntries, stringMember } from "../document/json.js";
import { childPointer, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isSchema } from "./media-types.js";
import { referenceTarget } from "./references.js";
import { checkInfo, checkPathItem, meansOperations, noOperations } from "./root-shapes.js";
import { mismatch } from "./shape-mismatch.js";
import {
  DATA_FIELDS,
  KINDS,
  NEEDED,
  PLAIN,
  type DataType,
  type Kind,
  type PlainKind,
} from "./shape-tables.js";

/*
 * Every stage reads a document leniently: what has another type than it should is not there. This file tells where
 * that happens, so that nothing is lost without a word. A `null` stands for nothing in many documents that programs
 * write, so that it never ends a run by itself; in a list of security requirements it does.
 */

interface Node {
  readonly value: JsonObject;
  readonly kind: Kind;
  /** The way from the root; a pointer is made of it only for what is found. */
  readonly trail: Trail | undefined;
}

/** What is of another type than it should be, and what is missing or unknown at the top and in path items. */
export function* checkShapes(document: JsonObject): Findings<void> {
  yield* checkInfo(document);
  yield* checkNodes(document);
  if (!meansOperations(document)) yield noOperations(document);
}

/** Goes down from the root, and on to what references lead to, for that may stand where nothing else leads. */
function* checkNodes(document: JsonObject): Findings<void> {
  const checked = new Map<Kind, Set<JsonObject>>();
  const below: Node[] = [{ value: document, kind: "document", trail: undefined }];
  const referred: Node[] = [];
  for (;;) {
    // What can be reached both ways is checked, and told of, in its own place.
    const node = below.pop() ?? referred.pop();
    if (node === undefined) return;
    if (isRepeated(node, checked)) continue;
    referred.push(...targetOf(node, document));
    if (isReplaced(node)) continue;
    yield* checkNode(node);
    for (const slot of slotsBelow(node)) {
      const { tokens, value, kind } = slot;
      if (!fits(slot)) yield* wrongSlot(node, slot, trailPointer(node.trail, ...tokens));
      else if (isEntry(slot) && isObject(value))
        below.push({ value, kind, trail: { before: node.trail, tokens } });
    }
  }
}

/** An object can be reached twice, by aliases of YAML and by references; what it is read as decides what is checked. */
function isRepeated({ kind, value }: Node, checked: Map<Kind, Set<JsonObject>>): boolean {
  const objects = checked.get(kind) ?? new Set();
  if (objects.has(value)) return true;
  checked.set(kind, objects.add(value));
  return false;
}

/** What the `$ref` of an object leads to. The loader has made sure that it is an object. */
function targetOf({ value, kind }: Node, document: JsonObject): readonly Node[] {
  const uri = canRefer(kind) ? stringMember(value, "$ref") : undefined;
  if (uri === undefined) return [];
  const pointer = referenceTarget(uri);
  const target = resolvePointer(document, pointer);
  const trail = { before: undefined, tokens: pointerTokens(pointer) };
  return isObject(target) ? [{ value: target, kind, trail }] : [];
}

function canRefer(kind: Kind): kind is NodeKind {
  return !isPlain(kind) && isTargetKind(kind);
}

function isPlain(kind: Kind): kind is PlainKind {
  return PLAIN_KINDS.has(kind);
}

const PLAIN_KINDS: ReadonlySet<Kind> = new Set([
  "info",
  "server",
  "serverVariable",
  "tag",
  "securityRequirement",
]);

/** Fields beside a `$ref` count in schemas only; those of path items are told of. */
function isReplaced({ value, kind }: Node): boolean {
  const hasReference = canRefer(kind) && stringMember(value, "$ref") !== undefined;
  return hasReference && kind !== "schema" && kind !== "pathItem";
}

function slotsBelow({ value, kind }: Node): readonly Slot<Kind>[] {
  const slots: readonly Slot<Kind>[] = isPlain(kind) ? [] : slotsOf(value, kind);
  const plain = PLAIN[kind];
  const all = plain === undefined ? slots : [...slots, ...slotsIn<Kind>(value, plain)];
  return all.filter((slot) => !isUnread(slot, kind) && !isExtension(slot));
}

/** Webhooks, callbacks and links are no part of a client. */
function isUnread({ kind, tokens }: Slot<Kind>, owner: Kind): boolean {
  if (kind === "callback" || kind === "link") return true;
  return owner === "document" && tokens[0] === "webhooks";
}

/** Authors put `x-note: text` among entries too. A `$ref` in the place of a whole map was told by the loader. */
function isExtension({ tokens, value }: Slot<Kind>): boolean {
  const key = tokens.at(-1) ?? "";
  return (
    !isObject(value) && (key.startsWith("x-") || (key === "$ref" && typeof value === "string"))
  );
}

function isEntry({ shape, value }: Slot<Kind>): boolean {
  return shape === "one" || (shape === "one or list" && !Array.isArray(value));
}

/* ----------------------------------------------------------------------- types */

function fits({ value, kind, shape }: Slot<Kind>): boolean {
  if (shape === "list") return Array.isArray(value);
  if (shape === "map") return isObject(value);
  if (shape === "one or list" && Array.isArray(value)) return true;
  return kind === "schema" ? isSchema(value) : isObject(value);
}

function* wrongSlot(owner: Node, slot: Slot<Kind>, pointer: string): Findings<void> {
  const { kind, shape, value, tokens } = slot;
  // That there are no paths is told once, however that comes.
  if (kind === "paths" && value === null) return;
  const { one, many, code, hint, otherwise } = KINDS[kind];
  const expected = {
    list: `a list of ${many}`,
    map: `an object of ${many}`,
    one,
    "one or list": `${one} or a list of ${many}`,
  };
  // Everything of its kind is lost with a whole section.
  const isSection = owner.kind === "components" && shape === "map";
  const isMember = tokens.length > 1 || owner.kind === "paths" || owner.kind === "responses";
  const field = isMember ? "" : `under ${tokens[0] ?? ""}, `;
  yield mismatch(value, `${field}where ${expected[shape]} belongs`, {
    code: isSection ? "wrong-shape" : code,
    hint: isSection ? "Write each one below a name of its own: { Name: …, Other: … }." : hint,
    pointer,
    // Without it an operation would seem to need no credentials.
    isNullWrong: kind === "securityRequirement" && shape === "one",
    ...(otherwise === undefined || shape !== "one" ? {} : { otherwise }),
  });
}

/* ------------------------------------------------------------------ single nodes */

function* checkNode(node: Node): Findings<void> {
  for (const [key, type] of DATA_FIELDS.get(node.kind) ?? []) {
    const value = member(node.value, key) ?? null;
    if (!isRight(value, type)) yield* wrongData(key, value, type, trailPointer(node.trail, key));
  }
  const needed = NEEDED[node.kind];
  if (needed !== undefined && (member(node.value, needed) ?? null) === null)
    yield lacking(node, needed);
  if (node.kind === "pathItem") yield* checkPathItem(node.value, node.trail);
  if (node.kind === "securityRequirement") yield* checkScopes(node);
}

function isRight(value: JsonValue, { fits, items }: DataType): boolean {
  if (value === null) return true;
  return fits(value) && (items === undefined || !Array.isArray(value) || value.every(items.fits));
}

function* wrongData(
  key: string,
  value: JsonValue,
  type: DataType,
  pointer: string,
): Findings<void> {
  if (!type.fits(value)) {
    yield mismatch(value, `under ${key}, where ${type.name} belongs`, {
      code: "ignored-value",
      hint: type.hint,
      pointer,
    });
    return;
  }
  if (type.items === undefined || !Array.isArray(value)) return;
  for (const [index, item] of value.entries()) {
    if (type.items.fits(item)) continue;
    yield mismatch(item, `under ${key}, where ${type.items.name} belongs`, {
      code: "ignored-value",
      hint: type.items.hint,
      pointer: childPointer(pointer, index),
    });
  }
}

function lacking(node: Node, field: string): Diagnostic {
  const { one, hint } = KINDS[node.kind];
  return diagnostic("ignored-value", {
    message: `There is ${one} without a ${field}; it is ignored.`,
    hint,
    place: { pointer: trailPointer(node.trail) },
  });
}

/** The scopes under the name of each scheme. */
function* checkScopes(node: Node): Findings<void> {
  for (const [name, scopes] of sortedEntries(node.value)) {
    const place = trailPointer(node.trail, name);
    if (Array.isArray(scopes)) {
      for (const [index, scope] of scopes.entries()) {
        if (typeof scope !== "string")
          yield wrongScope(scope, "a scope", childPointer(place, index));
      }
    } else yield wrongScope(scopes, "a list of scopes", place);
  }
}

function wrongScope(value: JsonValue, expected: string, pointer: string): Diagnostic {
  return mismatch(value, `where ${expected} belongs`, {
    code: "ignored-value",
    hint: "Write a list of strings after the name of the scheme: [] where there are no scopes.",
    pointer,
  });
}
