import { LIMITS } from "../document/limits.js";
import { scanJson, type JsonVisitor } from "../document/json-scan.js";
import { looksLikeJson } from "../document/parse.js";
import { childPointer, pointerTokens } from "../document/pointer.js";
import { readYaml } from "../document/read-yaml.js";
import type { Source, SourceFile } from "../document/source.js";
import { placesOf, type PlaceAt } from "../document/text-position.js";
import type { YamlNode } from "../document/yaml-tree.js";
import type { Diagnostic, Place, PointerPlace, TextPlace } from "./diagnostic.js";

/** Where the values of one file stand; offsets count UTF-16 units. */
interface PositionedValue {
  readonly start: number;
  /** Members by key, or items by index. */
  readonly children: ReadonlyMap<string, PositionedMember>;
}

interface PositionedMember {
  /** Offset of the key; of the value itself in an array. */
  readonly keyStart: number;
  readonly value: PositionedValue;
}

/** Finds places in files; a file is parsed with its positions when somebody asks for its first place. */
export interface Locator {
  /** The place of a JSON pointer in a file; of the nearest ancestor where the pointer leads to nothing. */
  readonly inFile: (file: SourceFile, pointer: string, at?: "key" | "value") => TextPlace;
  /** The place that a diagnostic names, as a position; `undefined` for whole files and folders. */
  readonly ofPlace: (place: Place) => TextPlace | undefined;
  /** The JSON pointer of that place in its file; `undefined` for whole files, and where the text is not well-formed. */
  readonly pointerOf: (place: Place) => string | undefined;
}

/** The files that were parsed with their positions, for as long as somebody has them. */
const PARSED = new WeakMap<
  SourceFile,
  { readonly root: PositionedValue; readonly placeAt: PlaceAt }
>();

function positions(file: SourceFile): {
  readonly root: PositionedValue;
  readonly placeAt: PlaceAt;
} {
  const known = PARSED.get(file) ?? { root: positionsOf(file), placeAt: placesOf(file) };
  PARSED.set(file, known);
  return known;
}

/** Makes a locator for the files of a source, or for single files when there is no source yet. */
export function createLocator(source?: Source): Locator {
  const inFile = (file: SourceFile, pointer: string, at: "key" | "value" = "key"): TextPlace => {
    const { root, placeAt } = positions(file);
    return placeAt(offsetOf(root, pointer, at));
  };
  const ofPlace = (place: Place): TextPlace | undefined => {
    if ("line" in place) return place;
    if ("path" in place || source === undefined) return undefined;
    const origin = originOf(source, place);
    return inFile(origin.file, origin.pointer, place.at);
  };
  const pointerOf = (place: Place): string | undefined => {
    if ("line" in place) {
      const { root, placeAt } = positions(place.file);
      return pointerAt(root, (offset) => compare(placeAt(offset), place) <= 0);
    }
    return "path" in place || source === undefined ? undefined : originOf(source, place).pointer;
  };
  return { inFile, ofPlace, pointerOf };
}

/**
 * Parses with their positions those files to which diagnostics point, which a locator does when it is first asked:
 * for whoever has the time now, and not when they are told.
 */
export function preparePlaces(source: Source, diagnostics: readonly Diagnostic[]): void {
  const { ofPlace } = createLocator(source);
  for (const { place } of diagnostics) if (place !== undefined) ofPlace(place);
}

/** The file and pointer from which a place of the bundled document comes. */
function originOf(
  source: Source,
  { pointer }: PointerPlace,
): { readonly file: SourceFile; readonly pointer: string } {
  for (let prefix = pointer; prefix !== ""; prefix = prefix.slice(0, prefix.lastIndexOf("/"))) {
    const origin = source.origins.get(prefix);
    const file = origin === undefined ? undefined : source.files.get(origin.file);
    if (origin !== undefined && file !== undefined)
      return { file, pointer: origin.pointer + pointer.slice(prefix.length) };
  }
  return { file: source.file, pointer };
}

function compare(left: TextPlace, right: TextPlace): number {
  return left.line - right.line || left.column - right.column;
}

/** The pointer of the innermost value whose key or text begins at or before a place. */
function pointerAt(root: PositionedValue, isBefore: (offset: number) => boolean): string {
  let pointer = "";
  for (let value: PositionedValue | undefined = root; value !== undefined;) {
    const last: readonly [string, PositionedMember] | undefined = [...value.children].findLast(
      ([, { keyStart }]) => isBefore(keyStart),
    );
    if (last !== undefined) pointer = childPointer(pointer, last[0]);
    value = last?.[1].value;
  }
  return pointer;
}

function offsetOf(root: PositionedValue, pointer: string, at: "key" | "value"): number {
  let found: PositionedMember = { keyStart: root.start, value: root };
  const tokens = pointerTokens(pointer);
  for (const token of tokens) {
    const next = found.value.children.get(token);
    if (next === undefined) return found.keyStart;
    found = next;
  }
  return at === "key" ? found.keyStart : found.value.start;
}

function positionsOf(file: SourceFile): PositionedValue {
  const { text } = file;
  if (looksLikeJson(text) && scanJson(text, NOTHING) === undefined) return jsonPosition(text, 0);
  const { tree } = readYaml(text, placesOf(file), NO_LIMITS);
  return tree === undefined ? { start: 0, children: new Map() } : yamlPositions(tree);
}

/** Of a text that was read before it is known that it keeps to them. */
const NO_LIMITS = { ...LIMITS, depth: Infinity, yamlTokens: Infinity };

const NOTHING: JsonVisitor = {
  open: () => true,
  close: () => undefined,
  key: () => undefined,
  scalar: () => undefined,
};

/** A value of JSON text, whose members are looked for when they are asked for: few are, of very many. */
function jsonPosition(text: string, start: number): PositionedValue {
  let children: Map<string, PositionedMember> | undefined;
  return {
    start,
    get children() {
      return (children ??= jsonMembers(text, start));
    },
  };
}

function jsonMembers(text: string, start: number): Map<string, PositionedMember> {
  const members = new Map<string, PositionedMember>();
  let depth = 0;
  let pendingKey: { readonly name: string; readonly start: number } | undefined;
  const add = (valueStart: number): void => {
    if (depth !== 1) return;
    const name = pendingKey?.name ?? String(members.size);
    const keyStart = pendingKey?.start ?? valueStart;
    members.set(name, { keyStart, value: jsonPosition(text, valueStart) });
    pendingKey = undefined;
  };
  const visitor: JsonVisitor = {
    open: (offset) => {
      add(offset);
      depth += 1;
      return true;
    },
    close: () => void (depth -= 1),
    key: (offset, end) => {
      if (depth !== 1) return;
      pendingKey = { name: JSON.parse(text.slice(offset, end)) as string, start: offset };
    },
    scalar: add,
  };
  scanJson(text, visitor, start);
  return members;
}

function yamlPositions(node: YamlNode): PositionedValue {
  return { start: node.start, children: new Map(yamlMembers(node)) };
}

function yamlMembers(node: YamlNode): [string, PositionedMember][] {
  if (node.kind === "sequence") {
    return node.items.map((item, index) => {
      const value = yamlPositions(item);
      return [String(index), { keyStart: value.start, value }];
    });
  }
  if (node.kind !== "mapping") return [];
  return node.pairs.map(({ key, value }) => [
    key.text,
    { keyStart: key.start, value: yamlPositions(value) },
  ]);
}
