import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import {
  outcome,
  type Diagnostic,
  type Outcome,
  type TextPlace,
} from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { nameTargets } from "./bundle-names.js";
import { specialise } from "./dynamic-references.js";
import { schemaUnits, type Unit } from "./dynamic-units.js";
import type { ParsedFile } from "./find-references.js";
import type { Grammar, TargetKind } from "./grammar.js";
import type { DocumentGraph, Reference } from "./graph.js";
import {
  compareText,
  groupBy,
  isObject,
  member,
  objectMember,
  setMember,
  stringMember,
} from "./json.js";
import type { Limits } from "./limits.js";
import {
  fragmentPointer,
  pointerTo,
  pointerTokens,
  referenceTo,
  resolvePointer,
} from "./pointer.js";
import { isLocal } from "./reference-policy.js";
import type { ReferenceTarget } from "./reference-target.js";
import type { JsonObject, JsonValue, Source } from "./source.js";
import { trailPointer } from "./trail.js";

/** A reference and where it leads in the end. */
interface FinalReference extends Reference {
  readonly final: ReferenceTarget;
}

/** A value of another file that the bundled document has to hold. */
interface Hoisted {
  readonly target: ReferenceTarget;
  readonly kind: TargetKind;
  /** Path of its file relative to the root document's folder, with forward slashes. */
  readonly file: string;
  readonly pointer: string;
}

/** A pointer of the bundled document for everything that comes from another file. */
type Moves = ReadonlyMap<Hoisted, string>;

/**
 * Makes one document of many files: what references lead to in other files moves into the root document, under
 * `components` (in Swagger 2.0, `definitions` and so on) or, where an entry of the root is nothing but a reference to
 * it, in the place of that entry.
 * Every `$ref` then leads into the same document.
 *
 * The parsed values belong to the loader, and so they are completed in place: nothing is copied.
 */
export function bundle(graph: DocumentGraph, limits: Limits): Outcome<Source> {
  const document = graph.root.value as JsonObject;
  const references = finalReferences(graph);
  const moves = planMoves(graph, references);
  const occupied = occupiedPlaces(graph.root, moves);
  if (occupied.length > 0) return { value: undefined, diagnostics: occupied };
  const pointerOf = bundledPointers(graph.root, moves);
  for (const [{ target }, pointer] of moves) put(document, pointerTokens(pointer), target.value);
  for (const reference of references) {
    const pointer = pointerOf(reference.final, reference.kind);
    if (reference.file !== graph.root || !isLocalPointer(reference.uri, pointer))
      setMember(reference.holder, reference.key, referenceTo(pointer));
  }
  for (const { holder, key } of graph.broken) setMember(holder, key, NOWHERE);
  const names = dynamicNames(graph);
  const units =
    names.size === 0 ? new Map<string, Unit>() : schemaUnits(document, graph.grammar, names);
  for (const schema of graph.identified) dropIdentifiers(schema);
  const { copies, findings } = specialise(document, units, limits.copies);
  const moved = [...moves].map(([{ target }, pointer]) => [pointer, originOf(target)] as const);
  return outcome(
    {
      file: graph.root.file,
      files: new Map(graph.files.map(({ file }) => [file.path, file])),
      document,
      origins: withCopies(new Map(moved), copies, graph.root),
    },
    findings,
  );
}

/** The anchors that the `$dynamicRef`s of a document name; one that is not dynamic makes it a plain reference. */
function dynamicNames({ references }: DocumentGraph): ReadonlyMap<JsonObject, string | undefined> {
  return new Map(
    references
      .filter(({ key }) => key === "$dynamicRef")
      .map(({ holder, uri, target }) => {
        const anchor = stringMember(target.value, "$dynamicAnchor");
        return [holder, uri.endsWith(`#${anchor ?? ""}`) ? anchor : undefined];
      }),
  );
}

/** In one document they would mean something else: every reference would be relative to them. */
function dropIdentifiers(schema: JsonObject): void {
  if (typeof member(schema, "$id") === "string") delete schema["$id"];
  if (typeof member(schema, "$anchor") === "string") delete schema["$anchor"];
  if (typeof member(schema, "$dynamicAnchor") === "string") delete schema["$dynamicAnchor"];
}

