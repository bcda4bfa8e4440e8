import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { repository } from "../support/repository.js";

/*
 * The doc comments of a generated client, by what they stand at, read by means that share nothing with the generator.
 */

export interface GeneratedComments {
  /** By method and path, as requests have them: `GET /videos`. */
  readonly methods: ReadonlyMap<string, MethodComments>;
  /** Of classes, interfaces and type aliases, by their names. */
  readonly declarations: ReadonlyMap<string, Declared>;
  /** The members of a type, down to those of what it refers to by a name. */
  readonly membersOf: (type: Declared | undefined) => readonly Declared[];
}

/** Something that has a name, a comment and perhaps members. */
export interface Declared {
  readonly name: string;
  readonly comment: string;
  readonly node: ts.Node;
}

export interface MethodComments {
  /** Of the method, one for each of its overloads. */
  readonly comments: readonly string[];
  /** The types of its first parameter and of its answers, one for each of its overloads. */
  readonly params: readonly Declared[];
  readonly responses: readonly Declared[];
}

/** @param service the folder below `generated` */
export function readGeneratedComments(service: string): GeneratedComments {
  const folder = repository(`generated/${service}`);
  const sources = readdirSync(folder)
    .filter((name) => name === "models.ts" || name.endsWith("-api.ts"))
    .map((name) =>
      ts.createSourceFile(
        name,
        readFileSync(`${folder}/${name}`, "utf8"),
        ts.ScriptTarget.ES2022,
        true,
      ),
    );
  const declarations = new Map(
    sources.flatMap((source) =>
      source.statements
        .filter(isDeclaration)
        .map((node) => [node.name?.text ?? "", declared(node)] as const),
    ),
  );
  const membersOf = (type: Declared | undefined): readonly Declared[] =>
    type === undefined ? [] : typeMembers(type, declarations, new Set());
  const methods = sources.flatMap((source) =>
    source.statements
      .filter(ts.isClassDeclaration)
      .flatMap((node) => classMethods(node, declarations)),
  );
  return { methods: new Map(methods), declarations, membersOf };
}

type DeclarationNode = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

function isDeclaration(node: ts.Node): node is DeclarationNode {
  return (
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

function declared(node: DeclarationNode | ts.PropertySignature): Declared {
  return { name: nameText(node.name), comment: commentText(node), node };
}

function nameText(name: ts.PropertyName | undefined): string {
  return name === undefined || ts.isComputedPropertyName(name) ? "" : name.text;
}

/** The comment of a node without its asterisks; empty where it has none. */
function commentText(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const ranges = ts.getLeadingCommentRanges(text, node.pos) ?? [];
  const comments = ranges.map(({ pos, end }) => text.slice(pos, end));
  const comment = comments.filter((one) => one.startsWith("/**")).at(-1) ?? "";
  return comment
    .slice(3, -2)
    .replace(/^[ \t]*\* ?/gm, "")
    .trim();
}

/** The members of a type; of `{ a: string }[]`, those of the items. */
function typeMembers(
  { node }: Declared,
  declarations: ReadonlyMap<string, Declared>,
  seen: ReadonlySet<ts.Node>,
): readonly Declared[] {
  const found: Declared[] = [];
  const visit = (part: ts.Node): void => {
    if (seen.has(part)) return;
    if (ts.isPropertySignature(part)) {
      found.push(declared(part));
      return;
    }
    if (ts.isIdentifier(part)) {
      const target = declarations.get(part.text);
      if (target !== undefined && target.node !== node)
        found.push(...typeMembers(target, declarations, new Set([...seen, node])));
      return;
    }
    ts.forEachChild(part, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

function classMethods(
  node: ts.ClassDeclaration,
  declarations: ReadonlyMap<string, Declared>,
): readonly (readonly [string, MethodComments])[] {
  const all = node.members.filter(ts.isMethodDeclaration);
  return all.flatMap((method) => {
    const request = method.body === undefined ? undefined : requestOf(method.body);
    if (request === undefined) return [];
    const name = nameText(method.name);
    const overloads = all.filter((other) => nameText(other.name) === name);
    const heads = overloads.length === 1 ? overloads : overloads.filter((one) => !one.body);
    const typesOf = (suffix: string): readonly Declared[] =>
      heads.flatMap((head) => typesInHead(head, suffix, declarations));
    const comments = heads.map((head) => commentText(head));
    return [[request, { comments, params: typesOf("Params"), responses: typesOf("Responses") }]];
  });
}

/** `GET /videos`, of the description of a request. */
function requestOf(body: ts.Block): string | undefined {
  const texts = new Map<string, string>();
  const visit = (part: ts.Node): void => {
    if (ts.isPropertyAssignment(part) && ts.isStringLiteralLike(part.initializer)) {
      const name = nameText(part.name);
      if (!texts.has(name)) texts.set(name, part.initializer.text);
    }
    ts.forEachChild(part, visit);
  };
  visit(body);
  const [method, path] = [texts.get("method"), texts.get("path")];
  return method === undefined || path === undefined ? undefined : `${method} ${path}`;
}

/** The types with such a name in the head of a method. */
function typesInHead(
  head: ts.MethodDeclaration,
  suffix: string,
  declarations: ReadonlyMap<string, Declared>,
): readonly Declared[] {
  const found: Declared[] = [];
  const visit = (part: ts.Node): void => {
    if (part === head.body) return;
    const type = ts.isIdentifier(part) ? declarations.get(part.text) : undefined;
    if (type?.name.endsWith(suffix)) found.push(type);
    ts.forEachChild(part, visit);
  };
  visit(head);
  return found;
}
