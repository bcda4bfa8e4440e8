import { build, type LabelledOutput } from "../commands/build.js";
import type { Report } from "../diagnostics/located.js";
import type { Diagnostic as Finding } from "../diagnostics/diagnostic.js";
import { MANIFEST_FILE, manifestText } from "../output/manifest.js";
import { CLIENT, givenTargets } from "./given-targets.js";
import { givenDocument, givenFiles } from "./given.js";
import { folderInMemory, type Memory } from "./memory.js";
import { givenDiagnostics } from "./report.js";
import type { ClientRequest, Generated } from "./types.js";

/** A client in memory, before it is given or compared. */
export interface BuiltClient {
  /** `undefined` after an error. */
  readonly output: LabelledOutput | undefined;
  /** What the folder of the client holds now, by absolute path. */
  readonly present: Memory;
  readonly reports: readonly Report[];
}

/** See `generate` in `index.ts`. */
export async function generateClient(request: ClientRequest): Promise<Generated> {
  const { output, reports } = await buildClient(request);
  return {
    files: output === undefined ? undefined : filesOf(output),
    diagnostics: givenDiagnostics(reports),
  };
}

/** Makes a client in memory. */
export async function buildClient(request: ClientRequest): Promise<BuiltClient> {
  const { options = {}, present: before } = request;
  const folder = folderInMemory("document");
  const document = givenDocument(folder, request);
  const present = givenFiles(CLIENT, before);
  const findings = [...document.diagnostics, ...present.diagnostics];
  if (document.value === undefined || present.value === undefined) return nothing(findings);
  const { file, files } = document.value;
  const memory = new Map([...files, ...present.value]);
  const { targets, pipeline, reader } = await givenTargets(options, folder, file, memory);
  const { outputs, reports } = await build(targets, pipeline, { reader });
  return { output: outputs?.[0], present: present.value, reports };
}

function nothing(diagnostics: readonly Finding[]): BuiltClient {
  return { output: undefined, present: new Map(), reports: [{ diagnostics, source: undefined }] };
}

function filesOf({ files, manifest, records = [] }: LabelledOutput): ReadonlyMap<string, string> {
  return new Map([
    ...files.map(({ path, text }) => [path, text] as const),
    ...(manifest === undefined ? [] : [[MANIFEST_FILE, manifestText(manifest)] as const]),
    ...records.map(({ path, text }) => [path, text] as const),
  ]);
}
