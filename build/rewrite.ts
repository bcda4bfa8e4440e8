import path from "node:path";
import { entryName, LATE_MODULE, WORKER } from "./entries.js";
import { nameOf } from "./places.js";

/**
 * A source of the generator as it is bundled. Sources name each other, packages and files beside them from where they
 * are; in a bundle they are somewhere else:
 *
 * - `require` is that of the bundle, so that packages get into it, and what is loaded late stays a file of its own;
 * - `import.meta.url` is where the source would be, in a copy of its folder that has what it reads, and nothing else.
 */
export function rewritten(text: string, file: string): string {
  const own = (specifier: string): string =>
    entryName(nameOf(path.join(path.dirname(file), specifier)));
  const changed = text
    .replace(/^const require = (?:createRequire|typeScriptRequire)\(import\.meta\.url\);\n/m, "")
    .replaceAll("createRequire(import.meta.url)", "require")
    .replace(LATE_MODULE, (_, specifier: string) => `require("./${own(specifier)}.cjs")`)
    .replace(
      WORKER,
      (_, specifier: string) => `new Worker(new URL("./${own(specifier)}.cjs", CHUNK)`,
    )
    .replaceAll("import.meta.url", `new URL("./${nameOf(file)}", CHUNK).href`)
    .replaceAll("CHUNK", "import.meta.url");
  // One that resolves from a folder of the user's stays as it is.
  if (/\b(?:createRequire(?!\(from\)\.resolve)|typeScriptRequire)\(/.test(changed)) {
    throw new Error(`${nameOf(file)} makes a require in a way that the build does not know`);
  }
  return changed;
}
