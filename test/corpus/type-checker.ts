import ts from "typescript";
import { STRICTEST } from "../support/type-check.js";
import type { Reason } from "./result.js";

/** Checks one client after the other; what they have in common is parsed once. */
export interface TypeChecker {
  /**
   * What the strictest compiler says to a client, the first complaint of each kind. Its runtime is only looked at where
   * the client uses it: the same files are checked elsewhere.
   *
   * @param files texts by path in the folder of the client
   */
  readonly complaints: (files: ReadonlyMap<string, string>) => readonly Reason[];
}

const FLAGS: ts.CompilerOptions = STRICTEST;

/** Where the client is said to lie. Nothing is there. */
const FOLDER = "/client/";
const PACKAGE = "/package.json";

/** Makes a checker, which remembers the last client that it saw. */
export function createTypeChecker(): TypeChecker {
  const parsed = new Map<string, ts.SourceFile>();
  const ofLibraries = ts.createCompilerHost(FLAGS);
  let last: ts.Program | undefined;
  return {
    complaints: (files) => {
      const texts = new Map([...files].map(([name, text]) => [`${FOLDER}${name}`, text]));
      const own = [...texts.keys()].filter(
        (name) => name.endsWith(".ts") && !name.startsWith(`${FOLDER}runtime/`),
      );
      for (const name of parsed.keys()) {
        if (name.startsWith(FOLDER) && !texts.has(name)) parsed.delete(name);
      }
      last = ts.createProgram(own, FLAGS, hostOf(texts, parsed, ofLibraries), last);
      return reasonsOf(diagnosticsOf(last, own));
    },
  };
}

function diagnosticsOf(program: ts.Program, own: readonly string[]): readonly ts.Diagnostic[] {
  const files = own.flatMap((name) => program.getSourceFile(name) ?? []);
  return [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
      ...program.getDeclarationDiagnostics(file),
    ]),
  ];
}

/** A host that has the client in memory, and parses nothing twice. */
function hostOf(
  texts: ReadonlyMap<string, string>,
  parsed: Map<string, ts.SourceFile>,
  ofLibraries: ts.CompilerHost,
): ts.CompilerHost {
  return {
    ...ofLibraries,
    getCurrentDirectory: () => FOLDER,
    fileExists: (file) => texts.has(file) || file === PACKAGE,
    readFile: (file) => texts.get(file) ?? (file === PACKAGE ? '{ "type": "module" }' : undefined),
    directoryExists: () => true,
    getDirectories: () => [],
    getSourceFile: (file, options) => {
      const text = texts.get(file);
      const known = parsed.get(file);
      if (known !== undefined && (text === undefined || known.text === text)) return known;
      const made =
        text === undefined
          ? ofLibraries.getSourceFile(file, options)
          : ts.createSourceFile(file, text, options);
      if (made !== undefined) parsed.set(file, made);
      return made;
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({ resolvedModule: resolved(text, from, texts) })),
  };
}

/** Clients import nothing but files beside them and of the runtime, by `.js`. */
function resolved(
  specifier: string,
  from: string,
  texts: ReadonlyMap<string, string>,
): ts.ResolvedModuleFull | undefined {
  const { pathname } = new URL(specifier.replace(/\.js$/, ".ts"), `file://${from}`);
  return texts.has(pathname)
    ? { resolvedFileName: pathname, extension: ts.Extension.Ts, isExternalLibraryImport: false }
    : undefined;
}

function reasonsOf(diagnostics: readonly ts.Diagnostic[]): readonly Reason[] {
  const first = new Map<string, Reason>();
  for (const diagnostic of diagnostics) {
    const code = `TS${diagnostic.code}`;
    if (!first.has(code)) first.set(code, { code, text: complaint(diagnostic) });
  }
  return [...first.values()];
}

function complaint({ messageText, file, start }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, " ");
  if (file === undefined || start === undefined) return text;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${file.fileName.slice(FOLDER.length)}:${line + 1}: ${text}`;
}
