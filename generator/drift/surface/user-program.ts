import { Project, ts } from "ts-morph";
import type { GeneratedFile } from "../../output/generated-file.js";
import type { ExportedNames } from "./compare-exports.js";
import { PROGRAM_HEAD } from "./inquiry.js";

/** What the compiler says. */
export interface CompilerAnswers {
  /** Why it refuses a question, by the question; `undefined` for a reason that only the form of declarations gives. */
  readonly refusals: ReadonlyMap<string, string | undefined>;
  readonly exported: ExportedNames;
}

/** The generated files of two clients, and the runtime that both use. */
export interface ClientFiles {
  readonly old: readonly GeneratedFile[];
  readonly new: readonly GeneratedFile[];
  readonly runtime: readonly GeneratedFile[];
}

/** As strict as the users of a client may be. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
};

const PROGRAM = "/program.ts";

/**
 * Asks the compiler. The questions are one program beside both clients, of which only that program is checked, so
 * that no more is worked out than it mentions. Nothing is run, and nothing is read but what is given.
 */
export function askCompiler(files: ClientFiles, questions: readonly string[]): CompilerAnswers {
  const project = new Project({ useInMemoryFileSystem: true, compilerOptions: OPTIONS });
  for (const folder of ["old", "new", "runtime"] as const)
    for (const { path, text } of files[folder])
      project.createSourceFile(`/${folder}/${path}`, text);
  project.createSourceFile(PROGRAM, programText(questions));
  const program = project.getProgram().compilerObject;
  return {
    refusals: refusalsIn(program, questions),
    exported: {
      old: exportsOf(program, "/old/index.ts"),
      new: exportsOf(program, "/new/index.ts"),
    },
  };
}

/** One question per line, so that the line of a complaint tells what it is about. */
function programText(questions: readonly string[]): string {
  const lines = questions.map((question, index) => `export const q${index} = ${question};\n`);
  return [PROGRAM_HEAD, ...lines].join("");
}

function refusalsIn(
  program: ts.Program,
  questions: readonly string[],
): ReadonlyMap<string, string | undefined> {
  const file = program.getSourceFile(PROGRAM);
  const first = PROGRAM_HEAD.split("\n").length - 1;
  const refusals = new Map<string, string | undefined>();
  for (const { start, messageText } of program.getSemanticDiagnostics(file)) {
    const line = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
    const question = questions[line - first];
    if (question === undefined)
      throw new Error(
        `The program itself is wrong: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
    if (!refusals.has(question)) refusals.set(question, reasonOf(messageText));
  }
  return refusals;
}

/**
 * An interface does not fit an index signature where the same type without a name does (TS2329): code that passes
 * objects, and does not name the types of both clients at once, never meets that.
 */
const MISSING_INDEX = 2329;

/** The innermost reason: those around it tell the way to it. */
function reasonOf(message: string | ts.DiagnosticMessageChain): string | undefined {
  if (typeof message === "string") return message;
  let inner = message;
  for (let next = inner.next?.[0]; next !== undefined; next = inner.next?.[0]) inner = next;
  return inner.code === MISSING_INDEX ? undefined : inner.messageText;
}

function exportsOf(program: ts.Program, path: string): ReadonlySet<string> {
  const file = program.getSourceFile(path);
  const checker = program.getTypeChecker();
  const module = file && checker.getSymbolAtLocation(file);
  return new Set(
    module === undefined ? [] : checker.getExportsOfModule(module).map(({ name }) => name),
  );
}
