import path from "node:path";
import { compareLock, differenceResult } from "../commands/check.js";
import type { LabelledOutput } from "../commands/build.js";
import { outcome, type Outcome } from "../diagnostics/diagnostic.js";
import { compareOutput, type Difference as Found } from "../output/compare.js";
import { MANIFEST_FILE } from "../output/manifest.js";
import { manifestIn } from "../output/read-output.js";
import { LOCK_FILE } from "../pins/lock-file.js";
import { CLIENT } from "./given-targets.js";
import { buildClient } from "./generate.js";
import { givenDiagnostics } from "./report.js";
import type { Checked, ClientRequest } from "./types.js";

/** See `check` in `index.ts`. */
export async function checkClient(request: ClientRequest): Promise<Checked> {
  const { output, present, reports } = await buildClient(request);
  if (output === undefined)
    return { differences: undefined, diagnostics: givenDiagnostics(reports) };
  const { value, diagnostics } = differencesOf(output, present);
  return {
    differences: value?.map((difference) => differenceResult(difference, difference.path)),
    diagnostics: givenDiagnostics([...reports, { diagnostics, source: undefined }]),
  };
}

function differencesOf(
  output: LabelledOutput,
  present: ReadonlyMap<string, string>,
): Outcome<readonly Found[]> {
  const { files, manifest: expected } = output;
  if (expected === undefined) return outcome([]);
  const found = new Map([...present].map(([file, text]) => [nameOf(file), text]));
  const written = found.get(MANIFEST_FILE);
  const manifest = written === undefined ? undefined : manifestIn(written, MANIFEST_FILE);
  if (manifest !== undefined && manifest.value === undefined)
    return { value: undefined, diagnostics: manifest.diagnostics };
  const wanted = new Map(files.map((file) => [file.path, file.text]));
  const actual = new Map([...found].filter(([file]) => ![MANIFEST_FILE, LOCK_FILE].includes(file)));
  return outcome([
    ...compareOutput(
      { files: wanted, manifest: expected },
      { files: actual, manifest: manifest?.value },
    ),
    ...compareLock(output),
  ]);
}

function nameOf(file: string): string {
  return path.relative(CLIENT, file).replaceAll(path.sep, "/");
}
