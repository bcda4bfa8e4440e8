import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { Link, Unit } from "./dynamic-units.js";
import { textHash } from "./hashes.js";
import { compareText, isObject, member, objectMember, setMember } from "./json.js";
import {
  fragmentPointer,
  pointerTo,
  pointerTokens,
  referenceTo,
  resolvePointer,
} from "./pointer.js";
import type { JsonObject, JsonValue } from "./source.js";

/** What becomes of the dynamic references of a document. */
export interface Specialised {
  /** Where each copy stands, and what it was made of: pointers of the bundled document. */
  readonly copies: ReadonlyMap<string, string>;
  readonly findings: readonly Diagnostic[];
}

/** What dynamic anchors mean on the way to a schema: names and pointers. The outermost schema decides. */
type Scope = ReadonlyMap<string, string>;

/** A copy of a unit, in which dynamic references mean what they mean in one scope. */
interface Copy {
  readonly pointer: string;
  readonly unit: Unit;
  readonly scope: Scope;
  /** The objects of the copy by those of the original. */
  readonly objects: ReadonlyMap<JsonObject, JsonObject>;
}

/**
 * Replaces every `$dynamicRef` by a `$ref`. What it means depends on the way by which evaluation came to it: the
 * outermost schema resource on that way that has such a `$dynamicAnchor` counts (JSON Schema 2020-12 core, 8.2.3.2).
 * So a schema that is extended by ones with anchors of their own is copied for each, as generics are.
 *
 * @param document bundled; it is changed
 * @param units its schemas by pointer, as they were before their anchors were taken off
 * @param limit how many copies may be made; further ones keep the meaning that they have by themselves
 */
export function specialise(
  document: JsonObject,
  units: ReadonlyMap<string, Unit>,
  limit: number,
): Specialised {
  const state: Specialising = {
    document,
    units,
    reachable: reachableNames(units),
    meanings: meaningsOf(units),
    limit,
    copies: new Map(),
    queue: [],
    assignments: [],
    findings: [],
  };
  const originals = new Map([...units.values()].map((unit) => [unit, unit.anchors]));
  for (const [unit, scope] of originals)
    rewrite({ pointer: unit.pointer, unit, scope, objects: new Map() }, state);
  for (let copy = state.queue.pop(); copy !== undefined; copy = state.queue.pop())
    rewrite(copy, state);
  for (const { holder, pointer } of state.assignments) assign(holder, endOf(document, pointer));
  const made = [...state.copies.values()];
  return {
    copies: new Map(made.map(({ pointer, unit }) => [pointer, unit.pointer])),
    findings: state.findings,
  };
}

interface Specialising {
  readonly document: JsonObject;
  /** By pointer. */
  readonly units: ReadonlyMap<string, Unit>;
  /** The dynamic anchors on which a unit and all that it leads to depend. */
  readonly reachable: ReadonlyMap<Unit, ReadonlySet<string>>;
  /** Everything that a dynamic anchor can mean anywhere in the document. */
  readonly meanings: ReadonlyMap<string, ReadonlySet<string>>;
  readonly limit: number;
  readonly copies: Map<string, Copy>;
  readonly queue: Copy[];
  readonly assignments: { readonly holder: JsonObject; readonly pointer: string }[];
  readonly findings: Diagnostic[];
}

/** Gives the references of a unit, or of a copy of it, the targets that they have in its scope. */
function rewrite(copy: Copy, state: Specialising): void {
  const { unit, scope, objects } = copy;
  const own = (pointer: string): string =>
    isBelow(pointer, unit.pointer) ? copy.pointer + pointer.slice(unit.pointer.length) : pointer;
  const holderOf = ({ holder }: Link): JsonObject => objects.get(holder) ?? holder;
  for (const link of unit.dynamic) {
    const pointer = link.name === undefined ? undefined : scope.get(link.name);
    state.assignments.push({ holder: holderOf(link), pointer: own(pointer ?? link.pointer) });
  }
  for (const link of unit.inner) setMember(holderOf(link), "$ref", referenceTo(own(link.pointer)));
  for (const { link, unit: target } of unit.outer) {
    const pointer = targetIn(scope, target, state);
    if (pointer !== target.pointer || objects.size > 0)
      setMember(
        holderOf(link),
        "$ref",
        referenceTo(
          pointer === target.pointer
            ? own(link.pointer)
            : pointer + link.pointer.slice(target.pointer.length),
        ),
      );
  }
}

/** Where a unit stands as it is in a scope: in its own place, unless that makes a difference. */
function targetIn(scope: Scope, unit: Unit, state: Specialising): string {
  const reachable = state.reachable.get(unit) ?? new Set();
  const relevant = [...scope]
    .filter(([name]) => reachable.has(name) && (state.meanings.get(name)?.size ?? 0) > 1)
    .sort(([left], [right]) => compareText(left, right));
  if (relevant.every(([name, pointer]) => unit.anchors.get(name) === pointer)) return unit.pointer;
  const key = JSON.stringify([unit.pointer, relevant]);
  const known = state.copies.get(key);
  if (known !== undefined) return known.pointer;
  if (state.copies.size >= state.limit || !canHoldCopies(state.document)) {
    if (state.findings.length === 0) state.findings.push(tooManyCopies(unit, state.limit));
    return unit.pointer;
  }
  const copy = copyOf(unit, new Map(relevant), key, state.document);
  state.copies.set(key, copy);
  state.queue.push(copy);
  return copy.pointer;
}

