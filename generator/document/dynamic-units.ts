import { childrenOf, type Grammar, type NodeKind } from "./grammar.js";
import { stringMember } from "./json.js";
import { fragmentPointer, pointerTokens, pointerTo } from "./pointer.js";
import type { JsonObject } from "./source.js";
import { trailPointer, type Trail } from "./trail.js";

/** A reference inside a unit. */
export interface Link {
  readonly holder: JsonObject;
  /** Where it leads in the bundled document. */
  readonly pointer: string;
  /** The anchor of a `$dynamicRef` that depends on the way to it. */
  readonly name?: string;
}

/**
 * A schema that evaluation enters as a whole: a schema resource with an `$id`, or a schema that is in no other one.
 * By the letter of JSON Schema all of the latter are one resource, in which an anchor can have only one meaning; but
 * most documents that use dynamic anchors have no `$id`s, and mean this.
 */
export interface Unit {
  readonly pointer: string;
  readonly value: JsonObject;
  /** Its dynamic anchors, by name, with their pointers. */
  readonly anchors: Map<string, string>;
  /** References of it into itself. */
  readonly inner: Link[];
  /** References of it to other units. */
  readonly outer: { readonly link: Link; readonly unit: Unit }[];
  readonly dynamic: Link[];
}

/**
 * All units of a document by their pointers, each with the references in it.
 *
 * @param names the objects that have a `$dynamicRef`, and the anchor that it names where that is a dynamic one
 */
export function schemaUnits(
  document: JsonObject,
  grammar: Grammar,
  names: ReadonlyMap<JsonObject, string | undefined>,
): ReadonlyMap<string, Unit> {
  const units = new Map<string, Unit>();
  const links: { readonly link: Link; readonly unit: Unit }[] = [];
  walkSchemas(document, grammar, (schema, trail, around) => {
    const isUnit = around === undefined || stringMember(schema, "$id") !== undefined;
    const unit = isUnit ? emptyUnit(schema, trailPointer(trail)) : around;
    if (isUnit) units.set(unit.pointer, unit);
    const anchor = stringMember(schema, "$dynamicAnchor");
    if (anchor !== undefined && !unit.anchors.has(anchor))
      unit.anchors.set(anchor, trailPointer(trail));
    const reference = pointerIn(schema, "$ref");
    if (reference !== undefined) links.push({ unit, link: { holder: schema, pointer: reference } });
    const dynamic = names.has(schema) ? pointerIn(schema, "$dynamicRef") : undefined;
    if (dynamic !== undefined) unit.dynamic.push(dynamicLink(schema, dynamic, names.get(schema)));
    return unit;
  });
  for (const { link, unit } of links) {
    const target = unitAt(link.pointer, units);
    if (target === unit) unit.inner.push(link);
    else if (target !== undefined) unit.outer.push({ link, unit: target });
  }
  return units;
}

function emptyUnit(value: JsonObject, pointer: string): Unit {
  return { pointer, value, anchors: new Map(), inner: [], outer: [], dynamic: [] };
}

function dynamicLink(holder: JsonObject, pointer: string, name: string | undefined): Link {
  return { holder, pointer, ...(name === undefined ? {} : { name }) };
}

function pointerIn(schema: JsonObject, key: string): string | undefined {
  const reference = stringMember(schema, key);
  return reference === undefined ? undefined : fragmentPointer(reference);
}

/** The innermost unit that a pointer leads into. */
function unitAt(pointer: string, units: ReadonlyMap<string, Unit>): Unit | undefined {
  const tokens = pointerTokens(pointer);
  for (let length = tokens.length; length > 0; length -= 1) {
    const unit = units.get(pointerTo(...tokens.slice(0, length)));
    if (unit !== undefined) return unit;
  }
  return undefined;
}

/** Visits every schema once, those around before those inside, with what the visit of the one around gave. */
function walkSchemas(
  document: JsonObject,
  grammar: Grammar,
  visit: (schema: JsonObject, trail: Trail | undefined, around: Unit | undefined) => Unit,
): void {
  const seen = new Map<NodeKind, Set<JsonObject>>();
  const stack: {
    readonly value: JsonObject;
    readonly kind: NodeKind;
    readonly trail: Trail | undefined;
    readonly unit: Unit | undefined;
  }[] = [{ value: document, kind: "document", trail: undefined, unit: undefined }];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { value, kind, trail, unit } = node;
    const ofKind = seen.get(kind) ?? new Set();
    if (ofKind.has(value)) continue;
    seen.set(kind, ofKind.add(value));
    const around = kind === "schema" ? visit(value, trail, unit) : undefined;
    for (const child of childrenOf(value, kind, grammar))
      stack.push({
        value: child.value,
        kind: child.kind,
        trail: { before: trail, tokens: child.tokens },
        unit: around,
      });
  }
}
