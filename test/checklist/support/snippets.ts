import { typeErrors } from "../../support/type-check.js";

/** What the compiler has to say about programs of a few lines, each as a file beside `generated/`. */
export function complaintsOf(
  snippets: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly string[]> {
  const names = Object.keys(snippets);
  const files = new Map(names.map((name) => [`${name}.ts`, snippets[name] ?? ""]));
  const all = typeErrors(files);
  return new Map(names.map((name) => [name, all.filter((one) => one.startsWith(`${name}.ts:`))]));
}