/** What was copied comes from where the original comes from. */
function withCopies(
  origins: Source["origins"],
  copies: ReadonlyMap<string, string>,
  root: ParsedFile,
): Source["origins"] {
  const ofCopies = [...copies].map(([copy, original]) => {
    const prefix = [original, ...ancestors(original).toReversed()].find((pointer) =>
      origins.has(pointer),
    );
    const origin = prefix === undefined ? undefined : origins.get(prefix);
    const pointer = (origin?.pointer ?? "") + original.slice(prefix?.length ?? 0);
    return [copy, { file: origin?.file ?? root.file.path, pointer }] as const;
  });
  return new Map([...origins, ...ofCopies]);
}

/** Tells whether a reference is a pointer of its own document already, however it is encoded. */
function isLocalPointer(uri: string, pointer: string): boolean {
  return uri.startsWith("#") && fragmentPointer(uri) === pointer;
}

/** Where a reference leads that has no target. What it says itself could be taken for something else. */
const NOWHERE = referenceTo(pointerTo("no target"));

function originOf({ file, pointer }: ReferenceTarget): {
  readonly file: string;
  readonly pointer: string;
} {
  return { file: file.file.path, pointer };
}

/**
 * Follows references to their ends: a value of another file that is itself nothing but a reference is passed over,
 * so that an index file adds no names. The graph has no circles.
 */
function finalReferences({ root, references }: DocumentGraph): readonly FinalReference[] {
  const byHolder = new Map(
    references
      .filter(({ key }) => key === "$ref")
      .map((reference) => [reference.holder, reference]),
  );
  return references.map((reference) => {
    let final = reference.target;
    while (final.file !== root && isObject(final.value) && isOnlyReference(final.value)) {
      const next = byHolder.get(final.value);
      if (next === undefined) break;
      final = next.target;
    }
    return { ...reference, final };
  });
}

function isOnlyReference(value: JsonObject): boolean {
  return Object.keys(value).length === 1 && Object.hasOwn(value, "$ref");
}

/** Where in the bundled document everything goes that comes from other files. */
function planMoves({ root, grammar }: DocumentGraph, references: readonly FinalReference[]): Moves {
  const hoisted = outermost(hoistedTargets(root, references));
  const homes = homesOf(hoisted, root, grammar, references);
  const byKind = groupBy(
    hoisted.filter((item) => !homes.has(item)),
    ({ kind }) => kind,
  );
  const named = [...byKind].flatMap(([kind, items]) => {
    const section = grammar.section(kind);
    const taken = resolvePointer(root.value, pointerTo(...section));
    const names = nameTargets(items, new Set(isObject(taken) ? Object.keys(taken) : []));
    return [...names].map(([item, name]) => [item, pointerTo(...section, name)] as const);
  });
  return new Map([...homes, ...named]);
}

/** Every value of another file that some reference leads to in the end, once for each kind, in a fixed order. */
function hoistedTargets(
  root: ParsedFile,
  references: readonly FinalReference[],
): readonly Hoisted[] {
  const foreign = references.filter(({ final }) => final.file !== root);
  const found = foreign.map(({ final: target, kind }): [string, Hoisted] => {
    const file = relativePath(root, target.file);
    return [`${file}#${target.pointer} ${kind}`, { target, kind, file, pointer: target.pointer }];
  });
  return [...new Map(found)]
    .sort(([left], [right]) => compareText(left, right))
    .map(([, item]) => item);
}

/** Leaves out what moves along inside another target. */
function outermost(hoisted: readonly Hoisted[]): readonly Hoisted[] {
  const known = new Set(hoisted.map(({ file, pointer }) => `${file}#${pointer}`));
  return hoisted.filter(
    ({ file, pointer }) => !ancestors(pointer).some((prefix) => known.has(`${file}#${prefix}`)),
  );
}

