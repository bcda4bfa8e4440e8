import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { repository } from "../../support/repository.js";

/** A generated file, parsed. */
export interface GeneratedSource {
  /** Its path below `generated/`, such as `sftpgo/token-api.ts`. */
  readonly name: string;
  readonly file: ts.SourceFile;
}

const FOLDER = repository("generated");

/** All generated TypeScript. */
export function generatedSources(): readonly GeneratedSource[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => {
      const text = readFileSync(path.join(FOLDER, name), "utf8");
      return { name, file: ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) };
    });
}

/** An import or a re-export: where from, and whether anything of it is left when types are erased. */
export interface Import {
  readonly specifier: string;
  readonly isErased: boolean;
}

export function importsOf(file: ts.SourceFile): readonly Import[] {
  return file.statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    // `import { type A } from` still loads the module: only `import type` and `export type` go.
    const isErased = isImport
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    return [{ specifier: moduleSpecifier.text, isErased }];
  });
}

/** Resolves an import as a runtime does that has the `.js` files beside each other. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (!/^\.\.?\/.*\.js$/.test(specifier)) return undefined;
  const name = path.join(path.dirname(from), specifier.replace(/\.js$/, ".ts"));
  return existsSync(path.join(FOLDER, name)) ? name : undefined;
}

/** All files that are loaded when one is imported at run time. */
export function loadedBy(name: string, sources: readonly GeneratedSource[]): ReadonlySet<string> {
  const byName = new Map(sources.map((source) => [source.name, source.file]));
  const loaded = new Set<string>();
  const queue = [name];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const file = byName.get(next);
    if (loaded.has(next) || file === undefined) continue;
    loaded.add(next);
    for (const { specifier, isErased } of importsOf(file)) {
      const target = isErased ? undefined : resolveImport(next, specifier);
      if (target !== undefined) queue.push(target);
    }
  }
  return loaded;
}
