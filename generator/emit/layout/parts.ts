import {
  code,
  group,
  indented,
  indentedWith,
  joined,
  LINE,
  whenBroken,
  type Code,
} from "../code.js";

/*
 * What layouts of all kinds are made of. The rules of this folder are those of prettier, which finds nothing to change
 * in what is printed here: it breaks what is too long from the outside to the inside, and what is not too long nowhere.
 */

export const BRACES = [code`{`, code`}`] as const;
export const BRACKETS = [code`[`, code`]`] as const;
export const PARENTHESES = [code`(`, code`)`] as const;
export const ANGLES = [code`<`, code`>`] as const;

const TRAILING_COMMA: Code = whenBroken(code`,`);

/**
 * Items between brackets: all on one line, or each on its own. `space` stands inside of the brackets where all are on
 * one line.
 */
export function bracketed(
  [open, close]: readonly [Code, Code],
  items: readonly Code[],
  { space, comma = TRAILING_COMMA }: { readonly space: Code; readonly comma?: Code },
): Code {
  if (items.length === 0) return code`${open}${close}`;
  const list = code`${space}${joined(items, code`,${LINE}`)}`;
  return code`${open}${indented(list)}${comma}${space}${close}`;
}

/** A value behind what it is assigned to, on a line of its own only if not even its beginning fits. */
export function fluid(start: Code, value: Code): Code {
  const id = Symbol("operator");
  return group(code`${start}${group(indented(LINE), { id })}${indentedWith(id, value)}`);
}

/** A value behind what it is assigned to, on a line of its own if it does not fit. */
export function below(start: Code, value: Code): Code {
  return group(code`${start}${group(indented(code`${LINE}${value}`))}`);
}
