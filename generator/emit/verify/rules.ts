import { ts } from "./syntax-trees.js";

/* What the kinds of a node's parts do not tell. Each rule says what of a node no emitter prints. */

type Rule = (node: ts.Node) => string | undefined;

/** Names of members that would change what an object of a class is to JavaScript. */
const MAGIC_MEMBERS: ReadonlySet<string> = new Set([
  "__proto__",
  "constructor",
  "prototype",
  "then",
]);

const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

/** The rules by the kind of node that each is for. */
export const RULES: ReadonlyMap<ts.SyntaxKind, Rule> = new Map([
  rule<ts.ImportDeclaration>(ts.SyntaxKind.ImportDeclaration, ({ importClause }) =>
    importClause === undefined ? "an import of no name" : undefined,
  ),
  rule<ts.CallExpression>(ts.SyntaxKind.CallExpression, ({ expression }) =>
    ts.isPropertyAccessExpression(expression) && !isCallable(expression)
      ? "a call of a member other than this.request"
      : undefined,
  ),
  rule<ts.BinaryExpression>(ts.SyntaxKind.BinaryExpression, ({ left, operatorToken }) =>
    ASSIGNMENTS.has(operatorToken.kind) && !isPrivate(left)
      ? "an assignment to other than a private field"
      : undefined,
  ),
  rule<ts.AsExpression>(ts.SyntaxKind.AsExpression, (node) =>
    ts.isConstTypeReference(node.type) ? undefined : "a type that is asserted",
  ),
  rule<ts.PropertyAssignment>(ts.SyntaxKind.PropertyAssignment, ({ name }) =>
    !ts.isComputedPropertyName(name) && textOf(name) === "__proto__"
      ? "a member that sets the prototype"
      : undefined,
  ),
  rule<ts.ComputedPropertyName>(ts.SyntaxKind.ComputedPropertyName, ({ expression }) =>
    ts.isStringLiteral(expression) && expression.text === "__proto__"
      ? undefined
      : "a computed key",
  ),
  rule<ts.MethodDeclaration>(ts.SyntaxKind.MethodDeclaration, ({ name }) => magicMember(name)),
  rule<ts.GetAccessorDeclaration>(ts.SyntaxKind.GetAccessor, ({ name }) => magicMember(name)),
  rule<ts.Block>(ts.SyntaxKind.Block, ({ statements }) =>
    statements.length === 1 ? undefined : "a body of other than one statement",
  ),
  rule<ts.ParameterDeclaration>(ts.SyntaxKind.Parameter, ({ initializer }) =>
    initializer === undefined || isEmptyObject(initializer) ? undefined : "a default with members",
  ),
  rule<ts.HeritageClause>(ts.SyntaxKind.HeritageClause, ({ token }) =>
    token === ts.SyntaxKind.ExtendsKeyword ? undefined : "a heritage other than extends",
  ),
  rule<ts.VariableDeclarationList>(ts.SyntaxKind.VariableDeclarationList, ({ flags }) =>
    isConstant(flags) ? undefined : "a variable",
  ),
  rule<ts.PrefixUnaryExpression>(ts.SyntaxKind.PrefixUnaryExpression, ({ operator }) =>
    operator === ts.SyntaxKind.MinusToken ? undefined : "a sign other than minus",
  ),
  rule<ts.TemplateHead>(ts.SyntaxKind.TemplateHead, ({ text }) =>
    /^[A-Za-z0-9/-]*$/.test(text) ? undefined : "such a beginning of a template",
  ),
  rule<ts.TemplateTail>(ts.SyntaxKind.TemplateTail, ({ text }) =>
    text === "" ? undefined : "text behind a template",
  ),
]);

function rule<T extends ts.Node>(
  kind: T["kind"],
  check: (node: T) => string | undefined,
): readonly [ts.SyntaxKind, Rule] {
  return [kind, (node) => check(node as T)];
}

/** What of a value may be called: `this.request`, whatever a package has, and `check` of what that gave. */
function isCallable(callee: ts.PropertyAccessExpression): boolean {
  const { expression, name } = callee;
  // An owner with a name is a package: `grammar.ts` has no other.
  if (ts.isIdentifier(expression)) return ts.idText(expression) === "z";
  return (
    isOwnMember(callee, "request") || (ts.isCallExpression(expression) && textOf(name) === "check")
  );
}

function isOwnMember({ expression, name }: ts.PropertyAccessExpression, member: string): boolean {
  return (
    expression.kind === ts.SyntaxKind.ThisKeyword &&
    ts.isIdentifier(name) &&
    ts.idText(name) === member
  );
}

/** What a member is called. */
function textOf(name: Exclude<ts.PropertyName, ts.ComputedPropertyName>): string {
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) ? ts.idText(name) : name.text;
}

function isPrivate(target: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(target) && ts.isPrivateIdentifier(target.name);
}

/** The flags for `let` and `const` overlap with those for `using`. */
function isConstant(flags: ts.NodeFlags): boolean {
  const kind: ts.NodeFlags = flags & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.Const;
}

function isEmptyObject(value: ts.Expression): boolean {
  return ts.isObjectLiteralExpression(value) && value.properties.length === 0;
}

function magicMember(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) && MAGIC_MEMBERS.has(ts.idText(name))
    ? "a member that has a meaning of its own"
    : undefined;
}
