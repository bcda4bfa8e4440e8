import { ts } from "ts-morph";

/** The kinds of statement that emitters print. Anything else in a file got there by a text that was not made harmless. */
const STATEMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.VariableStatement,
]);

/** The third line of defence: reads a printed file as the compiler does, before anyone gets to see it. */
export function verify(path: string, text: string): void {
  const source = ts.createSourceFile(path, text, {
    languageVersion: ts.ScriptTarget.Latest,
    // What is a comment ends where it ends, whether or not its tags are read.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const { parseDiagnostics } = source as unknown as {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  const [mistake] = parseDiagnostics;
  if (mistake !== undefined)
    throw new Error(
      `${path} does not parse: ${ts.flattenDiagnosticMessageText(mistake.messageText, " ")}`,
    );
  const foreign = source.statements.find((statement) => !STATEMENTS.has(statement.kind));
  if (foreign !== undefined)
    throw new Error(
      `${path} has a statement that no emitter prints: ${ts.SyntaxKind[foreign.kind]}`,
    );
}
