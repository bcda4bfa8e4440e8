import path from "node:path";
import { nameTargets } from "./bundle-names.js";
import { SECTIONS, type TargetKind } from "./grammar.js";
import { trailPointer, type ParsedFile } from "./find-references.js";
import type { DocumentGraph, Reference, ReferenceTarget } from "./graph.js";
import { compareText, isObject, objectMember, setMember } from "./json.js";
import { pointerTo, pointerTokens, referenceTo, resolvePointer } from "./pointer.js";
import type { JsonObject, JsonValue, Source } from "./source.js";

/** A value of another file that the bundled document has to hold. */
interface Hoisted {
  readonly target: ReferenceTarget;
  readonly kind: TargetKind;
  /** Path of its file relative to the root document's folder, with forward slashes. */
  readonly file: string;
  readonly pointer: string;
}

/**
 * Makes one document of many files: what references of the root file lead to in other files moves into the root,
 * under `components` or, where an entry of the root is nothing but a reference to it, in the place of that entry.
 * Every `$ref` then leads into the same document.
 *
 * The parsed values belong to the loader, and so they are completed in place: nothing is copied.
 */
export function bundle(graph: DocumentGraph): Source {
  const root = graph.root.value as JsonObject;
  const moves = graph.files.length > 1 ? planMoves(graph) : new Map<Hoisted, string>();
  const finals = new Map(graph.references.map((reference) => [reference, finalTarget(reference, graph)]));
  for (const [hoisted, pointer] of moves) put(root, pointer, hoisted.target.value);
  for (const [reference, target] of finals) {
    const pointer = target.file === graph.root ? target.pointer : movedPointer(target, reference.kind, moves);
    if (reference.file === graph.root && reference.target.file === graph.root && reference.uri.startsWith("#")) continue;
    setMember(reference.holder, reference.key, referenceTo(pointer));
  }
  const origins = [...moves].map(([{ target }, pointer]) => [pointer, { file: target.file.file.path, pointer: target.pointer }] as const);
  return {
    file: graph.root.file,
    files: new Map(graph.files.map(({ file }) => [file.path, file])),
    document: root,
    origins: new Map(origins),
  };
}

/** Where in the bundled document everything goes that comes from other files. */
function planMoves(graph: DocumentGraph): Map<Hoisted, string> {
  const hoisted = hoistedTargets(graph);
  const outermost = hoisted.filter((inner) => !hoisted.some((outer) => contains(outer, inner)));
  const homes = homesOf(outermost, graph);
  const homeless = outermost.filter((item) => !homes.has(item));
  const byKind = Map.groupBy(homeless, ({ kind }) => kind);
  const named = [...byKind].flatMap(([kind, items]) => {
    const section = objectMember(objectMember(graph.root.value, "components"), SECTIONS[kind]);
    const names = nameTargets(items, new Set(Object.keys(section ?? {})));
    return [...names].map(([item, name]) => [item, pointerTo("components", SECTIONS[kind], name)] as const);
  });
  return new Map([...homes, ...named]);
}

/** Every value of another file that some reference finally leads to, once for each kind. */
function hoistedTargets(graph: DocumentGraph): readonly Hoisted[] {
  const found = new Map<string, Hoisted>();
  for (const reference of graph.references) {
    const target = finalTarget(reference, graph);
    if (target.file === graph.root) continue;
    const file = relativePath(graph.root, target.file);
    found.set(`${reference.kind} ${file}#${target.pointer}`, { target, kind: reference.kind, file, pointer: target.pointer });
  }
  return [...found.entries()].sort(([left], [right]) => compareText(left, right)).map(([, item]) => item);
}

/**
 * Where a reference leads in the end: a value of another file that is itself nothing but a reference is passed
 * over, so that an index file adds no names. The graph has no circles.
 */
function finalTarget(reference: Reference, graph: DocumentGraph): ReferenceTarget {
  const byHolder = new Map(graph.references.filter(({ key }) => key === "$ref").map((other) => [other.holder, other]));
  let { target } = reference;
  while (target.file !== graph.root && isObject(target.value) && isOnlyReference(target.value)) {
    const next = byHolder.get(target.value);
    if (next === undefined) break;
    target = next.target;
  }
  return target;
}
