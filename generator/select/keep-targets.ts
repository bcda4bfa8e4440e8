import {
  findReferences,
  type ParsedFile,
  type SearchNode,
  type SearchOptions,
} from "../document/find-references.js";
import { grammarOf, SECTIONS, type TargetKind } from "../document/grammar.js";
import { textHash } from "../document/hashes.js";
import { isObject, objectMember, setMember } from "../document/json.js";
import {
  fragmentPointer,
  pointerTo,
  pointerTokens,
  referenceTo,
  resolvePointer,
} from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/** A document of which nothing refers to what is left out. */
export interface Kept {
  readonly document: JsonObject;
  /** Pointers of the whole document, by what they have become. */
  readonly moved: ReadonlyMap<string, string>;
}

/**
 * Programs that bundle documents let references lead into other operations, such as
 * `#/paths/~1pets/get/responses/200/content/application~1json/schema`. What such references need of operations that
 * are left out moves to `components`, and the references with it.
 *
 * @param selected the document without those operations
 * @param whole the document with them; neither is changed
 */
export function keepTargets(selected: JsonObject, whole: JsonObject): Kept {
  if (!isCut(selected, whole)) return { document: selected, moved: new Map() };
  // One copy of both, so that they share what they shared.
  const copy = structuredClone({ selected, whole });
  const moved = new Map<string, string>();
  const homes = new Map<string, string>();
  const search = searchOf(selected);
  let nodes: readonly SearchNode[] = [rootNode(copy.selected)];
  while (nodes.length > 0) {
    const { references } = findReferences(nodes, search);
    nodes = references.flatMap(({ uri, kind, holder, key }) => {
      const pointer = fragmentPointer(uri) ?? "";
      const target = resolvePointer(copy.whole, pointer);
      if (target === undefined || resolvePointer(copy.selected, pointer) !== undefined) return [];
      const identity = `${kind} ${pointer}`;
      const known = homes.get(identity);
      const home = known ?? moveTo(copy.selected, kind, pointer, target);
      homes.set(identity, home);
      moved.set(home, pointer);
      setMember(holder, key, referenceTo(home));
      return known === undefined && isObject(target) ? [{ ...rootNode(target), kind }] : [];
    });
  }
  return { document: copy.selected, moved };
}

/** Tells whether any reference leads to something that is left out. */
function isCut(selected: JsonObject, whole: JsonObject): boolean {
  const { references } = findReferences([rootNode(selected)], searchOf(selected));
  return references.some(({ uri }) => {
    const pointer = fragmentPointer(uri) ?? "";
    return (
      pointer.startsWith("/paths/") &&
      resolvePointer(selected, pointer) === undefined &&
      resolvePointer(whole, pointer) !== undefined
    );
  });
}

/** Puts a value among the components, under a name that is made of where it stood, and tells where that is. */
function moveTo(document: JsonObject, kind: TargetKind, pointer: string, value: JsonValue): string {
  const section = SECTIONS[kind];
  const components = objectMember(document, "components") ?? {};
  const entries = objectMember(components, section) ?? {};
  const long = pointerTokens(pointer)
    .slice(1)
    .map((token) => token.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, ""))
    .join("_");
  const name = Object.hasOwn(entries, long) ? `${long}_${textHash(pointer).slice(0, 8)}` : long;
  setMember(entries, name, value);
  setMember(components, section, entries);
  setMember(document, "components", components);
  return pointerTo("components", section, name);
}

function rootNode(value: JsonObject): SearchNode {
  const file: ParsedFile = { path: "", uri: "", file: NO_FILE, value };
  return { file, value, kind: "document", trail: undefined, base: "" };
}

function searchOf(document: JsonObject): SearchOptions {
  return {
    searched: new Map(),
    grammar: grammarOf(document),
    place: noPlace,
    // The loader has made pointers of them all.
    hasIdentifiers: false,
  };
}

const NO_FILE = { path: "", text: "" };

/** Nobody asks where references stand: the loader has told what is wrong with them. */
function noPlace(): {
  readonly file: typeof NO_FILE;
  readonly line: number;
  readonly column: number;
} {
  return { file: NO_FILE, line: 1, column: 1 };
}
