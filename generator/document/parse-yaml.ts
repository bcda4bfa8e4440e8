import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Outcome, TextPlace } from "../diagnostics/diagnostic.js";
import { coreTag, coreValue, taggedValue, type CoreValue } from "./core-schema.js";
import { setMember } from "./json.js";
import type { Limits } from "./limits.js";
import { numberFinding } from "./numbers.js";
import { duplicateKey, MOST_FINDINGS, tooDeep, unknownTag } from "./parse-findings.js";
import { readYaml } from "./read-yaml.js";
import type { JsonObject, JsonValue, SourceFile } from "./source.js";
import { placesOf, type PlaceAt } from "./text-position.js";
import { overrunFinding } from "./tolerant-yaml.js";
import type { YamlAlias, YamlNode, YamlPair, YamlScalar } from "./yaml-tree.js";

/**
 * Reads YAML text: its value as JSON, and everything that keeps it from being one. Keys are always strings, as JSON wants
 * them: `200:` is "200". Merge keys and tags of other schemas are off, whatever `%YAML` says.
 */
export function parseYaml(file: SourceFile, limits: Limits): Outcome<JsonValue> {
  const placeAt = placesOf(file);
  const overrun = overrunFinding(file.text, placeAt, limits);
  if (overrun !== undefined) return { value: undefined, diagnostics: [overrun] };
  const { tree, findings: syntax } = readYaml(file.text, placeAt, limits);
  if (tree === undefined) return { value: undefined, diagnostics: syntax };
  const conversion: Conversion = {
    placeAt,
    limits,
    findings: [],
    anchors: new Map(),
    cost: { aliases: 0, values: 0, aliasedValues: 0 },
  };
  const value = toJson(tree, 0, conversion);
  const [firstError] = syntax.filter(({ code }) => code === "yaml-syntax");
  const found = [
    ...syntax,
    ...conversion.findings.filter((finding) => isBefore(finding, firstError)),
  ];
  return {
    value: firstError !== undefined || found.some(isFatal) ? undefined : value,
    diagnostics: found,
  };
}

/** After a place where YAML ends, the parser only guesses what belongs to what. */
function isBefore({ place }: Diagnostic, error: Diagnostic | undefined): boolean {
  if (error?.place === undefined || !("line" in error.place)) return true;
  return place !== undefined && "line" in place && place.line < error.place.line;
}

/** Whether nothing can be said about the rest of a document. */
function isFatal({ code }: Diagnostic): boolean {
  return code === "too-deep" || code === "too-many-aliases";
}

/** What one conversion carries along; it lives as long as one call of {@link parseYaml}. */
interface Conversion {
  readonly placeAt: PlaceAt;
  readonly limits: Limits;
  readonly findings: Diagnostic[];
  /** What the anchors so far stand for. An alias means the last such anchor before it (YAML 1.2, section 7.1). */
  readonly anchors: Map<string, { readonly value: JsonValue; readonly cost: Cost }>;
  cost: Cost;
}

/** What was converted so far, as if every alias were written out; `aliasedValues` are those that aliases repeat. */
interface Cost {
  readonly aliases: number;
  readonly values: number;
  readonly aliasedValues: number;
}

function toJson(node: YamlNode, depth: number, conversion: Conversion): JsonValue {
  if (node.kind === "alias") return aliasToJson(node, conversion);
  const before = conversion.cost;
  conversion.cost = { ...before, values: before.values + 1 };
  if (depth > conversion.limits.depth) {
    return refuse(tooDeep(placeOf(node, conversion), conversion.limits.depth), conversion);
  }
  const value = nodeToJson(node, depth, conversion);
  rememberAnchor(node, value, before, conversion);
  return value;
}

type Content = Exclude<YamlNode, YamlAlias>;

function nodeToJson(node: Content, depth: number, conversion: Conversion): JsonValue {
  if (node.kind === "scalar") return scalarToJson(node, conversion);
  const isList = node.kind === "sequence";
  const { tag } = node;
  if (tag !== undefined && !["!", isList ? "seq" : "map"].includes(coreTag(tag.text) ?? ""))
    report(unknownTag(conversion.placeAt(tag.start)), conversion);
  return isList
    ? node.items.map((item) => toJson(item, depth + 1, conversion))
    : mapToJson(node.pairs, depth, conversion);
}

