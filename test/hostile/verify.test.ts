import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { ts } from "ts-morph";
import { beforeAll, describe, expect, it } from "vitest";
import { printed } from "../../generator/emit/code.js";
import { statements } from "../../generator/emit/layout/statements.js";
import { filesOf } from "../../generator/emit/print.js";
import * as grammar from "../../generator/emit/verify/grammar.js";
import { wordsOf } from "../../generator/emit/verify/shapes.js";
import { verify, verifySyntax } from "../../generator/emit/verify/verify.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { BRIDGES } from "../../generator/bridges/bridge-names.js";
import { caseNames, readCase, runCase } from "../golden/cases.js";
import { apiModel } from "../property/models.js";
import { repository } from "../support/repository.js";

/*
 * The third line of defence by itself: that it lets through what emitters print and has no entry that none of them
 * needs, and that it refuses every hostile piece of code, wherever that may come to stand.
 */

interface Client {
  readonly name: string;
  /** What is verified: helpers are copied, not printed. */
  readonly files: readonly GeneratedFile[];
  readonly names: ReadonlySet<string>;
}

let clients: readonly Client[] = [];

beforeAll(async () => {
  clients = [...bundledClients(), ...(await goldenClients())];
}, 60_000);

describe("the tables of the grammar", () => {
  it("have an entry for everything that is printed, and no other", () => {
    const used = new Set<string>();
    const use = (entry: string): void => void used.add(entry);
    for (const { files, names } of clients)
      for (const file of files) verify(file, { runtime: "../runtime", files: names }, use);
    for (const model of fc.sample(apiModel, { numRuns: 400, seed: 1 }))
      for (const { path: name, statements: all } of filesOf(model, "../runtime"))
        verifySyntax({ path: name, text: printed(statements(all)) }, use);
    expect(entries().filter((entry) => !used.has(entry))).toEqual([]);
  }, 60_000);
});

/*
 * Every kind of position in generated files, and what may be put there. What is put in is what would stand there if the
 * text of a document were printed as it is.
 */
const CODE = [
  "x; globalThis.__PWNED__ = 1; x",
  "x, y = __PWNED__()",
  "__PWNED__()",
  "[__PWNED__()]",
  "x`__PWNED__`",
  "x as any",
  "(() => 1)()",
  'import("./x.js")',
  "\\u0078x",
  "x /* __PWNED__ */",
  "x // __PWNED__",
] as const;
const IN_STRINGS = [
  '"; globalThis.__PWNED__ = 1; "',
  '" + __PWNED__() + "',
  '", ["__PWNED__"]: "',
  '"]: __PWNED__(), ["',
  '"); __PWNED__("',
  "\n",
  "\u2028",
  "\u202e",
  "\u0000",
  "\u001b[31m",
  "\ud800",
] as const;
const IN_COMMENTS = [
  "*/ globalThis.__PWNED__ = 1; /*",
  "*/ /* __PWNED__",
  "*/ // __PWNED__\n/**",
  "*/\n/** __PWNED__ *//**",
  "\n__PWNED__",
  "\n * @ts-ignore",
  "\n * eslint-disable",
  "\n * @type {__PWNED__}",
  "\n * x @internal",
  "@jsxImportSource __PWNED__",
  "# sourceMappingURL=__PWNED__",
  "\r",
  "\u2029",
  "\u2066",
  "\u001b]52;",
] as const;

