import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Helper } from "./names/helper.js";
import type { GeneratedFile } from "./output/generated-file.js";

const RUNTIME = fileURLToPath(new URL("../templates/runtime/", import.meta.url));
const SERVICES = fileURLToPath(new URL("../templates/services/", import.meta.url));

/** A declaration that is exported by name, as it is written in formatted code. */
const EXPORT =
  /^export (?:abstract |async )*(?:class|const|function\*?|interface|type) ([A-Za-z_$][\w$]*)/gm;

/** The files of the runtime, unchanged, with paths relative to the runtime's folder. */
export function runtimeFiles(): Promise<readonly GeneratedFile[]> {
  return scriptsIn(RUNTIME);
}

/** Everything that `helpers` of a service can name, sorted by name. */
export async function helpers(): Promise<readonly Helper[]> {
  return (await scriptsIn(SERVICES)).map(helperOf);
}

/** The helper that a file is: its name, and what it exports. */
export function helperOf({ path: file, text }: GeneratedFile): Helper {
  const exports = [...text.matchAll(EXPORT)].map(([, name]) => name ?? "");
  return { name: path.basename(file, ".ts"), exports: [...new Set(exports)], text };
}

async function scriptsIn(folder: string): Promise<readonly GeneratedFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
  return Promise.all(
    names.map(async (name) => ({
      path: name,
      text: await readFile(path.join(folder, name), "utf8"),
    })),
  );
}
