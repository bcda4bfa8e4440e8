import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";

/** How prettier formats TypeScript in a project with our width. */
const OPTIONS = {
  parser: "typescript",
  plugins: [estree, typescript],
  printWidth: 100,
  endOfLine: "lf",
} as const;

/** A text as prettier formats it. Throws for one that does not parse. */
export async function formatted(text: string): Promise<string> {
  return format(text, { ...OPTIONS, plugins: [...OPTIONS.plugins] });
}

/** The first lines that prettier would change, of each file in which there are any. */
export async function changedByPrettier(
  files: Iterable<readonly [name: string, text: string]>,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [name, text] of files) {
    const other = await formatted(text);
    if (other !== text) changed.push(`${name}:${firstChange(text, other)}`);
  }
  return changed;
}

function firstChange(text: string, other: string): string {
  const [actual, expected] = [text.split("\n"), other.split("\n")];
  const at = actual.findIndex((line, index) => line !== expected[index]);
  const excerpt = (lines: readonly string[]): string => lines.slice(at, at + 4).join("\n");
  return `${at + 1}\n${excerpt(actual)}\n--- prettier:\n${excerpt(expected)}`;
}