function canHoldCopies(document: JsonObject): boolean {
  const components = member(document, "components");
  const schemas = member(components, "schemas");
  return (
    (components === undefined || isObject(components)) &&
    (schemas === undefined || isObject(schemas))
  );
}

function copyOf(unit: Unit, scope: Scope, key: string, document: JsonObject): Copy {
  const objects = new Map<JsonObject, JsonObject>();
  const value = cloned(unit.value, objects);
  const components = objectMember(document, "components") ?? {};
  const schemas = objectMember(components, "schemas") ?? {};
  setMember(document, "components", components);
  setMember(components, "schemas", schemas);
  const name = nameOfCopy(unit, scope, key, schemas);
  setMember(schemas, name, value);
  const pointer = pointerTo("components", "schemas", name);
  return { pointer, unit, scope: new Map([...unit.anchors, ...scope]), objects };
}

/** As deep as documents may be at most; see `limits.ts`. */
function cloned(value: JsonValue, objects: Map<JsonObject, JsonObject>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => cloned(item, objects));
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  objects.set(value, copy);
  for (const key of Object.keys(value)) setMember(copy, key, cloned(value[key] ?? null, objects));
  return copy;
}

/** Made of the schemas whose anchors count, and of the one that is copied: `PetList_List`. */
function nameOfCopy(unit: Unit, scope: Scope, key: string, taken: JsonObject): string {
  const scopes = [...new Set([...scope.values()].map(nameAt))].sort(compareText);
  const name = [...scopes, nameAt(unit.pointer)].join("_").replace(/[^A-Za-z0-9._-]+/g, "_");
  return Object.hasOwn(taken, name) ? `${name}_${textHash(key).slice(0, 8)}` : name;
}

function nameAt(pointer: string): string {
  const tokens = pointerTokens(pointer);
  const isComponent = tokens[0] === "components" && tokens[1] === "schemas";
  return (isComponent ? tokens[2] : tokens.filter((token) => /[A-Za-z]/.test(token)).at(-1)) ?? "";
}

/** The names of the dynamic anchors that a unit depends on, itself or through what it refers to. */
function reachableNames(units: ReadonlyMap<string, Unit>): ReadonlyMap<Unit, ReadonlySet<string>> {
  const users = new Map<Unit, Unit[]>();
  for (const unit of units.values()) {
    for (const { unit: target } of unit.outer)
      users.set(target, [...(users.get(target) ?? []), unit]);
  }
  const reachable = new Map<Unit, Set<string>>();
  const queue = [...units.values()].flatMap((unit) =>
    unit.dynamic.flatMap(({ name }) => (name === undefined ? [] : [{ unit, name }])),
  );
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    const { unit, name } = item;
    const names = reachable.get(unit) ?? new Set();
    if (names.has(name)) continue;
    reachable.set(unit, names.add(name));
    queue.push(...(users.get(unit) ?? []).map((user) => ({ unit: user, name })));
  }
  return reachable;
}

function meaningsOf(units: ReadonlyMap<string, Unit>): ReadonlyMap<string, ReadonlySet<string>> {
  const meanings = new Map<string, Set<string>>();
  const add = (name: string, pointer: string): void => {
    meanings.set(name, (meanings.get(name) ?? new Set()).add(pointer));
  };
  for (const { anchors, dynamic } of units.values()) {
    for (const [name, pointer] of anchors) add(name, pointer);
    for (const { name, pointer } of dynamic) if (name !== undefined) add(name, pointer);
  }
  return meanings;
}

/** An anchor whose schema is nothing but a reference stands for what that leads to. */
function endOf(document: JsonObject, pointer: string): string {
  const seen = new Set<string>();
  let current = pointer;
  while (!seen.has(current)) {
    seen.add(current);
    const value = resolvePointer(document, current);
    const reference = member(value, "$ref");
    if (!isObject(value) || typeof reference !== "string" || Object.keys(value).length > 1) break;
    current = fragmentPointer(reference) ?? current;
  }
  return current;
}

/** A `$dynamicRef` beside a `$ref` counts together with it. */
function assign(holder: JsonObject, pointer: string): void {
  delete holder["$dynamicRef"];
  const $ref = referenceTo(pointer);
  if (!Object.hasOwn(holder, "$ref")) holder["$ref"] = $ref;
  else {
    const others = member(holder, "allOf");
    holder["allOf"] = [...(Array.isArray(others) ? others : []), { $ref }];
  }
}

function isBelow(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}

function tooManyCopies({ pointer }: Unit, limit: number): Diagnostic {
  return diagnostic("dynamic-reference-kept", {
    message: `${quoted(nameAt(pointer))} would have to be copied once more for a $dynamicRef in it, and ${limit} copies are the limit; the $dynamicRef means here what it means in the schema by itself.`,
    hint: "Write the schemas that are meant without $dynamicRef, or raise limits.copies in driftline.yaml.",
    place: { pointer },
  });
}
