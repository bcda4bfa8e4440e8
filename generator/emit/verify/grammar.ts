/*
 * The syntax that emitters print, as data. Whatever is not here is refused: it can only have come from a text of the
 * document that was not made harmless. A test holds that each entry is used; who prints something new adds it here.
 *
 * Words with a capital are kinds of TypeScript's syntax tree. Words without one are identifiers, by what they may name:
 *
 * - `name`: anything, for it names only what it stands at
 * - `type`: a type that the file declares or imports, or one of {@link GLOBAL_TYPES}
 * - `value`: what the file declares or imports, a parameter, or one of {@link GLOBAL_VALUES}
 * - `parameter`: a parameter
 * - `runtime`: a function or class that the file imports from the runtime
 * - `class`: a class that the file imports
 * - `module`: what the file imports whole
 */

/** Words that stand for several: those in capitals only. */
export const GROUPS: Readonly<Record<string, string>> = {
  /** Types of which unions and intersections are made as they are. */
  OPERANDS: `
    ArrayType BigIntKeyword BooleanKeyword LiteralType NeverKeyword NumberKeyword ParenthesizedType StringKeyword
    TemplateLiteralType TupleType TypeLiteral TypeReference UndefinedKeyword UnknownKeyword
  `,
  /** Types in no other. */
  TYPES: `
    ArrayType BigIntKeyword BooleanKeyword IntersectionType LiteralType NeverKeyword NumberKeyword StringKeyword
    TemplateLiteralType TupleType TypeLiteral TypeReference UndefinedKeyword UnionType UnknownKeyword
  `,
  /** Values of the document. */
  JSON: `
    ArrayLiteralExpression FalseKeyword NullKeyword NumericLiteral ObjectLiteralExpression PrefixUnaryExpression
    StringLiteral TrueKeyword
  `,
};

