import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  YAMLParseError,
  type Alias,
  type CST,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLError,
} from "yaml";
import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Outcome, TextPlace } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/quoted.js";
import { setMember } from "./json.js";
import type { Limits } from "./limits.js";
import { numberFinding } from "./numbers.js";
import { duplicateKey, MOST_FINDINGS, tooDeep, tooManyTokens } from "./parse-findings.js";
import type { JsonObject, JsonValue, SourceFile } from "./source.js";
import { placesOf, type PlaceAt } from "./text-position.js";

/**
 * Parses YAML 1.2 (core schema, section 10.3) into nodes that know their offsets. Keys are always strings, as
 * JSON wants them: `200:` is "200". Merge keys and tags of other schemas are off, whatever `%YAML` says.
 *
 * @param text one that was read before, so that it is known to keep to the limits
 */
export function parseYamlNodes(text: string): Document {
  return composed(yamlTokens(text, undefined).tokens, text);
}

/** Reads YAML text: its value as JSON, and everything that keeps it from being one. */
export function parseYaml(file: SourceFile, limits: Limits): Outcome<JsonValue> {
  const placeAt = placesOf(file);
  const { tokens, overrun } = yamlTokens(file.text, limits);
  if (overrun !== undefined)
    return { value: undefined, diagnostics: [overrunFinding(overrun, placeAt, limits)] };
  const document = composed(tokens, file.text);
  const syntax = yamlFindings([...document.errors, ...document.warnings], placeAt, limits);
  const conversion: Conversion = {
    placeAt,
    limits,
    findings: [],
    anchors: new Map(),
    cost: { aliases: 0, values: 0, aliasedValues: 0 },
  };
  // A parser that ran out of stack has no value to convert.
  if (syntax.some(isFatal)) return { value: undefined, diagnostics: syntax };
  const value = toJson(document.contents, 0, conversion);
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

/** Whether nothing can be said about the rest of a document. */
function isFatal({ code }: Diagnostic): boolean {
  return code === "too-deep" || code === "too-many-aliases";
}

/** After a place where YAML ends, the parser only guesses what belongs to what. */
function isBefore({ place }: Diagnostic, error: Diagnostic | undefined): boolean {
  if (error?.place === undefined || !("line" in error.place)) return true;
  return place !== undefined && "line" in place && place.line < error.place.line;
}

/** The documents of a text as trees of tokens, or which limit it exceeds, and where. */
interface Tokens {
  readonly tokens: readonly CST.Token[];
  readonly overrun?: Overrun;
}

interface Overrun {
  readonly limit: "depth" | "yamlTokens";
  readonly offset: number;
}

/**
 * What `yaml` does itself before it makes nodes, but within limits. The next step goes down by recursion: where the
 * stack ends in the midst of a regular expression, V8 ends the process, which no error handling prevents.
 */
function yamlTokens(text: string, limits: Limits | undefined): Tokens {
  const { depth = Infinity, yamlTokens: most = Infinity } = limits ?? {};
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const { offset } = parser;
    count += lexeme.startsWith('"') ? 1 + lexeme.length / QUOTED_CHARACTERS_PER_TOKEN : 1;
    if (count > most) return { tokens, overrun: { limit: "yamlTokens", offset } };
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > depth + OTHERS_ON_STACK)
      return { tokens, overrun: { limit: "depth", offset } };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

/** `yaml` puts text in double quotes together character by character, which takes 32 bytes for each. */
const QUOTED_CHARACTERS_PER_TOKEN = 12;
/** The document, and the value of the innermost list or mapping. */
const OTHERS_ON_STACK = 2;

function composed(tokens: readonly CST.Token[], text: string): Document {
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const [first, second] = composer.compose(tokens, true, text.length);
  if (first === undefined) throw new Error("yaml gave no document.");
  if (second !== undefined) first.errors.push(secondDocument(second));
  return first;
}

/** A second document would be dropped. */
function secondDocument({ range }: Document.Parsed): YAMLParseError {
  const [start, end] = range;
  return new YAMLParseError([start, end], "MULTIPLE_DOCS", "The file holds several documents");
}

function overrunFinding({ limit, offset }: Overrun, placeAt: PlaceAt, limits: Limits): Diagnostic {
  const place = placeAt(offset);
  return limit === "depth" ? tooDeep(place, limits.depth) : tooManyTokens(place, limits);
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

function toJson(node: Node | null, depth: number, conversion: Conversion): JsonValue {
  if (node === null) return null;
  if (isAlias(node)) return aliasToJson(node, conversion);
  const before = conversion.cost;
  conversion.cost = { ...before, values: before.values + 1 };
  if (depth > conversion.limits.depth) {
    return refuse(tooDeep(placeOf(node, conversion), conversion.limits.depth), conversion);
  }
  const value = nodeToJson(node, depth, conversion);
  rememberAnchor(node, value, before, conversion);
  return value;
}

function nodeToJson(node: Node, depth: number, conversion: Conversion): JsonValue {
  if (isMap<Scalar, Node | null>(node)) return mapToJson(node.items, depth, conversion);
  if (isSeq<Node | null>(node))
    return node.items.map((item) => toJson(item, depth + 1, conversion));
  return isScalar(node) ? scalarToJson(node, conversion) : null;
}

function scalarToJson(node: Scalar, conversion: Conversion): JsonValue {
  const { value, source } = node;
  if (typeof value === "number") {
    const finding = numberFinding(source ?? String(value), value, () => placeOf(node, conversion));
    if (finding !== undefined && conversion.findings.length < MOST_FINDINGS)
      conversion.findings.push(finding);
  }
  return value as JsonValue;
}

function mapToJson(
  pairs: readonly Pair<Scalar, Node | null>[],
  depth: number,
  conversion: Conversion,
): JsonObject {
  const object: JsonObject = {};
  const keys = new Map<string, Scalar>();
  for (const { key, value } of pairs) {
    const name = String(key.value);
    const first = keys.get(name);
    if (first !== undefined && conversion.findings.length < MOST_FINDINGS) {
      conversion.findings.push(
        duplicateKey(name, placeOf(first, conversion), placeOf(key, conversion)),
      );
    }
    if (name === "<<" && key.type === "PLAIN")
      conversion.findings.push(mergeKey(placeOf(key, conversion)));
    keys.set(name, key);
    rememberAnchor(key, name, conversion.cost, conversion);
    setMember(object, name, toJson(value, depth + 1, conversion));
  }
  return object;
}

function rememberAnchor(node: Node, value: JsonValue, before: Cost, conversion: Conversion): void {
  if (isAlias(node) || node.anchor === undefined) return;
  const { cost, anchors } = conversion;
  anchors.set(node.anchor, {
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
function aliasToJson(alias: Alias, conversion: Conversion): JsonValue {
  const target = conversion.anchors.get(alias.source);
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

function placeOf(node: Node, { placeAt }: Conversion): TextPlace {
  return placeAt(node.range?.[0] ?? 0);
}

/** A parser that ran out of stack reports it again for every level that it gives up; once is enough. */
function yamlFindings(
  errors: readonly YAMLError[],
  placeAt: PlaceAt,
  limits: Limits,
): readonly Diagnostic[] {
  const exhausted = errors.find(({ code }) => code === "RESOURCE_EXHAUSTION");
  if (exhausted !== undefined) return [tooDeep(placeAt(exhausted.pos[0]), limits.depth)];
  const findings = errors.flatMap((error) => yamlFinding(error, placeAt(error.pos[0])));
  return firstOfLines(findings).slice(0, SHOWN_ERRORS);
}

/** After so many places where YAML ends, further ones tell nothing. */
const SHOWN_ERRORS = 20;

/** One syntax error makes several of the same line. */
function firstOfLines(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const lines = new Set<string>();
  return findings.filter(({ code, place }) => {
    const line = `${code} ${place !== undefined && "line" in place ? place.line : ""}`;
    const isFirst = code !== "yaml-syntax" || !lines.has(line);
    lines.add(line);
    return isFirst;
  });
}

function yamlFinding(error: YAMLError, place: TextPlace): readonly Diagnostic[] {
  if (error.code === "TAG_RESOLVE_FAILED") return [unknownTag(place)];
  if (error.name === "YAMLWarning") return [];
  return [
    diagnostic("yaml-syntax", {
      message: `This is not YAML: ${visible(error.message.slice(0, 200))}.`,
      hint: "Correct the syntax; a value with special characters needs quotes.",
      place,
    }),
  ];
}

function unknownTag(place: TextPlace): Diagnostic {
  return diagnostic("yaml-tag", {
    message: "This YAML tag is not one of the YAML 1.2 core schema.",
    hint: "Remove the tag and write the value as JSON would have it.",
    place,
  });
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