/** All shorter pointers on the way to a pointer, the shortest first. */
function ancestors(pointer: string): readonly string[] {
  const tokens = pointerTokens(pointer);
  return tokens.map((_, index) => pointerTo(...tokens.slice(0, index)));
}

/** Targets that some entry of the root document stands for: `Pet: { $ref: pet.yaml }` is where the pet belongs. */
function homesOf(
  hoisted: readonly Hoisted[],
  root: ParsedFile,
  grammar: Grammar,
  references: readonly FinalReference[],
): Moves {
  const entries = references
    .filter(({ file, final }) => file === root && final.file !== root)
    .filter(({ holder }) => isOnlyReference(holder))
    .flatMap(({ trail, kind, final }) => {
      const pointer = trailPointer(trail.before);
      return isEntry(pointerTokens(pointer), kind, grammar) ? [{ pointer, kind, final }] : [];
    })
    .sort((left, right) => compareText(left.pointer, right.pointer));
  const byTarget = groupBy(entries, ({ kind, final }) => targetKey(final, kind));
  return new Map(
    hoisted.flatMap((item) => {
      const [home] = byTarget.get(targetKey(item.target, item.kind)) ?? [];
      return home === undefined ? [] : [[item, home.pointer] as const];
    }),
  );
}

function isEntry(tokens: readonly string[], kind: TargetKind, { section }: Grammar): boolean {
  const parent = pointerTo(...tokens.slice(0, -1));
  if (kind === "pathItem" && (parent === "/paths" || parent === "/webhooks")) return true;
  return tokens.length > 0 && parent === pointerTo(...section(kind));
}

/** Makes the function that tells where a target stands in the bundled document. */
function bundledPointers(
  root: ParsedFile,
  moves: Moves,
): (target: ReferenceTarget, kind: TargetKind) => string {
  const exact = new Map(
    [...moves].map(([{ target, kind }, pointer]) => [targetKey(target, kind), pointer]),
  );
  const anyKind = new Map([...moves].map(([{ target }, pointer]) => [targetKey(target), pointer]));
  return (target, kind) => {
    if (target.file === root) return target.pointer;
    const own = exact.get(targetKey(target, kind));
    if (own !== undefined) return own;
    const prefix =
      ancestors(target.pointer).find((pointer) => anyKind.has(targetKey({ ...target, pointer }))) ??
      "";
    return (
      (anyKind.get(targetKey({ ...target, pointer: prefix })) ?? "") +
      target.pointer.slice(prefix.length)
    );
  };
}

function targetKey({ file, pointer }: ReferenceTarget, kind?: TargetKind): string {
  return `${kind ?? ""} ${file.path}#${pointer}`;
}

/** What a file is called where names are made of it: relative to the root document, or host and path. */
function relativePath(root: ParsedFile, file: ParsedFile): string {
  if (!isLocal(file)) {
    const { host, pathname } = new URL(file.path);
    return host + pathname;
  }
  return path.relative(path.dirname(root.path), file.path).replaceAll(path.sep, "/");
}

/** Sets a value deep in a document; objects on the way are made where there is nothing. */
function put(object: JsonObject, [first = "", ...rest]: readonly string[], value: JsonValue): void {
  const next = rest.length === 0 ? value : (objectMember(object, first) ?? {});
  setMember(object, first, next);
  if (rest.length > 0 && isObject(next)) put(next, rest, value);
}

/** What stands where objects are needed to put something into; `null` stands for nothing. */
function occupiedPlaces(root: ParsedFile, moves: Moves): readonly Diagnostic[] {
  const parents = new Set([...moves.values()].flatMap((pointer) => ancestors(pointer)));
  return [...parents].sort(compareText).flatMap((pointer) => {
    const value = resolvePointer(root.value, pointer);
    if (value === undefined || value === null || isObject(value)) return [];
    return [occupied(createLocator().inFile(root.file, pointer, "value"))];
  });
}

function occupied(place: TextPlace): Diagnostic {
  return diagnostic("wrong-shape", {
    message:
      "An object belongs here, into which what references lead to in other files can be put.",
    hint: "Write it as an object, as in { schemas: { Name: … } }, or remove it.",
    place,
  });
}
