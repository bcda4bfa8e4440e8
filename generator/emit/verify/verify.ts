import { ts } from "./syntax-trees.js";
import type { GeneratedFile } from "../../output/generated-file.js";
import { checkReferences, type Surroundings } from "./references.js";
import { checkShapes, ForeignShape, type Found } from "./shapes.js";
import { findForeignText } from "./text.js";

/** Told of each entry of the tables in `grammar.ts` that a file needs. */
type Use = (entry: string) => void;

/**
 * The third line of defence: reads a printed file as the compiler does, before anyone gets to see it, and holds all of
 * it against what emitters print. Anything else got there by a text of the document that was not made harmless, so it
 * is a bug of ours, and nothing is written.
 *
 * @throws Error that names the file, the place and the shape, and repeats nothing of the text
 */
export function verify(file: GeneratedFile, around: Surroundings, use?: Use): void {
  const source = parsed(file);
  located(source, () => {
    const found = checkShapes(source, use);
    checkReferences(source, found.references, around, use);
    checkText(source, found);
  });
}

/** The same, but for the names that a file uses: they may lead nowhere. */
export function verifySyntax(file: GeneratedFile, use?: Use): void {
  const source = parsed(file);
  located(source, () => {
    checkText(source, checkShapes(source, use));
  });
}

function checkText(source: ts.SourceFile, { literals }: Found): void {
  const startOf = startsIn(source);
  const spans = literals.map((node) => ({ start: startOf(node), end: node.end }));
  const foreign = findForeignText(source.text, spans);
  if (foreign !== undefined) throw errorAt(source, foreign.at, foreign.what);
}

function located(source: ts.SourceFile, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ForeignShape)) throw error;
    throw errorAt(source, startsIn(source)(error.node), error.message);
  }
}

/** Where the text of a node begins; what `node.pos` has is the end of the one before it. */
function startsIn({ text }: ts.SourceFile): (node: ts.Node) => number {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true);
  return ({ pos, end }) => {
    scanner.setText(text, pos, end - pos);
    scanner.scan();
    return scanner.getTokenStart();
  };
}

function errorAt(source: ts.SourceFile, at: number, what: string): Error {
  const { line, character } = ts.getLineAndCharacterOfPosition(source, at);
  const place = `${source.fileName}:${line + 1}:${character + 1}`;
  return new Error(`${place}: no emitter prints ${what}`);
}

/** The syntax tree of a file. Throws where it has none. */
function parsed({ path, text }: GeneratedFile): ts.SourceFile {
  const source = ts.createSourceFile(path, text, {
    languageVersion: ts.ScriptTarget.Latest,
    // What is a comment ends where it ends, whether or not its tags are read.
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
  });
  const { parseDiagnostics } = source as unknown as {
    readonly parseDiagnostics: readonly ts.Diagnostic[];
  };
  const [mistake] = parseDiagnostics;
  if (mistake === undefined) return source;
  const why = ts.flattenDiagnosticMessageText(mistake.messageText, " ");
  throw errorAt(source, mistake.start ?? 0, `what does not parse: ${why}`);
}
