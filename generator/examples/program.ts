import {
  code,
  group,
  identifier,
  indented,
  LINE,
  NOTHING,
  onOneLine,
  printed,
  stringLiteral,
  type Code,
} from "../emit/code.js";
import { fluid } from "../emit/layout/parts.js";
import { importFrom } from "../emit/layout/statements.js";

/*
 * The statements that programs are made of, laid out as prettier does it. Each is printed by itself: nearly all fit on
 * a line, and no text in them goes over several, so that lines can be moved to the right.
 */

/** Lines of a program, without their ends. */
export type Lines = readonly string[];

/** The width of programs, in columns, and how far a block moves its lines to the right. */
const WIDTH = 100;
const INDENT = "  ";

/** The lines of a statement that stands in some blocks. */
export function statement(content: Code, level = 0): Lines {
  const width = WIDTH - level * INDENT.length;
  const line = onOneLine(content);
  return line !== undefined && line.length <= width ? [line] : printed(content, width).split("\n");
}

/** `import { a, b } from "module";`, sorted without regard to case. */
export function importing(names: readonly string[], from: string, isTypeOnly = false): Lines {
  const sorted = [...names].sort((left, right) =>
    left.toLowerCase() < right.toLowerCase() ? -1 : 1,
  );
  const specifiers = sorted.map((name) => ({ name, isType: false }));
  return statement(importFrom(specifiers, from, isTypeOnly).code);
}

/** `const name = value;` */
export function constantOf(name: string, value: Code, type: Code = NOTHING): Code {
  return group(code`${fluid(code`const ${identifier(name)}${type} =`, value)};`);
}

export function logged(value: Code): Code {
  return code`console.log(${value});`;
}

/** Lines in braces, behind what they belong to. */
function block(start: string, lines: Lines): Lines {
  return [`${start} {`, ...lines.map((line) => `${INDENT}${line}`), "}"];
}

/** Goes through what comes bit by bit; `undefined` where its beginning does not fit on one line of a block. */
export function loop(item: string, values: Code, body: readonly Code[]): Lines | undefined {
  const start = onOneLine(code`for await (const ${identifier(item)} of ${values})`);
  if (start === undefined || start.length > WIDTH - INDENT.length - 2) return undefined;
  return block(
    start,
    body.flatMap((one) => statement(one, 2)),
  );
}

/** The way out of a loop that may go on for ever. */
export const BREAK: Code = code`break; // ends the connection`;

/** Runs lines; of the errors, those of the operation are told, and all others go on to the caller. */
export function guarded(lines: Lines, operation: string): Lines {
  const isOther = code`if (!isApiError(error, ${stringLiteral(operation)}))`;
  const passedOn = group(code`${isOther}${indented(code`${LINE}throw error;`)}`);
  const told = code`console.error(error.status, error.body);`;
  const [end, ...handled] = block("} catch (error)", [
    ...statement(passedOn, 1),
    ...statement(told, 1),
  ]);
  return [...block("try", lines).slice(0, -1), end ?? "", ...handled];
}

/** The text of a program: groups of lines with a blank one between them. */
export function programText(groups: readonly Lines[]): string {
  return `${groups.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
