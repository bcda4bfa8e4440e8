import { ts } from "ts-morph";
import { meant } from "./open-client.js";
import { propertiesNamed } from "./properties.js";

/** A name in the user's code, and what it stands for. */
export interface Mention {
  readonly file: ts.SourceFile;
  /** Where it begins. */
  readonly start: number;
  readonly declarations: readonly ts.Node[];
  /** The operation that `isApiError` is asked about. */
  readonly operation: string | undefined;
  /** The literal that is written to it, or that it is compared with. */
  readonly value: string | number | boolean | undefined;
}

/** Every name in a file that the compiler knows a declaration of. */
export function readMentions(checker: ts.TypeChecker, file: ts.SourceFile): readonly Mention[] {
  const mentions: Mention[] = [];
  const open: ts.Node[] = [file];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const mention = mentionOf(checker, file, node);
    if (mention !== undefined) mentions.push(mention);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    open.push(...children.reverse());
  }
  return mentions;
}

function mentionOf(
  checker: ts.TypeChecker,
  file: ts.SourceFile,
  node: ts.Node,
): Mention | undefined {
  if (!ts.isIdentifier(node) && !ts.isStringLiteralLike(node)) return undefined;
  const operation = ts.isStringLiteralLike(node) ? askedOperation(node) : undefined;
  const declarations = symbolsOf(checker, node).flatMap((symbol) => symbol.declarations ?? []);
  if (declarations.length === 0 && operation === undefined) return undefined;
  const value = valueBeside(node);
  return { file, start: node.getStart(file), declarations, operation, value };
}

/** The second argument of `isApiError(error, "getVideo")`. */
function askedOperation(node: ts.StringLiteralLike): string | undefined {
  const call = node.parent;
  const isAsked =
    ts.isCallExpression(call) &&
    call.arguments[1] === node &&
    ts.isIdentifier(call.expression) &&
    call.expression.text === "isApiError";
  return isAsked ? node.text : undefined;
}

/** What a name stands for: a member of the type that is expected or taken apart there, or a symbol of its own. */
function symbolsOf(
  checker: ts.TypeChecker,
  node: ts.Identifier | ts.StringLiteralLike,
): readonly ts.Symbol[] {
  const { parent } = node;
  if (isKeyOfLiteral(node, parent)) {
    const expected = ts.isObjectLiteralExpression(parent.parent)
      ? checker.getContextualType(parent.parent)
      : undefined;
    return expected === undefined ? [] : propertiesNamed(checker, expected, node.text);
  }
  if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node)
    return propertiesNamed(
      checker,
      checker.getNonNullableType(checker.getTypeAtLocation(parent.parent)),
      node.text,
    );
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) {
    const type = checker.getTypeAtLocation(parent.expression);
    return propertiesNamed(checker, checker.getNonNullableType(type), node.text);
  }
  if (ts.isIndexedAccessTypeNode(parent.parent) && ts.isLiteralTypeNode(parent))
    return propertiesNamed(
      checker,
      checker.getTypeFromTypeNode(parent.parent.objectType),
      node.text,
    );
  const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  return symbol === undefined ? [] : [meant(checker, symbol)];
}

function isKeyOfLiteral(
  node: ts.Node,
  parent: ts.Node,
): parent is ts.PropertyAssignment | ts.ShorthandPropertyAssignment {
  return (
    (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) &&
    parent.name === node
  );
}

/** The literal of `sort: "-match"` and of `video.state === "published"`. */
function valueBeside(node: ts.Node): string | number | boolean | undefined {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return literalOf(parent.initializer);
  const access =
    ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)
      ? parent
      : undefined;
  if (access === undefined || !ts.isBinaryExpression(access.parent)) return undefined;
  const { left, right, operatorToken } = access.parent;
  if (!COMPARISONS.has(operatorToken.kind)) return undefined;
  return literalOf(left === access ? right : left);
}

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

function literalOf(node: ts.Expression): string | number | boolean | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  return node.kind === ts.SyntaxKind.FalseKeyword ? false : undefined;
}