/** For each kind of node, what may stand at each of its places. */
export const GRAMMAR: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SourceFile: {
    statements:
      "ClassDeclaration ExportDeclaration ImportDeclaration InterfaceDeclaration TypeAliasDeclaration VariableStatement",
    endOfFileToken: "EndOfFileToken",
  },

  ImportDeclaration: { importClause: "ImportClause", moduleSpecifier: "StringLiteral" },
  ImportClause: { namedBindings: "NamedImports" },
  NamedImports: { elements: "ImportSpecifier" },
  ImportSpecifier: { name: "name" },
  ExportDeclaration: { exportClause: "NamedExports", moduleSpecifier: "StringLiteral" },
  NamedExports: { elements: "ExportSpecifier" },
  ExportSpecifier: { name: "name" },

  InterfaceDeclaration: {
    modifiers: "ExportKeyword",
    name: "name",
    heritageClauses: "HeritageClause",
    members: "IndexSignature PropertySignature",
  },
  TypeAliasDeclaration: { modifiers: "ExportKeyword", name: "name", type: "TYPES" },
  VariableStatement: { modifiers: "ExportKeyword", declarationList: "VariableDeclarationList" },
  VariableDeclarationList: { declarations: "VariableDeclaration" },
  VariableDeclaration: {
    name: "name",
    type: "TypeReference",
    initializer: "ArrowFunction CallExpression ObjectLiteralExpression StringLiteral",
  },
  ClassDeclaration: {
    modifiers: "ExportKeyword",
    name: "name",
    heritageClauses: "HeritageClause",
    members: "Constructor GetAccessor MethodDeclaration PropertyDeclaration",
  },
  HeritageClause: { types: "ExpressionWithTypeArguments" },
  ExpressionWithTypeArguments: { expression: "type" },

  PropertyDeclaration: {
    modifiers: "ReadonlyKeyword",
    name: "PrivateIdentifier",
    type: "TypeReference UnionType",
  },
  Constructor: { parameters: "Parameter", body: "Block" },
  GetAccessor: { name: "name", type: "TypeReference", body: "Block" },
  MethodDeclaration: {
    name: "name",
    typeParameters: "TypeParameter",
    parameters: "Parameter",
    type: "TypeReference UnionType",
    body: "Block",
  },
  TypeParameter: { name: "name", default: "UnknownKeyword" },
  Parameter: {
    name: "name",
    questionToken: "QuestionToken",
    type: "IntersectionType NeverKeyword ObjectKeyword StringKeyword TypeLiteral TypeReference UnionType UnknownKeyword",
    initializer: "ObjectLiteralExpression",
  },
  Block: { statements: "ExpressionStatement ReturnStatement" },
  ExpressionStatement: { expression: "BinaryExpression CallExpression" },
  ReturnStatement: { expression: "CallExpression ParenthesizedExpression" },

  CallExpression: {
    expression: "PropertyAccessExpression SuperKeyword runtime",
    typeArguments: "TYPES IndexedAccessType",
    arguments:
      "BinaryExpression CallExpression ElementAccessExpression ObjectLiteralExpression PropertyAccessExpression StringLiteral value",
  },
  NewExpression: { expression: "class", arguments: "PropertyAccessExpression value" },
  PropertyAccessExpression: {
    expression: "ThisKeyword parameter",
    name: "PrivateIdentifier name",
  },
  ElementAccessExpression: { expression: "parameter", argumentExpression: "StringLiteral" },
  ParenthesizedExpression: { expression: "BinaryExpression" },
  BinaryExpression: {
    left: "ElementAccessExpression PropertyAccessExpression",
    operatorToken: "EqualsToken QuestionQuestionEqualsToken QuestionQuestionToken",
    right: "JSON CallExpression NewExpression",
  },
  PrefixUnaryExpression: { operand: "BigIntLiteral NumericLiteral" },
  AsExpression: { expression: "ObjectLiteralExpression StringLiteral", type: "TypeReference" },
  ArrowFunction: {
    parameters: "Parameter",
    equalsGreaterThanToken: "EqualsGreaterThanToken",
    body: "CallExpression value",
  },
  ArrayLiteralExpression: { elements: "JSON ArrowFunction CallExpression value" },
  ObjectLiteralExpression: { properties: "PropertyAssignment" },
  PropertyAssignment: {
    name: "ComputedPropertyName NumericLiteral StringLiteral name",
    initializer:
      "JSON ArrowFunction AsExpression BinaryExpression CallExpression ElementAccessExpression PropertyAccessExpression value",
  },
  ComputedPropertyName: { expression: "StringLiteral" },

  PropertySignature: {
    name: "NumericLiteral StringLiteral name",
    questionToken: "QuestionToken",
    type: "TYPES",
  },
  IndexSignature: { parameters: "Parameter", type: "TYPES" },
  ArrayType: { elementType: "OPERANDS" },
  IndexedAccessType: {
    objectType: "IndexedAccessType TypeReference",
    indexType: "LiteralType NumberKeyword",
  },
  IntersectionType: { types: "OPERANDS" },
  LiteralType: {
    literal:
      "BigIntLiteral FalseKeyword NullKeyword NumericLiteral PrefixUnaryExpression StringLiteral TrueKeyword",
  },
  ParenthesizedType: { type: "IntersectionType UnionType" },
  TemplateLiteralType: { head: "TemplateHead", templateSpans: "TemplateLiteralTypeSpan" },
  TemplateLiteralTypeSpan: { type: "StringKeyword", literal: "TemplateTail" },
  TupleType: { elements: "TYPES OptionalType ParenthesizedType RestType" },
  OptionalType: { type: "OPERANDS" },
  RestType: { type: "ArrayType" },
  TypeLiteral: { members: "IndexSignature PropertySignature" },
  TypeReference: { typeName: "type", typeArguments: "TYPES IndexedAccessType" },
  UnionType: { types: "OPERANDS" },
};

/** What stands elsewhere, or further, in the files of one name: it takes the place of what {@link GRAMMAR} has. */
export const PLACES_OF_FILES: Readonly<Record<string, typeof GRAMMAR>> = {
  "zod.ts": {
    ImportClause: { namedBindings: "NamedImports NamespaceImport" },
    NamespaceImport: { name: "name" },
    VariableDeclaration: {
      name: "name",
      type: "TypeReference",
      initializer: "ArrayLiteralExpression CallExpression ObjectLiteralExpression",
    },
    CallExpression: {
      expression: "PropertyAccessExpression runtime",
      arguments: "JSON ArrowFunction CallExpression value",
    },
    PropertyAccessExpression: { expression: "CallExpression module", name: "name" },
    ArrowFunction: {
      equalsGreaterThanToken: "EqualsGreaterThanToken",
      body: "CallExpression value",
    },
    QualifiedName: { left: "module", right: "name" },
    TypeReference: {
      typeName: "QualifiedName type",
      typeArguments: "IndexedAccessType TypeReference",
    },
  },
};

