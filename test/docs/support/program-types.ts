import path from "node:path";
import ts from "typescript";
import { repository } from "../../support/repository.js";
import { STRICTEST } from "../../support/type-check.js";
import type { CodeBlock } from "./page-files.js";

/** Who compiles programs: Node.js with its types, in a project that also has those of browsers or not. */
export const PROJECTS = {
  "with the DOM library": STRICTEST.lib ?? [],
  "without it": ["lib.es2022.d.ts"],
} as const;

const OPTIONS: ts.CompilerOptions = {
  ...STRICTEST,
  types: ["node"],
  typeRoots: [repository("node_modules/@types")],
  // Programs export nothing.
  declaration: false,
  isolatedDeclarations: false,
};

/**
 * Compiles programs as files beside `generated/`, all in one go, and gives every complaint as `page:line: text`.
 *
 * @param files what has been read already; a map that projects share
 */
export function programComplaints(
  programs: readonly CodeBlock[],
  lib: readonly string[],
  files = new Map<string, ts.SourceFile | undefined>(),
): readonly string[] {
  const options = { ...OPTIONS, lib: [...lib] };
  const texts = new Map(
    programs.map((program, index) => [repository(`program-${index}.ts`), program]),
  );
  const host = hostOf(options, texts, files);
  const program = ts.createProgram([...texts.keys()], options, host);
  const wrong = program.getOptionsDiagnostics().concat(program.getGlobalDiagnostics());
  return [
    ...wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    ...[...texts].flatMap(([name, block]) => {
      const file = program.getSourceFile(name);
      const found = [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ];
      return found.map((diagnostic) => complaint(diagnostic, block));
    }),
  ];
}

function hostOf(
  options: ts.CompilerOptions,
  texts: ReadonlyMap<string, CodeBlock>,
  files: Map<string, ts.SourceFile | undefined>,
): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (name) => texts.has(name) || host.fileExists(name),
    readFile: (name) => texts.get(name)?.text ?? host.readFile(name),
    getSourceFile: (name, settings, ...rest) => {
      const block = texts.get(name);
      if (block !== undefined) return ts.createSourceFile(name, block.text, settings);
      if (!files.has(name)) files.set(name, host.getSourceFile(name, settings, ...rest));
      return files.get(name);
    },
  };
}

function complaint({ file, start, code, messageText }: ts.Diagnostic, block: CodeBlock): string {
  const { line } = file?.getLineAndCharacterOfPosition(start ?? 0) ?? { line: 0 };
  const text = ts.flattenDiagnosticMessageText(messageText, "\n  ");
  const source = block.text.split("\n")[line]?.trim() ?? "";
  return `${path.posix.normalize(block.page)}:${block.line + line}: TS${code}: ${text}\n    ${source}`;
}
