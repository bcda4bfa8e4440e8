import { isMap, isScalar, isSeq, type Node } from "yaml";
import { scanJson, type JsonVisitor } from "../document/json-scan.js";
import { looksLikeJson } from "../document/parse.js";
import { parseYamlNodes } from "../document/parse-yaml.js";
import { pointerTokens } from "../document/pointer.js";
import type { Source, SourceFile } from "../document/source.js";
import { placesOf, type PlaceAt } from "../document/text-position.js";
import type { Place, PointerPlace, TextPlace } from "./diagnostic.js";

/** Where the values of one file stand; offsets count UTF-16 units. */
interface PositionedValue {
  readonly start: number;
  /** Members by key, or items by index. */
  readonly children: Map<string, PositionedMember>;
}

interface PositionedMember {
  /** Offset of the key; of the value itself in an array. */
  readonly keyStart: number;
  readonly value: PositionedValue;
}

/** Finds places in files; it parses a file with its positions when the first place of that file is asked for. */
export interface Locator {
  /** The place of a JSON pointer in a file; of the nearest ancestor where the pointer leads to nothing. */
  readonly inFile: (file: SourceFile, pointer: string, at?: "key" | "value") => TextPlace;
  /** The place that a diagnostic names, as a position; `undefined` for whole files and folders. */
  readonly ofPlace: (place: Place) => TextPlace | undefined;
}

/** Makes a locator for the files of a source, or for single files when there is no source yet. */
export function createLocator(source?: Source): Locator {
  const parsed = new Map<
    SourceFile,
    { readonly root: PositionedValue; readonly placeAt: PlaceAt }
  >();
  const inFile = (file: SourceFile, pointer: string, at: "key" | "value" = "key"): TextPlace => {
    const known = parsed.get(file) ?? { root: positionsOf(file), placeAt: placesOf(file) };
    parsed.set(file, known);
    return known.placeAt(offsetOf(known.root, pointer, at));
  };
  const ofPlace = (place: Place): TextPlace | undefined => {
    if ("line" in place) return place;
    if ("path" in place || source === undefined) return undefined;
    const origin = originOf(source, place);
    return inFile(origin.file, origin.pointer, place.at);
  };
  return { inFile, ofPlace };
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
  const json = looksLikeJson(file.text) ? jsonPositions(file.text) : undefined;
  return json ?? yamlPositions(parseYamlNodes(file.text).contents);
}

function jsonPositions(text: string): PositionedValue | undefined {
  const top: PositionedValue = { start: 0, children: new Map() };
  const open: PositionedValue[] = [top];
  let pendingKey: { readonly name: string; readonly start: number } | undefined;
  const add = (start: number): PositionedValue => {
    const parent = open.at(-1) ?? top;
    const value: PositionedValue = { start, children: new Map() };
    const name = pendingKey?.name ?? String(parent.children.size);
    parent.children.set(name, { keyStart: pendingKey?.start ?? start, value });
    pendingKey = undefined;
    return value;
  };
  const visitor: JsonVisitor = {
    open: (start) => open.push(add(start)) > 0,
    close: () => void open.pop(),
    key: (start, end) =>
      (pendingKey = { name: JSON.parse(text.slice(start, end)) as string, start }),
    scalar: (start) => void add(start),
  };
  return scanJson(text, visitor) === undefined ? top.children.get("0")?.value : undefined;
}

function yamlPositions(node: Node | null): PositionedValue {
  const start = node?.range?.[0] ?? 0;
  return { start, children: new Map(yamlMembers(node)) };
}

function yamlMembers(node: Node | null): [string, PositionedMember][] {
  if (isSeq<Node | null>(node)) {
    return node.items.map((item, index) => {
      const value = yamlPositions(item);
      return [String(index), { keyStart: value.start, value }];
    });
  }
  if (!isMap<Node, Node | null>(node)) return [];
  return node.items.map(({ key, value }) => {
    const keyStart = key.range?.[0] ?? 0;
    const positioned =
      value === null
        ? { start: keyStart, children: new Map<string, PositionedMember>() }
        : yamlPositions(value);
    return [isScalar(key) ? String(key.value) : "", { keyStart, value: positioned }];
  });
}
