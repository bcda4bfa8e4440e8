import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { repository } from "./repository.js";

const RUNTIME = repository("templates/runtime");

/**
 * Loads a client that is not in the repository, as JavaScript, beside a runtime of its own.
 *
 * @param files of one service, as the generator gives them
 * @returns what its `index.ts` exports, and the folder, which is the caller's to remove
 */
export async function runningClient(
  files: readonly GeneratedFile[],
): Promise<{ readonly module: Readonly<Record<string, unknown>>; readonly folder: string }> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "driftline-client-")));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  for (const name of readdirSync(RUNTIME))
    write(folder, `runtime/${name}`, readFileSync(path.join(RUNTIME, name), "utf8"));
  for (const { path: name, text } of files) write(folder, `client/${name}`, text);
  const index = pathToFileURL(path.join(folder, "client/index.js")).href;
  return { module: (await import(index)) as Readonly<Record<string, unknown>>, folder };
}

function write(folder: string, name: string, text: string): void {
  const file = path.join(folder, name.replace(/\.ts$/, ".js"));
  mkdirSync(path.dirname(file), { recursive: true });
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
  });
  writeFileSync(file, outputText);
}