function scalarToJson(node: YamlScalar, conversion: Conversion): JsonValue {
  const value = scalarValue(node);
  if (value === undefined) {
    report(unknownTag(conversion.placeAt(node.tag?.start ?? node.start)), conversion);
    return node.text;
  }
  if (typeof value === "number") {
    const finding = numberFinding(node.text, value, () => placeOf(node, conversion));
    if (finding !== undefined) report(finding, conversion);
  }
  return value;
}

function scalarValue({ text, tag, isPlain }: YamlScalar): CoreValue | undefined {
  if (tag !== undefined) return taggedValue(tag.text, text);
  return isPlain ? coreValue(text) : text;
}

function report(finding: Diagnostic, { findings }: Conversion): void {
  if (findings.length < MOST_FINDINGS) findings.push(finding);
}

function mapToJson(pairs: readonly YamlPair[], depth: number, conversion: Conversion): JsonObject {
  const object: JsonObject = {};
  const keys = new Map<string, YamlScalar>();
  for (const { key, value } of pairs) {
    const name = key.text;
    const first = keys.get(name);
    if (first !== undefined)
      report(duplicateKey(name, placeOf(first, conversion), placeOf(key, conversion)), conversion);
    if (name === "<<" && key.isPlain) report(mergeKey(placeOf(key, conversion)), conversion);
    keys.set(name, key);
    rememberAnchor(key, name, conversion.cost, conversion);
    setMember(object, name, toJson(value, depth + 1, conversion));
  }
  return object;
}

function rememberAnchor(
  { anchor }: Content,
  value: JsonValue,
  before: Cost,
  conversion: Conversion,
): void {
  if (anchor === undefined) return;
  const { cost, anchors } = conversion;
  anchors.set(anchor, {
    value,
    cost: {
      aliases: cost.aliases - before.aliases,
      values: cost.values - before.values,
      aliasedValues: cost.aliasedValues - before.aliasedValues,
    },
  });
}

/**
 * An alias stands for the very value of its anchor, not for a copy. Its cost is that of a copy, since whoever
 * walks the document meets the value as often as it is repeated.
 */
function aliasToJson(alias: YamlAlias, conversion: Conversion): JsonValue {
  const target = conversion.anchors.get(alias.anchor);
  if (target === undefined) return refuse(unfinishedAlias(placeOf(alias, conversion)), conversion);
  const { cost, limits } = conversion;
  const aliases = cost.aliases + target.cost.aliases + 1;
  const aliasedValues = cost.aliasedValues + target.cost.values;
  conversion.cost = { aliases, values: cost.values + target.cost.values, aliasedValues };
  if (aliases <= limits.aliases && aliasedValues <= limits.aliasedValues) return target.value;
  return refuse(tooManyAliases(placeOf(alias, conversion), limits), conversion);
}

/** Reports once per code: a bomb goes off at every alias, and one report says it all. */
function refuse(finding: Diagnostic, conversion: Conversion): null {
  if (!conversion.findings.some(({ code }) => code === finding.code))
    conversion.findings.push(finding);
  return null;
}

function placeOf({ start }: YamlNode, { placeAt }: Conversion): TextPlace {
  return placeAt(start);
}

function mergeKey(place: TextPlace): Diagnostic {
  return diagnostic("yaml-merge-key", {
    message: "The merge key << is not part of YAML 1.2, and OpenAPI documents cannot use it.",
    hint: 'Write the members out, or use allOf with $ref. For a property that is really called <<, write "<<".',
    place,
  });
}

function unfinishedAlias(place: TextPlace): Diagnostic {
  return diagnostic("yaml-syntax", {
    message: "This alias stands inside the very value that it repeats.",
    hint: "Use $ref for a schema that contains itself.",
    place,
  });
}

function tooManyAliases(place: TextPlace, limits: Limits): Diagnostic {
  return diagnostic("too-many-aliases", {
    message: `Aliases repeat too much: ${limits.aliases} aliases or ${limits.aliasedValues} repeated values are the limit.`,
    hint: "Use $ref in place of YAML aliases, or raise limits.aliases and limits.aliasedValues in driftline.yaml.",
    place,
  });
}
