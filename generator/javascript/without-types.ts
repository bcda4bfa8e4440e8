import tsBlankSpace from "ts-blank-space";
import { ts } from "ts-morph";

/**
 * The JavaScript that is left of TypeScript without its types: comments and blank lines stay where they are, but those
 * of what is gone. Nothing else has to be translated, as there are no enums, namespaces and parameter properties
 * (TypeScript, `erasableSyntaxOnly`).
 *
 * @throws Error for syntax that is more than types
 */
export function withoutTypes(text: string): string {
  const typeless = withoutNodes(text);
  const blanked = tsBlankSpace(typeless, (node) => {
    const line = typeless.slice(0, node.end).split("\n").length;
    throw new Error(`There is more than types before line ${line} of the file without its types.`);
  });
  const left = withoutBlankedLines(blanked, typeless);
  return /^(?:import|export)\b/m.test(left) ? left : `${left.trimEnd()}\n\nexport {};\n`;
}

/** Types are replaced by blanks; where nothing else was on a line, that goes too. */
function withoutBlankedLines(blanked: string, before: string): string {
  const lines = before.split("\n");
  return blanked
    .split("\n")
    .filter((line, index) => line.trim() !== "" || lines[index]?.trim() === "")
    .join("\n");
}

/** The text without statements and members that are only types, and without the comments of those. */
function withoutNodes(text: string): string {
  const source = parsed(text);
  const spans = [...source.statements].flatMap((node) =>
    isOnlyType(node) ? [spanOf(node, source, true, /^[ \t]*\n/)] : signatureSpans(node, source),
  );
  let left = "";
  let end = 0;
  for (const [start, next] of spans) {
    left += text.slice(end, start);
    end = next;
  }
  return left + text.slice(end);
}

type Span = readonly [start: number, end: number];

/** A node up to the end of what a pattern finds behind it. */
function spanOf(node: ts.Node, source: ts.SourceFile, hasComment: boolean, behind: RegExp): Span {
  const rest = behind.exec(source.text.slice(node.end))?.[0] ?? "";
  return [node.getStart(source, hasComment), node.end + rest.length];
}

function isOnlyType(node: ts.Statement): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (ts.isFunctionDeclaration(node)) return node.body === undefined;
  return (
    ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  );
}

/** The signatures above the one method that they are for: it takes over the comment of the first one. */
function signatureSpans(node: ts.Statement, source: ts.SourceFile): readonly Span[] {
  if (!ts.isClassDeclaration(node)) return [];
  const { members } = node;
  return members.flatMap((member, index) => {
    if (!isSignature(member)) return [];
    const before = members[index - 1];
    const isFirst = before === undefined || !isSignature(before);
    return [spanOf(member, source, !isFirst, /^\s*/)];
  });
}

function isSignature(member: ts.ClassElement): boolean {
  return (
    (ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member)) &&
    member.body === undefined
  );
}

function parsed(text: string): ts.SourceFile {
  return ts.createSourceFile("file.ts", text, {
    languageVersion: ts.ScriptTarget.ES2022,
    jsDocParsingMode: ts.JSDocParsingMode.ParseAll,
  });
}
