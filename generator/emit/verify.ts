import { ts } from "ts-morph";
import type { GeneratedFile } from "../output/generated-file.js";

/** The kinds of statement that emitters print. Anything else in a file got there by a text that was not made harmless. */
const STATEMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.VariableStatement,
]);

/** The third line of defence: reads a file again, as the compiler will, before anyone gets to see it. */
export function verified(file: GeneratedFile): GeneratedFile {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, false);
  const { parseDiagnostics } = source as unknown as {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  const [mistake] = parseDiagnostics;
  if (mistake !== undefined)
    throw new Error(
      `${file.path} does not parse: ${ts.flattenDiagnosticMessageText(mistake.messageText, " ")}`,
    );
  const foreign = source.statements.find((statement) => !STATEMENTS.has(statement.kind));
  if (foreign !== undefined)
    throw new Error(
      `${file.path} has a statement that no emitter prints: ${ts.SyntaxKind[foreign.kind]}`,
    );
  return file;
}