describe("what is put into a generated file", () => {
  it("is refused at every kind of position", () => {
    const through: string[] = [];
    let count = 0;
    for (const { file, names, position } of positions()) {
      const around = { runtime: "../runtime", files: names };
      for (const piece of position.pieces) {
        count += 1;
        const text = file.text.slice(0, position.start) + piece + file.text.slice(position.end);
        const refusal = refusalOf(() => {
          verify({ path: file.path, text }, around);
        });
        if (refusal === undefined) through.push(`${position.kind}: ${JSON.stringify(piece)}`);
      }
    }
    expect(count).toBeGreaterThan(1_000);
    expect(through).toEqual([]);
  }, 120_000);

  it.each<[string, string, string, string]>([
    [
      "eval",
      "default-api.ts",
      'export const a: Readonly<Record<string, never>> = eval("1");',
      "VariableStatement in such a file",
    ],
    [
      "a global",
      "service.ts",
      "export const a: Readonly<Record<string, never>> = { x: process };",
      "a value that the file neither declares nor imports",
    ],
    [
      "a global function",
      "service.ts",
      'export const a: Readonly<Record<string, never>> = { x: eval("1") };',
      "a runtime that the file neither",
    ],
    [
      "a call of what the file declares",
      "service.ts",
      "export const a: Readonly<Record<string, never>> = { x: a() };",
      "a runtime that the file neither",
    ],
    [
      "a call of a member",
      "default-api.ts",
      "export class A { a() { return this.constructor(); } }",
      "a call of a member other than this.request",
    ],
    [
      "a function",
      "index.ts",
      "export function a() {}",
      "FunctionDeclaration as SourceFile.statements",
    ],
    [
      "a default export",
      "index.ts",
      'export default "a";',
      "ExportAssignment as SourceFile.statements",
    ],
    ["a package", "index.ts", 'export * from "package";', "a module that is no file of the output"],
    [
      "a file outside",
      "index.ts",
      'export * from "../other.js";',
      "a module that is no file of the output",
    ],
    [
      "a file that is none of the client's",
      "index.ts",
      'export * from "./other.js";',
      "a module that is no file of the output",
    ],
    [
      "a file below the runtime",
      "index.ts",
      'export * from "../runtime/../other.js";',
      "a module that is no file of the output",
    ],
    [
      "a URL",
      "index.ts",
      'export * from "data:text/javascript,1";',
      "a module that is no file of the output",
    ],
    [
      "a file by an absolute path",
      "index.ts",
      'export * from "/etc/passwd.js";',
      "a module that is no file of the output",
    ],
    [
      "an export of an own name",
      "index.ts",
      "export { a };",
      "a module that is no file of the output",
    ],
    [
      "an import for its effects",
      "client.ts",
      'import "../runtime/options.js";',
      "an import of no name",
    ],
    [
      "an import under another name",
      "models.ts",
      'import { a as b } from "../runtime/a.js";',
      "such parts of ImportSpecifier",
    ],
    [
      "a namespace import",
      "models.ts",
      'import * as a from "../runtime/a.js";',
      "NamespaceImport as ImportClause.namedBindings",
    ],
    [
      "an import of a default",
      "models.ts",
      'import a from "../runtime/a.js";',
      "such parts of ImportClause",
    ],
    [
      "an import with attributes",
      "models.ts",
      'import { a } from "../runtime/a.js" with { type: "json" };',
      "such parts of ImportDeclaration",
    ],
    ["any", "models.ts", "export type A = any;", "AnyKeyword as TypeAliasDeclaration.type"],
    [
      "a type of a module",
      "models.ts",
      'export type A = import("./models.js").A;',
      "as TypeAliasDeclaration.type",
    ],
    [
      "typeof",
      "models.ts",
      "export type A = typeof globalThis;",
      "TypeQuery as TypeAliasDeclaration.type",
    ],
    [
      "a conditional type",
      "models.ts",
      "export type A = 1 extends 2 ? 3 : 4;",
      "ConditionalType as TypeAliasDeclaration.type",
    ],
    [
      "a type that is nowhere",
      "models.ts",
      "export type A = Foreign;",
      "a type that the file neither declares nor imports",
    ],
    [
      "a function type",
      "models.ts",
      "export type A = () => string;",
      "FunctionType as TypeAliasDeclaration.type",
    ],
    [
      "an enumeration",
      "models.ts",
      "export enum A { B }",
      "EnumDeclaration as SourceFile.statements",
    ],
    [
      "a namespace",
      "models.ts",
      "export namespace A {}",
      "ModuleDeclaration as SourceFile.statements",
    ],
    [
      "a global declaration",
      "models.ts",
      "declare global {}",
      "ModuleDeclaration as SourceFile.statements",
    ],
    [
      "a constant among types",
      "models.ts",
      'export const a: string = "";',
      "VariableStatement in such a file",
    ],
    ["a decorator", "client.ts", "@a export class A {}", "Decorator as ClassDeclaration.modifiers"],
    [
      "a static block",
      "client.ts",
      "export class A { static {} }",
      "ClassStaticBlockDeclaration as ClassDeclaration.members",
    ],
    [
      "a field with a value",
      "client.ts",
      "export class A { #a = 1 }",
      "such parts of PropertyDeclaration",
    ],
    [
      "a member called then",
      "client.ts",
      "export class A { then() { return a(); } }",
      "a member that has a meaning of its own",
    ],
    [
      "an accessor called constructor",
      "client.ts",
      "export class A { get constructor() { return a(); } }",
      "a member that has a meaning of its own",
    ],
    [
      "two statements",
      "default-api.ts",
      "export class A { a() { return a(); return b(); } }",
      "a body of other than one statement",
    ],
    [
      "a prototype",
      "service.ts",
      'export const a: Readonly<Record<string, never>> = { "__proto__": {} };',
      "a member that sets the prototype",
    ],
    [
      "a computed key",
      "service.ts",
      'export const a: Readonly<Record<string, never>> = { ["a"]: {} };',
      "a computed key",
    ],
    [
      "an assertion",
      "service.ts",
      "export const a: Readonly<Record<string, never>> = { a: {} as Service };",
      "a type that is asserted",
    ],
    [
      "a spread",
      "service.ts",
      "export const a: Readonly<Record<string, never>> = { ...a };",
      "SpreadAssignment as ObjectLiteralExpression.properties",
    ],
    [
      "a method",
      "service.ts",
      "export const a: Readonly<Record<string, never>> = { a() {} };",
      "MethodDeclaration as ObjectLiteralExpression.properties",
    ],
    [
      "a template",
      "service.ts",
      "export const a: Readonly<Record<string, never>> = { a: `x` };",
      "as PropertyAssignment.initializer",
    ],
    [
      "a regular expression",
      "service.ts",
      "export const a: Readonly<Record<string, never>> = { a: /x/ };",
      "RegularExpressionLiteral as PropertyAssignment.initializer",
    ],
    [
      "a sum",
      "default-api.ts",
      'export class A { a() { return this.request({ a: "" + "" }); } }',
      "StringLiteral as BinaryExpression.left",
    ],
    [
      "an assignment",
      "default-api.ts",
      "export class A { a() { return this.request({ a: params.a = 1 }); } }",
      "an assignment to other than a private field",
    ],
    [
      "a variable",
      "service.ts",
      "export let a: Readonly<Record<string, never>> = {};",
      "a variable",
    ],
    ["a directive", "index.ts", '"use strict";', "ExpressionStatement as SourceFile.statements"],
    ["a hashbang", "index.ts", "#!/bin/sh", "a character that code has only in literals"],
    [
      "a comment on a line",
      "models.ts",
      "export type A = string; // a",
      "a comment of a foreign kind",
    ],
    [
      "a comment inside of a line",
      "models.ts",
      "export type A = /* a */ string;",
      "a comment of a foreign kind",
    ],
    [
      "a comment in front of another",
      "models.ts",
      "/** a *//** b */\nexport type A = string;",
      "a comment of a foreign kind",
    ],
    [
      "a carriage return",
      "models.ts",
      "export type A = string;\r\n",
      "a character that nobody sees",
    ],
    ["a broken file", "models.ts", "export type A = ;", "what does not parse: Type expected."],
  ])("is refused if it is %s", (_, name, text, what) => {
    const around = { runtime: "../runtime", files: new Set(["models.ts"]) };
    const refusal = refusalOf(() => {
      verify({ path: name, text: `${text}\n` }, around);
    });
    expect(refusal).toContain(`${name}:1:`);
    expect(refusal).toContain(what);
  });
});

