import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { repository } from "./repository.js";

/** The strictest flags that a user of a generated client can have. */
export const STRICTEST: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: [],
  noEmit: true,
  declaration: true,
  isolatedDeclarations: true,
  strict: true,
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  exactOptionalPropertyTypes: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUncheckedSideEffectImports: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
};

/** A folder, beside the runtime, that generated files are to be checked in. */
const FOLDER = repository("templates");

/**
 * Checks generated files in one program, as they would lie beside the runtime, and gives every complaint as
 * `path:line: text`. Nothing is written: the files are held in memory.
 *
 * @param files texts by path, such as `pets/pets-api.ts`
 */
export function typeErrors(files: ReadonlyMap<string, string>): readonly string[] {
  const texts = new Map([...files].map(([name, text]) => [path.join(FOLDER, name), text]));
  const program = ts.createProgram([...texts.keys()], STRICTEST, hostOf(texts));
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => complaint(diagnostic, texts));
}

function hostOf(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(STRICTEST);
  const folders = new Set([...texts.keys()].map((file) => path.dirname(file)));
  return {
    ...host,
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    readFile: (file) => texts.get(file) ?? host.readFile(file),
    directoryExists: (folder) => folders.has(folder) || (host.directoryExists?.(folder) ?? true),
    getSourceFile: (file, options, ...rest) => {
      const text = texts.get(file);
      return text === undefined
        ? host.getSourceFile(file, options, ...rest)
        : ts.createSourceFile(file, text, options);
    },
  };
}

function complaint(diagnostic: ts.Diagnostic, texts: ReadonlyMap<string, string>): string {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ");
  const { file, start } = diagnostic;
  if (file === undefined || start === undefined) return `TS${diagnostic.code}: ${text}`;
  const { line } = file.getLineAndCharacterOfPosition(start);
  const source = (texts.get(file.fileName) ?? file.text).split("\n")[line]?.trim() ?? "";
  return `${path.relative(FOLDER, file.fileName)}:${line + 1}: TS${diagnostic.code}: ${text}\n    ${source.slice(0, 200)}`;
}

/** The files of the runtime, so that a test can see that there are some. */
export function runtimeFileNames(): readonly string[] {
  return readdirSync(path.join(FOLDER, "runtime")).filter((name) => name.endsWith(".ts"));
}
