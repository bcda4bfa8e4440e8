import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { ROOT } from "./places.js";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  verbatimModuleSyntax: true,
  removeComments: false,
};

/**
 * The declarations of a source and of all that they name, by source. Each is made of its file alone, which needs the
 * types of everything that is exported to be written there, and takes no time.
 *
 * @param source a path of the package
 */
export function declarationsOf(source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open = [source];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file)) continue;
    const text = declarationOf(file);
    found.set(file, text);
    open.push(...namedBy(file, text));
  }
  return found;
}

function declarationOf(file: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(
    readFileSync(path.join(ROOT, file), "utf8"),
    { compilerOptions: OPTIONS, fileName: file, reportDiagnostics: true },
  );
  const problem = diagnostics[0];
  if (problem === undefined) return outputText;
  throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`);
}

/** The sources that a declaration imports from. */
function namedBy(file: string, text: string): readonly string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) =>
      path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, ".ts")),
    );
}
