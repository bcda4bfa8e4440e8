import type { Example } from "../examples/example.js";
import type { OperationReference } from "../reference/reference.js";
import { fence } from "./markdown/parts.js";
import { blocks, schemeLink, type Writing } from "./writing.js";

/** A program, or one for each way to be let in. */
export function examplesText(operation: OperationReference, writing: Writing): string {
  const examples = operation.examples.made();
  const programs = examples.map((example) => programText(example, examples.length > 1, writing));
  if (programs.length === 0) return "";
  return programs.length === 1
    ? writing.fill("example", { program: blocks(programs) })
    : writing.fill("examples", { programs: blocks(programs) });
}

/** A program with the credentials that it presents. */
function programText(
  { schemes, code }: Example,
  isOneOfSeveral: boolean,
  writing: Writing,
): string {
  const block = codeBlock(code);
  if (schemes.length === 0)
    return isOneOfSeveral ? writing.fill("example-without", { code: block }) : block;
  const links = schemes.map((scheme) => schemeLink(writing, scheme)).join(" and ");
  return writing.fill("example-with", { schemes: links, code: block });
}

/** A whole program, as the tests compile and run it. */
export function codeBlock(code: string): string {
  return fence(code, "ts");
}
