import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { nameOf, ROOT } from "./places.js";

/** What other programs import, by the name under which `exports` of package.json has it. */
export const PUBLIC_MODULES: Readonly<Record<string, string>> = {
  index: "generator/index.ts",
  vite: "generator/vite/plugin.ts",
};

/** Something that is loaded by its file: a literal in `require`, or the script of a thread. */
export const LATE_MODULE = /\brequire\("(\.{1,2}\/[^"]+\.ts)"\)/g;
export const WORKER = /new Worker\(new URL\("(\.{1,2}\/[^"]+\.js)", import\.meta\.url\)/g;

/** Every source that becomes a file of its own, by the name of that file without ending. */
export function entries(): ReadonlyMap<string, string> {
  const sources = ["generator/bin.js", ...Object.values(PUBLIC_MODULES), ...loadedByName()];
  const present = sources.filter((source) => existsSync(path.join(ROOT, source)));
  return new Map(present.map((source) => [entryName(source), source]));
}

/** `commands-diff` for `generator/commands/diff.ts`: all files lie in one folder. */
export function entryName(source: string): string {
  const known = Object.entries(PUBLIC_MODULES).find(([, file]) => file === source);
  return known?.[0] ?? source.replace(/^generator\/|\.[jt]s$/g, "").replaceAll("/", "-");
}

/** What any file of the generator loads late, or starts as a thread. */
function loadedByName(): readonly string[] {
  return sourceFiles().flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(LATE_MODULE), ...text.matchAll(WORKER)].map(([, specifier = ""]) =>
      nameOf(path.join(path.dirname(file), specifier)),
    );
  });
}

function sourceFiles(): readonly string[] {
  return readdirSync(path.join(ROOT, "generator"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[jt]s$/.test(name))
    .sort()
    .map((name) => path.join(ROOT, "generator", name));
}
