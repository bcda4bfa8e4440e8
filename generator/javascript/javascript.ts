import { format } from "prettier/standalone";
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import { ts } from "ts-morph";
import type { Language } from "../config/language.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { withoutTypes } from "./without-types.js";

/**
 * The files of a client or of the runtime in another language: for each of TypeScript one of JavaScript and one of
 * declarations, in place of it or beside it. All others stay as they are, and one more says what they are.
 */
export async function translated(
  files: readonly GeneratedFile[],
  language: Language,
): Promise<readonly GeneratedFile[]> {
  if (language === "typescript") return files;
  const made = await Promise.all(files.map((file) => inLanguage(file, language)));
  return [...made.flat(), PACKAGE];
}

/**
 * Says that the folder has ECMAScript modules, whatever the package around it has, and that bundlers may leave out what
 * is not used (Node.js, "Packages", `type`; webpack, `sideEffects`).
 */
const PACKAGE: GeneratedFile = {
  path: "package.json",
  text: '{\n  "type": "module",\n  "sideEffects": false\n}\n',
};

async function inLanguage(
  file: GeneratedFile,
  language: Exclude<Language, "typescript">,
): Promise<readonly GeneratedFile[]> {
  if (!file.path.endsWith(".ts")) return [file];
  const stem = file.path.slice(0, -".ts".length);
  const [script, declarations] = await Promise.all([
    laidOut(withoutTypes(file.text), "babel"),
    laidOut(declarationsOf(file), "babel-ts"),
  ]);
  return [
    ...(language === "both" ? [file] : []),
    { path: `${stem}.js`, text: script },
    { path: `${stem}.d.ts`, text: declarations },
  ];
}

/** The width of generated files, in columns. */
const WIDTH = 100;

function laidOut(text: string, parser: "babel" | "babel-ts"): Promise<string> {
  return format(text, { parser, plugins: [babel, estree], printWidth: WIDTH });
}

/**
 * The declarations of a file by itself: everything exported says its type, so that no other file has to be read
 * (TypeScript, `isolatedDeclarations`).
 */
function declarationsOf({ path, text }: GeneratedFile): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      newLine: ts.NewLineKind.LineFeed,
      isolatedDeclarations: true,
      strict: true,
      verbatimModuleSyntax: true,
    },
  });
  const [mistake] = diagnostics;
  if (mistake !== undefined) {
    const why = ts.flattenDiagnosticMessageText(mistake.messageText, " ");
    throw new Error(`${path} has no declarations of its own: ${why}`);
  }
  return spaced(withoutRepetition(outputText));
}

/**
 * A method whose name is a symbol comes out twice: by itself, and before the constructor as a property of the same
 * type, which together are an error (seen with TypeScript 5.9 and 6.0).
 */
function withoutRepetition(declarations: string): string {
  return declarations.replace(
    /^ +(\[Symbol\.\w+\]): \(\) => (.*;)\n/gm,
    (line, name: string, type: string) => (declarations.includes(`${name}(): ${type}`) ? "" : line),
  );
}

/** TypeScript drops blank lines: there is one behind the header and the imports, and before each comment. */
function spaced(declarations: string): string {
  return declarations
    .replace(/^( \*\/\n)(?=import |export |declare )/, "$1\n")
    .replace(/^((?:import|\} from) .*;\n)(?!import |\} from )/gm, "$1\n")
    .replace(/^((?:export|declare)? ?.*;\n|\}\n)(?=\/\*\*?)/gm, "$1\n");
}
