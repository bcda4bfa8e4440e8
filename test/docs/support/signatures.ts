import ts from "typescript";

/** The methods of a generated class file with their signatures, one for each overload, as tokens. */
export function signaturesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const file = ts.createSourceFile("api.ts", text, ts.ScriptTarget.Latest, true);
  const members = file.statements
    .filter(ts.isClassDeclaration)
    .flatMap((declaration) => declaration.members.filter(ts.isMethodDeclaration));
  const names = [...new Set(members.map((member) => member.name.getText()))];
  return new Map(
    names.map((name) => {
      const all = members.filter((member) => member.name.getText() === name);
      // Where there are overloads, the one with a body is nobody's business.
      const shown = all.length > 1 ? all.filter(({ body }) => body === undefined) : all;
      return [name, shown.map((member) => tokensOf(headOf(member)))];
    }),
  );
}

/** The signatures that a block of code has, as tokens. */
export function shownSignatures(text: string): readonly string[] {
  const file = ts.createSourceFile("a.ts", `class A {${text}}`, ts.ScriptTarget.Latest, true);
  const [declaration] = file.statements.filter(ts.isClassDeclaration);
  return (declaration?.members ?? []).map((member) => tokensOf(member.getText()));
}

function headOf(method: ts.MethodDeclaration): string {
  const text = method.getText();
  return method.body === undefined ? text : text.slice(0, -method.body.getText().length);
}

/** The words of a piece of code: what is left when it is laid out otherwise. */
function tokensOf(code: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true);
  scanner.setText(code);
  const tokens: string[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) tokens.push(scanner.getTokenText());
  const words = tokens.filter((token) => token.trim() !== "");
  return words.join(" ").replace(/ ;$/, "").replaceAll(" , )", " )");
}
