import { ts } from "./syntax-trees.js";
import { GLOBAL_TYPES, GLOBAL_VALUES, PACKAGES, PARAMETERS } from "./grammar.js";
import { ForeignShape, wordsOf, type Reference, type Role } from "./shapes.js";

/** What a file may import: other files of its client, and those of the runtime. */
export interface Surroundings {
  /** The way to the folder of the runtime. */
  readonly runtime: string;
  /** The names of the files that lie in the same folder. */
  readonly files: ReadonlySet<string>;
}

/** Where a name comes from. */
type Origin = "file" | "runtime" | "sibling" | "package";

/** Told of each entry of the tables in `grammar.ts` that a file needs. */
type Use = (entry: string) => void;

interface Bindings {
  readonly types: ReadonlyMap<string, Origin>;
  readonly values: ReadonlyMap<string, Origin>;
  /** What is imported whole. */
  readonly modules: ReadonlySet<string>;
}

/**
 * Holds every name that refers to something against what the file itself declares or imports, so that nothing of the
 * environment is reached: no `eval`, no `globalThis`. Imports and exports have to be from files of the output.
 *
 * @throws ForeignShape
 */
export function checkReferences(
  source: ts.SourceFile,
  references: readonly Reference[],
  around: Surroundings,
  use?: Use,
): void {
  const bindings = bindingsOf(source, around, use);
  for (const { node, role } of references) {
    const name = ts.idText(node);
    const known = globalTable(name, role);
    if (known !== undefined) use?.(`${known}: ${name}`);
    else if (!isBound(name, role, bindings))
      throw new ForeignShape(node, `a ${role} that the file neither declares nor imports`);
  }
}

const TYPES: ReadonlySet<string> = new Set(wordsOf(GLOBAL_TYPES));
const VALUES: ReadonlySet<string> = new Set(wordsOf(GLOBAL_VALUES));
const PARAMETER_NAMES: ReadonlySet<string> = new Set(wordsOf(PARAMETERS));

/** The table that a name stands in, for the places at which tables count. */
function globalTable(name: string, role: Role): string | undefined {
  if (role === "type") return TYPES.has(name) ? "GLOBAL_TYPES" : undefined;
  if (role === "value" && VALUES.has(name)) return "GLOBAL_VALUES";
  const isParameter = (role === "value" || role === "parameter") && PARAMETER_NAMES.has(name);
  return isParameter ? "PARAMETERS" : undefined;
}

function isBound(name: string, role: Role, { types, values, modules }: Bindings): boolean {
  switch (role) {
    case "type":
      return types.has(name) || values.has(name);
    case "value":
      return values.has(name);
    case "runtime":
      return values.get(name) === "runtime";
    case "class":
      return values.get(name) === "runtime" || values.get(name) === "sibling";
    case "module":
      return modules.has(name);
    case "parameter":
    case "name":
      return false;
  }
}

function bindingsOf(source: ts.SourceFile, around: Surroundings, use?: Use): Bindings {
  const types = new Map<string, Origin>(typeParameters(source).map((name) => [name, "file"]));
  const values = new Map<string, Origin>();
  const modules = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const origin = originOf(statement, source.fileName, around, use);
      const bindings = statement.importClause?.namedBindings;
      if (bindings !== undefined && ts.isNamespaceImport(bindings))
        modules.add(ts.idText(bindings.name));
      for (const [name, isType] of importsOf(statement))
        (isType ? types : values).set(name, origin);
    } else if (ts.isExportDeclaration(statement)) originOf(statement, source.fileName, around, use);
    else if (ts.isVariableStatement(statement))
      for (const { name } of statement.declarationList.declarations) {
        if (ts.isIdentifier(name)) values.set(ts.idText(name), "file");
      }
    else if (ts.isClassDeclaration(statement))
      values.set(statement.name === undefined ? "" : ts.idText(statement.name), "file");
    else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      types.set(ts.idText(statement.name), "file");
  }
  return { types, values, modules };
}

function importsOf({
  importClause,
}: ts.ImportDeclaration): readonly (readonly [string, boolean])[] {
  const bindings = importClause?.namedBindings;
  if (importClause === undefined || bindings === undefined || !ts.isNamedImports(bindings))
    return [];
  return bindings.elements.map(({ name, isTypeOnly }) => [
    ts.idText(name),
    isTypeOnly || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword,
  ]);
}

function typeParameters({ statements }: ts.SourceFile): readonly string[] {
  return statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => [...members])
    .filter(ts.isMethodDeclaration)
    .flatMap(({ typeParameters }) => (typeParameters ?? []).map(({ name }) => ts.idText(name)));
}

/** Where the module of an import or export lies. */
function originOf(
  statement: ts.ImportDeclaration | ts.ExportDeclaration,
  path: string,
  { runtime, files }: Surroundings,
  use?: Use,
): Origin {
  const { moduleSpecifier: module } = statement;
  const text = module !== undefined && ts.isStringLiteral(module) ? module.text : "";
  const [, folder = "", stem = ""] = /^(\.{1,2}(?:\/[a-z]+)?)\/([a-z0-9-]+)\.js$/.exec(text) ?? [];
  if (wordsOf(PACKAGES[path] ?? "").includes(text)) {
    use?.(`PACKAGES: ${text}`);
    return "package";
  }
  if (folder === runtime) return "runtime";
  if (folder === "." && files.has(`${stem}.ts`)) return "sibling";
  throw new ForeignShape(statement, "a module that is no file of the output");
}
