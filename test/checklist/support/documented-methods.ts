import ts from "typescript";

/** A method of a generated class, with what is written about it. */
export interface DocumentedMethod {
  readonly name: string;
  /** The lines of its comment, without stars. */
  readonly comment: readonly string[];
  readonly returns: string;
  /** The statuses of its answers, as its response type lists them. */
  readonly responses: readonly string[];
  readonly source: string;
}

/** The methods of the class in a generated file. */
export function createDocumentedMethods(text: string): readonly DocumentedMethod[] {
  const file = ts.createSourceFile("api.ts", text, ts.ScriptTarget.Latest, true);
  const statuses = new Map(
    file.statements
      .filter(ts.isInterfaceDeclaration)
      .map(({ name, members }) => [
        name.text,
        members.map((member) => member.name?.getText() ?? ""),
      ]),
  );
  return file.statements
    .filter(ts.isClassDeclaration)
    .flatMap(({ members }) => members.filter(ts.isMethodDeclaration))
    .filter(({ body }) => body !== undefined)
    .map((member) => {
      const returns = member.type?.getText() ?? "";
      const [responses = ""] = /(?<=^\w*Promise<)\w+/.exec(returns) ?? [];
      return {
        name: member.name.getText(),
        comment: commentLines(member, text),
        returns,
        responses: (statuses.get(responses) ?? []).map((status) => status.replaceAll('"', "")),
        source: member.getText(),
      };
    });
}

function commentLines(member: ts.Node, text: string): readonly string[] {
  const ranges = ts.getLeadingCommentRanges(text, member.getFullStart()) ?? [];
  const comment = ranges.map(({ pos, end }) => text.slice(pos, end)).join("\n");
  const lines = comment.split("\n").map((line) =>
    line
      .trim()
      .replace(/^\/\*\*|\*\/$|^\* ?/g, "")
      .trim(),
  );
  return lines.slice(lines[0] === "" ? 1 : 0);
}
