import {
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type Event,
  type ScalarEvent,
} from "js-yaml";

/** A node of a YAML document (YAML 1.2, section 3.2.1), and where it stands. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping | YamlAlias;

interface YamlNodeBase {
  /** Where its content begins, behind its properties: an offset in UTF-16 units. */
  readonly start: number;
  readonly anchor: string | undefined;
  /** Its tag as it is written, and where. */
  readonly tag: YamlTag | undefined;
}

export interface YamlTag {
  readonly text: string;
  readonly start: number;
}

export interface YamlScalar extends YamlNodeBase {
  readonly kind: "scalar";
  readonly text: string;
  /** Neither quoted nor a block: what it is depends on what it looks like. */
  readonly isPlain: boolean;
}

export interface YamlSequence extends YamlNodeBase {
  readonly kind: "sequence";
  readonly items: readonly YamlNode[];
}

export interface YamlMapping extends YamlNodeBase {
  readonly kind: "mapping";
  readonly pairs: readonly YamlPair[];
}

export interface YamlPair {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}

export interface YamlAlias {
  readonly kind: "alias";
  readonly start: number;
  readonly anchor: string;
}

/** What stands where there is nothing (YAML 1.2, section 7.2). */
export function emptyNode(start: number): YamlScalar {
  return { kind: "scalar", start, anchor: undefined, tag: undefined, text: "", isPlain: true };
}

/**
 * Reads one YAML 1.2 document, of which all keys are scalars without a tag, and which has no shorthands for tags. `yaml`,
 * the package, takes four times as long for the same (PeerTube, Node.js 24: 0.47 s and 0.11 s of CPU).
 *
 * @param depth how many nodes may stand inside each other
 * @returns `undefined` for any other text: see `tolerant-yaml.ts`
 */
export function yamlTree(text: string, depth: number): YamlNode | undefined {
  let events: readonly Event[];
  try {
    events = parseEvents(text, { maxDepth: depth });
  } catch {
    return undefined;
  }
  return treeOf(events, text);
}

/** A collection whose end has not come yet; a mapping has its keys and values in turns. */
interface Open {
  readonly kind: "sequence" | "mapping";
  readonly properties: YamlNodeBase;
  readonly nodes: YamlNode[];
}

function treeOf(events: readonly Event[], text: string): YamlNode | undefined {
  const roots: YamlNode[] = [];
  const open: Open[] = [];
  // Where the last scalar or bracket ended, or something before it.
  let end = 0;
  const add = (node: YamlNode): void => void (open.at(-1)?.nodes ?? roots).push(node);
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (event.directives.some(({ kind }) => kind === "tag")) return undefined;
        break;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        open.push({
          kind: event.type === EVENT_ID.SEQUENCE ? "sequence" : "mapping",
          properties: { start: event.start, ...propertiesOf(event, text) },
          nodes: [],
        });
        end = event.start;
        break;
      case EVENT_ID.SCALAR:
        add(scalarOf(event, text, end));
        end = Math.max(end, event.valueEnd);
        break;
      case EVENT_ID.ALIAS:
        add({
          kind: "alias",
          start: event.anchorStart - 1,
          anchor: text.slice(event.anchorStart, event.anchorEnd),
        });
        end = event.anchorEnd;
        break;
      case EVENT_ID.POP: {
        const closed = open.pop();
        // The end of the document.
        if (closed === undefined) break;
        const collection = collectionOf(closed);
        if (collection === undefined) return undefined;
        add(collection);
      }
    }
  }
  const [root, second] = roots;
  return second === undefined ? (root ?? emptyNode(0)) : undefined;
}

/** Of what is not there, both ends are -1. */
interface PropertyRanges {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

function propertiesOf(
  { anchorStart, anchorEnd, tagStart, tagEnd }: PropertyRanges,
  text: string,
): Omit<YamlNodeBase, "start"> {
  return {
    anchor: anchorStart === -1 ? undefined : text.slice(anchorStart, anchorEnd),
    tag: tagStart === -1 ? undefined : { text: text.slice(tagStart, tagEnd), start: tagStart },
  };
}

function scalarOf(event: ScalarEvent, text: string, before: number): YamlScalar {
  const isPlain = event.style === SCALAR_STYLE.PLAIN;
  return {
    kind: "scalar",
    start: startOf(event, text, before),
    ...propertiesOf(event, text),
    text: getScalarValue(text, event),
    isPlain,
  };
}

/** Where a scalar begins: at its quote, and at the header of a block; what is empty begins behind what announces it. */
function startOf({ style, valueStart, tagEnd }: ScalarEvent, text: string, before: number): number {
  if (valueStart === -1) {
    if (tagEnd !== -1) return tagEnd;
    ANNOUNCED.lastIndex = before;
    return ANNOUNCED.test(text) ? ANNOUNCED.lastIndex : before;
  }
  if (style === SCALAR_STYLE.PLAIN) return valueStart;
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED)
    return valueStart - 1;
  const lineStart = text.lastIndexOf("\n", valueStart - 2) + 1;
  const header = BLOCK_HEADER.exec(text.slice(lineStart, valueStart));
  return header === null ? valueStart : lineStart + header.index;
}

/** What stands between the end of a key or item and the place of the next value. */
const ANNOUNCED = /["'\s]*[-:]/y;
const BLOCK_HEADER = /[|>][-+\d]*(?:[ \t]+#.*)?\r?\n?$/;

function collectionOf({ kind, properties, nodes }: Open): YamlNode | undefined {
  if (kind === "sequence") return { kind, ...properties, items: nodes };
  const pairs: YamlPair[] = [];
  for (let index = 0; index < nodes.length; index += 2) {
    const key = nodes[index];
    const value = nodes[index + 1];
    if (key?.kind !== "scalar" || key.tag !== undefined) return undefined;
    if (value !== undefined) pairs.push({ key, value });
  }
  return { kind, ...properties, pairs };
}
