import { createRequire } from "node:module";
import type { Alias, CST, Document, Node, Scalar, YAMLError } from "yaml";
import type * as Yaml from "yaml";
import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/quoted.js";
import type { Limits } from "./limits.js";
import { tooDeep, tooManyTokens, unknownTag } from "./parse-findings.js";
import type { PlaceAt } from "./text-position.js";
import { emptyNode, type YamlNode, type YamlScalar } from "./yaml-tree.js";

/** Loaded where it is needed: for few texts, and those with errors. */
const yaml = (): typeof Yaml => createRequire(import.meta.url)("yaml") as typeof Yaml;

/** What could be read of a text, if anything, and what is wrong with it. */
export interface TolerantlyRead {
  readonly tree: YamlNode | undefined;
  readonly findings: readonly Diagnostic[];
}

/**
 * Reads what `yamlTree` does not: `yaml` goes on after an error, has words for each, and lets characters pass that
 * nobody can see, which others write into descriptions.
 */
export function tolerantTree(text: string, placeAt: PlaceAt, limits: Limits): TolerantlyRead {
  const { tokens, overrun } = yamlTokens(text, limits);
  if (overrun !== undefined)
    return { tree: undefined, findings: [findingOf(overrun, placeAt, limits)] };
  const { contents, errors } = composed(tokens, text.length);
  const exhausted = errors.find(({ code }) => code === "RESOURCE_EXHAUSTION");
  // A parser that ran out of stack reports it again for every level that it gives up; once is enough.
  if (exhausted !== undefined)
    return { tree: undefined, findings: [tooDeep(placeAt(exhausted.pos[0]), limits.depth)] };
  const findings = errors.map((error) => yamlFinding(error, placeAt(error.pos[0])));
  return {
    tree: nodeOf(contents, 0),
    findings: firstOfLines(findings).slice(0, SHOWN_ERRORS),
  };
}

/** @param start where it would stand, if there is none */
function nodeOf(node: Node | null, start: number): YamlNode {
  if (isAliasNode(node)) return { kind: "alias", start: startOf(node), anchor: node.source };
  const { isMap, isSeq } = yaml();
  if (isMap<Scalar, Node | null>(node)) {
    const pairs = node.items.map(({ key, value }) => ({
      key: scalarOf(key, startOf(key)),
      value: nodeOf(value, startOf(key)),
    }));
    return { kind: "mapping", start: startOf(node), ...propertiesOf(node), pairs };
  }
  if (isSeq<Node | null>(node)) {
    const items = node.items.map((item) => nodeOf(item, startOf(node)));
    return { kind: "sequence", start: startOf(node), ...propertiesOf(node), items };
  }
  return scalarOf(node, start);
}

function isAliasNode(node: Node | null): node is Alias {
  return yaml().isAlias(node);
}

function scalarOf(node: Node | null, start: number): YamlScalar {
  const { isScalar } = yaml();
  if (!isScalar(node)) return emptyNode(start);
  const text = node.source ?? "";
  const isPlain = node.type === undefined || node.type === "PLAIN";
  return { kind: "scalar", start: startOf(node), ...propertiesOf(node), text, isPlain };
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

/** A tag has its full name here, and no place. */
function propertiesOf(node: Exclude<Node, Alias>): Pick<YamlScalar, "anchor" | "tag"> {
  const { anchor, tag } = node;
  if (tag === undefined) return { anchor, tag };
  return { anchor, tag: { text: tag === "!" ? tag : `!<${tag}>`, start: startOf(node) } };
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

function yamlFinding({ code, message }: YAMLError, place: TextPlace): Diagnostic {
  if (code === "TAG_RESOLVE_FAILED") return unknownTag(place);
  return diagnostic("yaml-syntax", {
    message: `This is not YAML: ${visible(message.slice(0, 200))}.`,
    hint: "Correct the syntax; a value with special characters needs quotes.",
    place,
  });
}

/**
 * Which limit a text exceeds. To count the tokens takes as long as to read the text: a text that is too short for them
 * is not counted, since no character makes more than two.
 */
export function overrunFinding(
  text: string,
  placeAt: PlaceAt,
  limits: Limits,
): Diagnostic | undefined {
  if (2 * text.length < limits.yamlTokens) return undefined;
  const { overrun } = yamlTokens(text, limits);
  return overrun && findingOf(overrun, placeAt, limits);
}

function findingOf({ limit, offset }: Overrun, placeAt: PlaceAt, limits: Limits): Diagnostic {
  const place = placeAt(offset);
  return limit === "depth" ? tooDeep(place, limits.depth) : tooManyTokens(place, limits);
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
function yamlTokens(text: string, { depth, yamlTokens: most }: Limits): Tokens {
  const { Lexer, Parser } = yaml();
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

function composed(tokens: readonly CST.Token[], length: number): Document {
  const { Composer, YAMLParseError } = yaml();
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
  const [first, second] = composer.compose(tokens, true, length);
  if (first === undefined) throw new Error("yaml gave no document.");
  // A second document would be dropped.
  if (second !== undefined) {
    const [start, end] = second.range;
    const message = "The file holds several documents";
    first.errors.push(new YAMLParseError([start, end], "MULTIPLE_DOCS", message));
  }
  return first;
}
