import { ts } from "ts-morph";

/**
 * A module of a bundle that exports by CommonJS, each export as a plain member where it never changes. esbuild makes two
 * getters of each, one behind the other, that every use from another file goes through: 0.08 of the 2.6 s and 0.17 of the
 * 4.7 s of CPU of three clients and their pages from nothing (Node.js 24, medians of 45 runs in turns).
 *
 * What is exported is there once the module has run; modules must not import each other in a circle.
 *
 * @param text a module that imports and has at most one list of exports, as esbuild prints chunks
 */
export function withPlainExports(text: string): string {
  const file = ts.createSourceFile("chunk.js", text, ts.ScriptTarget.Latest);
  const [list, ...others] = file.statements.filter(isExporting);
  if (list === undefined) return text;
  const exportClause =
    ts.isExportDeclaration(list) && !list.moduleSpecifier ? list.exportClause : undefined;
  if (others.length > 0 || exportClause === undefined || !ts.isNamedExports(exportClause))
    throw new Error("A chunk of the bundle exports in a way that the build does not know");
  const stable = stableNames(file);
  const members = exportClause.elements.map(({ propertyName, name }) => {
    const local = (propertyName ?? name).text;
    return stable.has(local) ? `${name.text}: ${local}` : `get ${name.text}() { return ${local}; }`;
  });
  const rest = text.slice(0, list.getFullStart()) + text.slice(list.end);
  return `${rest}\nmodule.exports = { ${members.join(", ")} };\n`;
}

function isExporting(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Names that a module declares with a value, or imports, and that are given no other one anywhere. */
function stableNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set(file.statements.flatMap(declaredNames));
  const visit = (node: ts.Node): void => {
    for (const name of assignedNames(node)) names.delete(name);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name === undefined ? [] : [statement.name.text];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) && initializer !== undefined ? [name.text] : [],
    );
  const named = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : undefined;
  // What other files export may change with them.
  return named !== undefined && ts.isNamespaceImport(named) ? [named.name.text] : [];
}

/** The names that are given a value here, wherever they are declared. */
function assignedNames(node: ts.Node): readonly string[] {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind))
    return namesIn(node.left);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node))
    return namesIn(node.operand);
  if ((ts.isForInStatement(node) || ts.isForOfStatement(node)) && ts.isExpression(node.initializer))
    return namesIn(node.initializer);
  return [];
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** All names in what is assigned to: more than are given a value, if it has members. */
function namesIn(target: ts.Node): readonly string[] {
  if (ts.isIdentifier(target)) return [target.text];
  const names: string[] = [];
  ts.forEachChild(target, (child) => void names.push(...namesIn(child)));
  return names;
}
