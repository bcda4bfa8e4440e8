import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import type { BridgeName } from "../../../generator/bridges/bridge-names.js";
import type { GeneratedFile } from "../../../generator/output/generated-file.js";
import { loadDocument } from "../../../generator/load-document.js";
import { generateService } from "../../../generator/pipeline.js";
import { printDiagnostics } from "../../../generator/diagnostics/print.js";
import { repository } from "../../support/repository.js";

const EXTENSIONS = { pagination: "x-pagination", idempotency: "x-idempotent" };

/** The files of one of the three services with bridges; helpers are left out. */
export async function bridgedFiles(
  service: "mastodon" | "peertube" | "sftpgo",
  name: string,
  bridges: readonly BridgeName[],
): Promise<readonly GeneratedFile[]> {
  return bridgedDocument(repository(`specs/${service}.yaml`), name, bridges);
}

/** The files of any document with bridges. */
export async function bridgedDocument(
  file: string,
  name: string,
  bridges: readonly BridgeName[],
): Promise<readonly GeneratedFile[]> {
  const { value } = await loadDocument({ file });
  if (value === undefined) throw new Error(`${file} cannot be read`);
  const options = { name, bridges, extensions: EXTENSIONS, runtime: "../runtime" } as const;
  const made = await generateService(value, options);
  if (made.value === undefined)
    throw new Error(printDiagnostics(made.diagnostics, value, { color: false }));
  return made.value.files;
}

/**
 * A folder below the repository, so that packages are found, for clients that are loaded and removed again: what
 * imports them is transformed as any other file of the tests.
 */
export function useClients(): (
  service: string,
  files: readonly GeneratedFile[],
) => (name: string) => Promise<Record<string, unknown>> {
  const home = repository("test/bridges/.output");
  mkdirSync(home, { recursive: true });
  const folder = realpathSync(mkdtempSync(path.join(home, "clients-")));
  cpSync(repository("templates/runtime"), path.join(folder, "runtime"), { recursive: true });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return (service, files) => {
    mkdirSync(path.join(folder, service));
    for (const { path: name, text } of files) writeFileSync(path.join(folder, service, name), text);
    return (name) =>
      import(pathToFileURL(path.join(folder, service, name)).href) as Promise<
        Record<string, unknown>
      >;
  };
}
