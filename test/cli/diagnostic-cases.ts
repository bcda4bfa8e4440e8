import { mkdir, symlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import type { DiagnosticCode } from "../../generator/diagnostics/codes.js";
import { MANIFEST_FILE, manifestOf, manifestText } from "../../generator/output/manifest.js";

/** A way to meet a diagnostic that no document alone can cause. */
export interface CliDiagnosticCase {
  readonly code: DiagnosticCode;
  /** Prepares the working directory, which holds `driftline.yaml` and `api.yaml`. */
  readonly arrange?: (folder: string) => Promise<void>;
  readonly args?: readonly string[];
  /** Default: 2. */
  readonly exitCode?: number;
}

const CONFIGURATION = "services:\n  pets: { input: api.yaml }\noutput: generated\n";

/** One case for each code that is about the configuration, the command line or the output. */
export const CLI_DIAGNOSTIC_CASES: readonly CliDiagnosticCase[] = [
  { code: "unknown-key", arrange: configured(`${CONFIGURATION}outptu: x\n`) },
  {
    code: "missing-key",
    arrange: configured("services:\n  pets: { name: Pets }\noutput: generated\n"),
  },
  { code: "invalid-value", arrange: configured(CONFIGURATION.replace("pets", "Pets")) },
  {
    code: "unknown-helper",
    arrange: configured(
      "services:\n  pets:\n    input: api.yaml\n    helpers:\n      - pets-upload\n      - pets-sesion\noutput: generated\n",
    ),
  },
  {
    code: "missing-variable",
    arrange: configured(
      `${CONFIGURATION}references:\n  origins:\n    - origin: https://schemas.example.com\n      headers: { Authorization: "Bearer \${DRIFTLINE_TEST_UNSET}" }\n`,
    ),
  },
  { code: "unknown-service", args: ["generate", "pet"] },
  { code: "invalid-location", args: ["bundle", "--input", "git:--output=x:api.yaml"] },
  {
    code: "pull-refused",
    args: ["pull", "--document", "published.yaml"],
    arrange: async (folder: string): Promise<void> => {
      await configured(
        "services:\n  pets: { input: api.yaml, upstream: { url: https://example.com/api.yaml } }\noutput: generated\n",
      )(folder);
      await withFile(
        "published.yaml",
        "openapi: 3.1.0\ninfo: { title: T, version: '2' }\npaths: {}\n",
      )(folder);
    },
  },
  { code: "unknown-commit", args: ["bundle", "--input", "git:HEAD:api.yaml"] },
  {
    code: "unsafe-path",
    arrange: async (folder: string): Promise<void> => {
      await mkdir(path.join(folder, "elsewhere"));
      await symlink(path.join(folder, "elsewhere"), path.join(folder, "generated"));
    },
  },
  { code: "would-overwrite", arrange: withFile("generated/pets/index.ts", "export {};\n") },
  {
    code: "output-locked",
    arrange: withFile(
      "generated/pets/.driftline-stage/owner.json",
      '{ "host": "elsewhere", "pid": 1 }',
    ),
  },
  {
    code: "write-failed",
    arrange: configured(CONFIGURATION.replace("generated", "x".repeat(300))),
  },
  { code: "invalid-manifest", arrange: withFile(`generated/pets/${MANIFEST_FILE}`, "{}\n") },
  {
    code: "kept-edited-file",
    exitCode: 0,
    arrange: async (folder: string): Promise<void> => {
      const manifest = manifestOf("0.1.0", { generator: "" }, [
        { path: "old.ts", text: "generated" },
      ]);
      await withFile(`generated/pets/${MANIFEST_FILE}`, manifestText(manifest))(folder);
      await withFile("generated/pets/old.ts", "edited")(folder);
    },
  },
  {
    code: "recovered-interrupted-run",
    exitCode: 0,
    arrange: async (folder: string): Promise<void> => {
      const stage = "generated/pets/.driftline-stage";
      // No process has this number: it is beyond what any system gives out.
      await withFile(
        `${stage}/owner.json`,
        JSON.stringify({ host: hostname(), pid: 2 ** 30 }),
      )(folder);
      await withFile(
        `${stage}/journal.json`,
        JSON.stringify({ steps: [], newFolders: [] }),
      )(folder);
    },
  },
];

/** Prepares the working directory that every case starts from. */
export async function arrangeFolder(folder: string): Promise<void> {
  await configured(CONFIGURATION)(folder);
  await withFile(
    "api.yaml",
    'openapi: "3.1.0"\ninfo: { title: Pets, version: "1" }\npaths: {}\n',
  )(folder);
}

function configured(text: string): (folder: string) => Promise<void> {
  return withFile("driftline.yaml", text);
}

function withFile(name: string, text: string): (folder: string) => Promise<void> {
  return async (folder) => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
}