/** What a check says, which never repeats what it is about; `undefined` where it is content. */
function refusalOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    expect(String(error)).not.toContain("__PWNED__");
    return String(error);
  }
}

/* ------------------------------------------------------------------------------ positions */

interface Position {
  /** What stands there, and in what. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly string[];
}

interface PositionInFile extends Omit<Client, "files" | "name"> {
  readonly file: GeneratedFile;
  readonly position: Position;
}

/** One position of each kind, in the smallest file that has it. */
function positions(): readonly PositionInFile[] {
  const found = new Map<string, PositionInFile>();
  for (const { files, names } of clients) {
    for (const file of files) {
      for (const position of positionsIn(file)) {
        const known = found.get(position.kind);
        if (known === undefined || known.file.text.length > file.text.length)
          found.set(position.kind, { file, names, position });
      }
    }
  }
  return [...found.values()];
}

function positionsIn({ path: name, text }: GeneratedFile): readonly Position[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const kind = Object.hasOwn(grammar.FILES, name) ? name : "class";
  const found: Position[] = [];
  const visit = (node: ts.Node): void => {
    const place = `${kind}: ${ts.SyntaxKind[node.parent.kind]} ${ts.SyntaxKind[node.kind]}`;
    const [start, end] = [node.getStart(source), node.end];
    if (ts.isStringLiteral(node))
      found.push({ kind: place, start: start + 1, end: start + 1, pieces: IN_STRINGS });
    if (ts.isIdentifier(node)) found.push({ kind: place, start, end, pieces: CODE });
    for (const comment of ts.getLeadingCommentRanges(text, node.pos) ?? [])
      found.push({
        kind: `comment before ${place}`,
        start: comment.pos + 4,
        end: comment.pos + 4,
        pieces: IN_COMMENTS,
      });
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

/* ---------------------------------------------------------------------------------- files */

/** Every entry of every table. */
function entries(): readonly string[] {
  const { FILES, GRAMMAR, GROUPS, GLOBAL_TYPES, GLOBAL_VALUES, PARAMETERS, PLACES_OF_FILES } =
    grammar;
  return [
    ...Object.entries(PLACES_OF_FILES).flatMap(([file, kinds]) =>
      entriesOfGrammar(kinds).map((entry) => `${file}, ${entry}`),
    ),
    ...Object.entries(FILES).flatMap(([file, words]) => entriesOf(file, words)),
    ...entriesOfGrammar(GRAMMAR),
    ...Object.entries(GROUPS).flatMap(([group, words]) => entriesOf(group, words)),
    ...entriesOf("GLOBAL_TYPES", GLOBAL_TYPES),
    ...entriesOf("GLOBAL_VALUES", GLOBAL_VALUES),
    ...entriesOf("PARAMETERS", PARAMETERS),
  ];
}

function entriesOfGrammar(kinds: typeof grammar.GRAMMAR): readonly string[] {
  return Object.entries(kinds).flatMap(([kind, places]) =>
    Object.entries(places).flatMap(([place, words]) => entriesOf(`${kind}.${place}`, words)),
  );
}

function entriesOf(table: string, words: string): readonly string[] {
  return wordsOf(words)
    .filter((word) => !Object.hasOwn(grammar.GROUPS, word))
    .map((word) => `${table}: ${word}`);
}

function bundledClients(): readonly Client[] {
  return ["mastodon", "peertube", "sftpgo"].map((name) => {
    const folder = repository(`generated/${name}`);
    const all = readdirSync(folder).filter((file) => file.endsWith(".ts"));
    const own = all.filter((file) => !existsSync(repository(`templates/services/${file}`)));
    const files = own.map((file) => ({
      path: file,
      text: readFileSync(path.join(folder, file), "utf8"),
    }));
    return { name, files, names: new Set(all) };
  });
}

async function goldenClients(): Promise<readonly Client[]> {
  const found: Client[] = [];
  for (const name of caseNames()) {
    const { files = [] } = await runCase(readCase(name), BRIDGES);
    const helpers = new Set(
      (readCase(name).settings.helpers ?? []).map((helper) => `${helper}.ts`),
    );
    const names = new Set(files.map((file) => file.path));
    found.push({ name, files: files.filter((file) => !helpers.has(file.path)), names });
  }
  return found;
}
