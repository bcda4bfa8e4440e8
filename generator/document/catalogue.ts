import type { ParsedFile } from "./find-references.js";
import type { Grammar } from "./grammar.js";
import { baseBelow, baseOfFile, identifiersIn, type Identified } from "./identifiers.js";
import { isObject } from "./json.js";
import { pointerTokens } from "./pointer.js";
import type { JsonValue } from "./source.js";

/** What the files of a document hold under which URI. It grows while files come in. */
export interface Catalogue {
  readonly addFile: (file: ParsedFile) => void;
  readonly add: (found: Identified) => void;
  /** What has a URI; two things where several claim it. */
  readonly find: (uri: string) => readonly Identified[];
  /**
   * Of several things with one URI, those that have most of the way in common with a place. By the letter an anchor
   * stands once in a resource; but documents without `$id`s repeat dynamic ones for each schema that extends another.
   */
  readonly findNearest: (
    uri: string,
    file: ParsedFile,
    tokens: readonly string[],
  ) => readonly Identified[];
  /** The URI that the references of a value are relative to, an `$id` of its own aside. */
  readonly baseAround: (file: ParsedFile, pointer: string) => string;
}

/** Makes an empty catalogue. @param grammar that of the document; none where schemas have no `$id`s and anchors */
export function createCatalogue(grammar: Grammar | undefined): Catalogue {
  const byUri = new Map<string, Map<JsonValue, Identified>>();
  /** By file and pointer, the base URIs that an `$id` sets. */
  const bases = new Map<ParsedFile, Map<string, string>>();
  /** Things with one URI, gathered when one of them is asked for, and again when there are more. */
  const trees = new Map<string, { readonly size: number; readonly root: Tree }>();
  const find = (uri: string): readonly Identified[] => firstTwo(byUri.get(uri)?.values() ?? []);
  const addAs = (uri: string, found: Identified): void => {
    const known = byUri.get(uri) ?? new Map<JsonValue, Identified>();
    if (!known.has(found.value)) known.set(found.value, found);
    byUri.set(uri, known);
  };
  const add = (found: Identified): void => {
    addAs(found.uri, found);
    if (found.uri !== found.base) return;
    const ofFile = bases.get(found.file) ?? new Map<string, string>();
    bases.set(found.file, ofFile.set(found.pointer, found.base));
  };
  return {
    addFile: (file) => {
      const outer = grammar !== undefined ? baseOfFile(file) : file.uri;
      const { value } = file;
      const base = grammar !== undefined && isObject(value) ? baseBelow(value, outer) : outer;
      for (const uri of new Set([file.uri, outer]))
        addAs(uri, { uri, base, file, pointer: "", value });
      if (grammar === undefined) return;
      for (const found of identifiersIn(file, outer, grammar)) add(found);
    },
    add,
    find,
    findNearest: (uri, file, tokens) => {
      const all = byUri.get(uri);
      if (all === undefined || all.size < 2) return find(uri);
      const known = trees.get(uri);
      const tree =
        known?.size === all.size ? known : { size: all.size, root: treeOf(all.values()) };
      trees.set(uri, tree);
      return nearestIn(tree.root, [file.path, ...tokens]);
    },
    baseAround: (file, pointer) =>
      nearest(bases.get(file), pointer) ?? (grammar !== undefined ? baseOfFile(file) : file.uri),
  };
}

/** One is all that is wanted, and a second one tells that there are others. */
function firstTwo(all: Iterable<Identified>): readonly Identified[] {
  const found: Identified[] = [];
  for (const item of all) {
    found.push(item);
    if (found.length === 2) break;
  }
  return found;
}

/** Things by the way to them: the path of their file, and then the tokens of their pointer. */
interface Tree {
  readonly below: Map<string, Tree>;
  readonly found: Identified[];
}

function treeOf(found: Iterable<Identified>): Tree {
  const root: Tree = { below: new Map(), found: [] };
  for (const item of found) {
    let tree = root;
    tree.found.push(item);
    for (const token of [item.file.path, ...pointerTokens(item.pointer)]) {
      const next: Tree = tree.below.get(token) ?? { below: new Map(), found: [] };
      tree.below.set(token, next);
      next.found.push(item);
      tree = next;
    }
  }
  return root;
}

function nearestIn(root: Tree, tokens: readonly string[]): readonly Identified[] {
  let tree = root;
  for (const token of tokens) {
    const next = tree.below.get(token);
    if (next === undefined) break;
    tree = next;
  }
  return tree.found;
}

/** The base that is set nearest above a pointer. */
function nearest(
  bases: ReadonlyMap<string, string> | undefined,
  pointer: string,
): string | undefined {
  if (bases === undefined) return undefined;
  for (let end = pointer.lastIndexOf("/"); end >= 0; end = pointer.lastIndexOf("/", end - 1)) {
    const base = bases.get(pointer.slice(0, end));
    if (base !== undefined) return base;
    if (end === 0) break;
  }
  return undefined;
}