const MODULE = `
  EndOfFileToken Identifier ImportClause ImportDeclaration ImportSpecifier NamedImports SourceFile StringLiteral
`;
const DECLARED_TYPE = `
  ArrayType BigIntKeyword BigIntLiteral BooleanKeyword ExportKeyword ExpressionWithTypeArguments FalseKeyword
  HeritageClause IndexSignature InterfaceDeclaration IntersectionType LiteralType NeverKeyword NullKeyword NumberKeyword NumericLiteral OptionalType Parameter ParenthesizedType
  PrefixUnaryExpression PropertySignature QuestionToken RestType StringKeyword TemplateHead TemplateLiteralType
  TemplateLiteralTypeSpan TemplateTail TrueKeyword TupleType TypeAliasDeclaration TypeLiteral TypeReference
  UndefinedKeyword UnionType UnknownKeyword
`;
const CONSTANT = `
  ExportKeyword TypeReference VariableDeclaration VariableDeclarationList VariableStatement
`;

/** The files of a client by name, and the kinds of node that each may have. `class` stands for those of API classes. */
export const FILES: Readonly<Record<string, string>> = {
  "index.ts": `
    EndOfFileToken ExportDeclaration ExportSpecifier Identifier NamedExports SourceFile StringLiteral
  `,
  "client.ts": `
    ${MODULE}
    BinaryExpression Block CallExpression ClassDeclaration Constructor EqualsToken ExportKeyword ExpressionStatement
    GetAccessor MethodDeclaration NewExpression ObjectLiteralExpression Parameter ParenthesizedExpression
    PrivateIdentifier PropertyAccessExpression PropertyDeclaration QuestionQuestionEqualsToken QuestionToken
    ReadonlyKeyword ReturnStatement ThisKeyword TypeParameter TypeReference UndefinedKeyword UnionType UnknownKeyword
  `,
  "service.ts": `
    ${MODULE} ${CONSTANT}
    ArrayLiteralExpression AsExpression CallExpression ComputedPropertyName InterfaceDeclaration LiteralType NeverKeyword
    NumericLiteral ObjectLiteralExpression PropertyAssignment PropertySignature QuestionToken StringKeyword
    TypeAliasDeclaration UndefinedKeyword UnionType
  `,
  "operations.ts": `
    ${MODULE} ${CONSTANT} CallExpression InterfaceDeclaration PropertySignature
  `,
  "oauth2.ts": `
    ${MODULE} ${CONSTANT}
    AsExpression ComputedPropertyName LiteralType NumericLiteral ObjectLiteralExpression PropertyAssignment UnionType
  `,
  "models.ts": `${MODULE} ${DECLARED_TYPE}`,
  "int64.ts": `
    ${MODULE} ${CONSTANT}
    ArrayLiteralExpression ArrowFunction AsExpression ComputedPropertyName EqualsGreaterThanToken NumericLiteral
    ObjectLiteralExpression PropertyAssignment
  `,
  "zod.ts": `
    ${MODULE} ${CONSTANT}
    ArrayLiteralExpression ArrowFunction CallExpression ComputedPropertyName EqualsGreaterThanToken FalseKeyword
    IndexedAccessType LiteralType NamespaceImport NullKeyword NumericLiteral ObjectLiteralExpression
    PrefixUnaryExpression PropertyAccessExpression PropertyAssignment QualifiedName TrueKeyword
  `,
  "msw.ts": `
    ${MODULE} ${CONSTANT}
    ArrayLiteralExpression CallExpression LiteralType NeverKeyword ObjectLiteralExpression PropertyAssignment
    UnionType
  `,
  "tanstack-query.ts": `
    ${MODULE} ${CONSTANT}
    CallExpression FalseKeyword LiteralType ObjectLiteralExpression PropertyAssignment
  `,
  class: `
    ${MODULE} ${DECLARED_TYPE}
    ArrayLiteralExpression ArrowFunction AsExpression BinaryExpression Block CallExpression ClassDeclaration ComputedPropertyName
    Constructor ElementAccessExpression EqualsGreaterThanToken ExpressionStatement IndexedAccessType MethodDeclaration ObjectKeyword ObjectLiteralExpression PropertyAccessExpression
    PropertyAssignment QuestionQuestionToken ReturnStatement SuperKeyword ThisKeyword
  `,
};

/** The packages that a file of a client imports. All others import none. */
export const PACKAGES: Readonly<Record<string, string>> = {
  "msw.ts": "msw",
  "zod.ts": "zod/mini",
};

/** Types of the language and the platform that are named without an import; `const` is that of `as const`. */
export const GLOBAL_TYPES = `const Blob NonNullable Readonly Record URL`;

/** The only value that is named without an import. */
export const GLOBAL_VALUES = `undefined`;

/** The names that parameters have. */
export const PARAMETERS = `body call contentType options params value`;
