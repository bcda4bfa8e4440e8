import { TSDocConfiguration, TSDocParser, TextRange } from "@microsoft/tsdoc";
import ts from "typescript";

const PARSER = new TSDocParser(new TSDocConfiguration());

/** The doc comments of a file, as they stand in it. */
export function docCommentsOf(text: string): readonly string[] {
  return [...text.matchAll(/\/\*\*[^]*?\*\//g)].map(([comment]) => comment);
}

/** What TSDoc, with its standard tags, has against a comment: each message behind the comment's line. */
export function tsdocMessages(comment: string): readonly string[] {
  const range = TextRange.fromString(comment);
  return PARSER.parseRange(range).log.messages.map(({ messageId, textRange }) => {
    const line = comment.slice(0, textRange.pos).split("\n").length - 1;
    return `${messageId}: ${comment.split("\n")[line]?.trim() ?? ""}`;
  });
}

/** A language service, as editors have it, on files that are held in memory. */
export function languageService(files: ReadonlyMap<string, string>): ts.LanguageService {
  return ts.createLanguageService({
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) => {
      const text = files.get(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "/",
    getCompilationSettings: () => ({
      noLib: true,
      types: [],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    }),
    getDefaultLibFileName: () => "",
    fileExists: (file) => files.has(file),
    readFile: (file) => files.get(file),
  });
}

/** The links in comments of a file that lead nowhere. */
export function deadLinks(service: ts.LanguageService, file: string): readonly string[] {
  const program = service.getProgram();
  const source = program?.getSourceFile(file);
  const checker = program?.getTypeChecker();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const child of node.getChildren(source)) visit(child);
    if (!ts.isJSDocLink(node) || node.name === undefined) return;
    if (/^https?/.test(node.name.getText(source))) return;
    if (checker?.getSymbolAtLocation(node.name) === undefined)
      found.push(`${file}: ${node.getText(source)}`);
  };
  if (source !== undefined) visit(source);
  return found;
}

/** What an editor shows at the first place of a text: the documentation, and each tag. */
export function quickInfo(
  service: ts.LanguageService,
  file: string,
  at: string,
): readonly string[] {
  const text = service.getProgram()?.getSourceFile(file)?.text ?? "";
  const info = service.getQuickInfoAtPosition(file, text.indexOf(at));
  const tags = info?.tags ?? [];
  return [
    shownText(info?.documentation),
    ...tags.map((tag) => `@${tag.name} ${shownText(tag.text)}`),
  ];
}

/** Links that lead somewhere have a part for the name and one for the text. */
function shownText(parts: readonly ts.SymbolDisplayPart[] = []): string {
  return parts.map(({ kind, text }) => (kind === "linkText" ? ` ${text.trim()}` : text)).join("");
}
