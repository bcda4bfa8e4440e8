import ts from "typescript";
import { isObject, member } from "../../../generator/document/json.js";
import type { JsonValue } from "../../../generator/document/source.js";
import type { GeneratedFile } from "../../../generator/output/generated-file.js";

/* Looks at generated files and at documents by means that share nothing with the generator's own check. */

/** A text without what stands in comments and strings. */
export function codeOf(text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const tokens: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind !== ts.SyntaxKind.StringLiteral) tokens.push(scanner.getTokenText());
  }
  return tokens.join(" ");
}

/** What does not parse. */
export function parseErrors(text: string): readonly string[] {
  const { diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return (diagnostics ?? []).map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, " "),
  );
}

/** The text of every string literal and of every name of a member. */
export function textsIn(text: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNumericLiteral(node) || ts.isIdentifier(node))
      texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest));
  return texts;
}

/** What files declare, and the members of their classes: lists in which no name may stand twice. */
export function nameLists(files: readonly GeneratedFile[]): readonly (readonly string[])[] {
  const statements = files.flatMap(({ path, text }) => [
    ...ts.createSourceFile(path, text, ts.ScriptTarget.Latest).statements,
  ]);
  const classes = statements.filter((statement) => ts.isClassDeclaration(statement));
  const declared = statements.flatMap((statement) =>
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
      ? [statement.name?.text ?? ""]
      : [],
  );
  return [declared, ...classes.map(({ members }) => members.flatMap(memberNames))];
}

/** The name of a member with a body; signatures of it repeat the name. */
function memberNames(found: ts.ClassElement): readonly string[] {
  if (!ts.isMethodDeclaration(found) && !ts.isGetAccessor(found)) return [];
  return found.body !== undefined && ts.isIdentifier(found.name) ? [found.name.text] : [];
}

/** The strings of every array, and the names in every object, that stands under a key. */
export function found(value: JsonValue, key: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap((child) => found(child ?? null, key));
  const here = Array.isArray(value) ? undefined : member(value, key);
  const texts = Array.isArray(here) ? here : Object.keys(isObject(here) ? here : {});
  return [...below, ...texts.filter((text) => typeof text === "string")];
}

/** The strings that stand under a key. */
export function stringsUnder(value: JsonValue, key: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const here = Array.isArray(value) ? undefined : member(value, key);
  const below = Object.values(value).flatMap((child) => stringsUnder(child ?? null, key));
  return typeof here === "string" ? [here, ...below] : below;
}
