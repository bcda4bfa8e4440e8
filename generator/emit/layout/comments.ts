import type { Docs } from "../../types/docs.js";
import { code, commentLine, HARD_LINE, joined, NOTHING, type Code } from "../code.js";
import { docLines } from "../comments.js";

/** The doc comment of a declaration, with the line break behind it; nothing where there is nothing to say. */
export function docs(parts: Docs, extra: readonly string[] = []): Code {
  return docComment(docLines(parts, extra));
}

/** A comment around lines, none of which is blank at its beginning. */
export function docComment(lines: readonly string[]): Code {
  const start = lines.findIndex((line) => line !== "");
  if (start === -1) return NOTHING;
  const [first = "", ...others] = lines.slice(start);
  if (others.length === 0) return code`/** ${commentLine(first)} */${HARD_LINE}`;
  const body = [first, ...others].map((line) => commentLine(` * ${line}`.trimEnd()));
  return code`${joined([code`/**`, ...body, code` */`], HARD_LINE)}${HARD_LINE}`;
}
