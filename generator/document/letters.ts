import { createRequire } from "node:module";
import type * as TsMorph from "ts-morph";

/*
 * The characters that identifiers are made of: those that every compiler and engine has taken for such since
 * ECMAScript 5. Letters of newer versions of Unicode are unknown to some compilers that users have, and which of them
 * Node.js knows depends on its version.
 */

type Test = (unit: number) => boolean;

/** Tells whether an identifier can begin with a character of one UTF-16 unit. */
export function isFirstLetter(character: string): boolean {
  if (character <= "\x7f") return /^[A-Za-z$_]$/.test(character);
  return character.length === 1 && compiler().isFirst(character.charCodeAt(0));
}

/** Tells whether an identifier can have a character of one UTF-16 unit in it. */
export function isLetter(character: string): boolean {
  if (character <= "\x7f") return /^[A-Za-z0-9$_]$/.test(character);
  return character.length === 1 && compiler().isPart(character.charCodeAt(0));
}

/** Loaded for the first name that is not ASCII: it takes half a second. */
function compiler(): Readonly<Record<"isFirst" | "isPart", Test>> {
  const { ts } = createRequire(import.meta.url)("ts-morph") as typeof TsMorph;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its table of letters is meant, not the target
  const { ES5, Latest } = ts.ScriptTarget;
  // One character stands in the older table only.
  return {
    isFirst: (unit) => ts.isIdentifierStart(unit, ES5) && ts.isIdentifierStart(unit, Latest),
    isPart: (unit) => ts.isIdentifierPart(unit, ES5) && ts.isIdentifierPart(unit, Latest),
  };
}
