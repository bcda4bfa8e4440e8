/** Characters that a reader would not see, or that would turn the text around them; they are shown as escapes. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * The one place that makes text of a document harmless in a comment: nothing in it can end the comment, be taken for
 * a tag or a directive to a tool, or hide from the reader.
 */
export function commentText(text: string): readonly string[] {
  return textLines(text).map((line) => startOfLine(harmless(visible(line))));
}

/** The lines of a text, whatever ends them. */
export function textLines(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029\u0085\v\f]/);
}

/** A line in which every character can be seen. */
export function visible(line: string): string {
  return line
    .replaceAll("\t", "  ")
    .replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .trimEnd();
}

/** A line that can neither end the comment nor begin a tag. */
export function harmless(line: string): string {
  return (
    line
      .replaceAll("*/", "*\\/")
      .replaceAll("/*", "/\\*")
      .replace(/(#|@)(?=\s*source(?:Mapping)?URL)/gi, "$1\\")
      // At the top of a file TypeScript reads `@jsxImportSource` wherever it stands, and resolves the module it names.
      .replace(/@(?=jsx)/gi, "@\\")
      // TypeScript takes an @ behind a space for a tag and one in braces for a link, in code and wherever in a line.
      .replace(/(^|[\s{])@/g, "$1\\@")
  );
}

/** What tools take for a directive, but only where a line begins with it. */
export function startOfLine(text: string): string {
  return text.replace(/^(\s*)(eslint-|prettier-ignore|<reference|<amd)/i, "$1\\$2");
}
