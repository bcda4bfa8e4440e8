import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { main } from "../../generator/cli.js";
import { EXIT } from "../../generator/commands/command.js";
import type { Pipeline } from "../../generator/commands/pipeline-port.js";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import { textHash } from "../../generator/document/hashes.js";
import { loadDocument } from "../../generator/load-document.js";
import { MANIFEST_FILE, parseManifest } from "../../generator/output/manifest.js";
import { LOCK_FILE } from "../../generator/pins/lock-file.js";
import { examineSource, generateService } from "../../generator/pipeline.js";
import { helpers, runtimeFiles } from "../../generator/templates.js";
import { repository } from "../support/repository.js";
import type { Examination, Outcome, Reason } from "./result.js";
import type { TypeChecker } from "./type-checker.js";

/** What a run of `driftline generate` did. */
interface Run {
  readonly code: number;
  readonly printed: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What was thrown, which is a bug. */
  readonly thrown: unknown;
  /** All files below the output folder; `undefined` if there is none. */
  readonly files: ReadonlyMap<string, string> | undefined;
  readonly seconds: number;
}

/** What is examined; tests bring other ones than driftline's. */
export interface Examined {
  readonly command: typeof main;
  readonly line: Pick<Pipeline, "loadDocument" | "generateService"> &
    Partial<Pick<Pipeline, "examineSource">>;
}

const DRIFTLINE: Examined = {
  command: main,
  // On one thread: there is a process for each processor already.
  line: {
    loadDocument: (input) => loadDocument(input),
    generateService,
    examineSource: (source, options) => Promise.resolve(examineSource(source, options)),
  },
};

/**
 * Generates a client from a document by the command that users run, into a folder that is gone afterwards, holds what
 * lies there against what was said, and compiles it.
 *
 * @param twice whether to do so again, and to compare
 */
export async function examine(
  file: string,
  checker: TypeChecker,
  twice: boolean,
  examined: Examined = DRIFTLINE,
): Promise<Examination> {
  const run = await generate(file, examined);
  const problem =
    problemOf(run) ?? (twice ? difference(run, await generate(file, examined)) : undefined);
  const startedAt = performance.now();
  const complaints =
    problem === undefined && run.files !== undefined ? checker.complaints(run.files) : [];
  const verdict = problem ?? verdictOf(run, complaints);
  return {
    ...verdict,
    warnings: countsOf(run.diagnostics.filter(({ severity }) => severity === "warning")),
    generating: run.seconds,
    compiling: (performance.now() - startedAt) / 1_000,
    lines: linesOf(run.files ?? new Map()),
  };
}

/** What is to be said of a document. */
interface Verdict {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
}

async function generate(file: string, { command, line }: Examined): Promise<Run> {
  const parent = mkdtempSync(path.join(tmpdir(), "driftline-corpus-"));
  const diagnostics: Diagnostic[] = [];
  const printed: string[] = [];
  let thrown: unknown;
  const pipeline = observed(
    line,
    (found) => void diagnostics.push(...found),
    (error) => (thrown = error),
  );
  const terminal = {
    out: (text: string) => void printed.push(text),
    err: (text: string) => void printed.push(text),
    color: false,
  };
  const startedAt = performance.now();
  try {
    const output = path.join(parent, "client");
    const argv = ["generate", "--input", file, "--output", output];
    const code = await command(argv, terminal, () => pipeline);
    const seconds = (performance.now() - startedAt) / 1_000;
    return {
      code,
      // The one thing in it that is another one each time.
      printed: printed.join("").replaceAll(parent, ""),
      diagnostics,
      thrown,
      files: filesIn(output),
      seconds,
    };
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

/** The line, with a look at what comes out of it. */
function observed(
  line: Examined["line"],
  onDiagnostics: (found: readonly Diagnostic[]) => void,
  onThrow: (error: unknown) => void,
): Pipeline {
  const watched =
    <A extends readonly unknown[], B extends { readonly diagnostics: readonly Diagnostic[] }>(
      stage: (...input: A) => Promise<B>,
    ) =>
    async (...input: A): Promise<B> => {
      try {
        const made = await stage(...input);
        onDiagnostics(made.diagnostics);
        return made;
      } catch (error) {
        onThrow(error);
        throw error;
      }
    };
  return {
    loadDocument: watched(line.loadDocument),
    generateService: watched(line.generateService),
    examineSource: async (source, options) => {
      try {
        const found = (await line.examineSource?.(source, options)) ?? [];
        onDiagnostics(found);
        return found;
      } catch (error) {
        onThrow(error);
        throw error;
      }
    },
    translate: (files) => Promise.resolve(files),
    runtimeFiles,
    helpers,
    compare: notAsked,
    makePages: notAsked,
    siteAssets: notAsked,
    diagnose: notAsked,
    inspectOperation: notAsked,
  };
}

function notAsked(): Promise<never> {
  return Promise.reject(new Error("generate asks for no such thing"));
}

function filesIn(folder: string): ReadonlyMap<string, string> | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    files.map((file) => [
      path.relative(folder, file).replaceAll(path.sep, "/"),
      readFileSync(file, "utf8"),
    ]),
  );
}

/** What is wrong with a run, whatever the document is like. */
function problemOf(run: Run): Verdict | undefined {
  if (run.code === EXIT.bug) return { outcome: "crashed", reasons: [crash(run)] };
  const written = writtenProblem(run);
  if (written !== undefined) return failed("half-written", "output folder", written);
  const reported = reportProblem(run);
  return reported === undefined ? undefined : { outcome: "badly-reported", reasons: [reported] };
}

function failed(outcome: Outcome, code: string, text: string): Verdict {
  return { outcome, reasons: [{ code, text }] };
}

/** Named after the place of ours that it was thrown at, or passed through. */
function crash({ thrown, printed }: Run): Reason {
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : printed;
  const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
  const root = repository("").replaceAll("\\", "/");
  const ours = stack
    .replaceAll("\\", "/")
    .split("\n")
    .find((line) => line.includes(`${root}generator/`));
  const place = ours?.split(root)[1]?.replace(/:\d+\)?$/, "");
  return { code: place ?? "unknown place", text: message };
}

/**
 * After a run without error the manifest names every file and its text, but for the lock, which is beside what is
 * generated; after any other there is nothing.
 */
function writtenProblem({ code, files }: Run): string | undefined {
  if (code !== EXIT.clean)
    return files === undefined ? undefined : "a folder was left after an error";
  const manifest = parseManifest(files?.get(MANIFEST_FILE) ?? "");
  if (manifest === undefined || files === undefined) return "there is no manifest";
  const wrong = [...manifest.files].find(([name, hash]) => {
    const text = files.get(name);
    return text === undefined || textHash(text) !== hash;
  });
  if (wrong !== undefined) return "a file is not the one that the manifest names";
  const beside = [...files.keys()].filter((name) => !manifest.files.has(name));
  return beside.every((name) => name === MANIFEST_FILE || name === LOCK_FILE)
    ? undefined
    : "there are files beside the manifest's";
}

function reportProblem({ code, printed, diagnostics }: Run): Reason | undefined {
  if (/^ +at .*:\d+:\d+\)?$/m.test(printed))
    return { code: "stack", text: "a stack trace was printed" };
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (code !== EXIT.clean && errors.length === 0)
    return { code: "no error", text: "the run ended without saying why" };
  const homeless = errors.find(({ place }) => place === undefined);
  return homeless && { code: homeless.code, text: homeless.message };
}

function difference(one: Run, other: Run): Verdict | undefined {
  const names = [...new Set([...(one.files?.keys() ?? []), ...(other.files?.keys() ?? [])])];
  const changed = names.find((name) => one.files?.get(name) !== other.files?.get(name));
  if (changed !== undefined) return failed("not-reproducible", changed, "has two texts");
  return one.printed === other.printed
    ? undefined
    : failed("not-reproducible", "findings", "are told in two ways");
}

function verdictOf({ files, diagnostics }: Run, complaints: readonly Reason[]): Verdict {
  if (files !== undefined)
    return { outcome: complaints.length > 0 ? "not-compiled" : "compiled", reasons: complaints };
  const first = new Map<string, Reason>();
  for (const { code, severity, message } of diagnostics) {
    if (severity === "error" && !first.has(code)) first.set(code, { code, text: message });
  }
  return { outcome: "diagnosed", reasons: [...first.values()] };
}

function countsOf(diagnostics: readonly Diagnostic[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code } of diagnostics) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function linesOf(files: ReadonlyMap<string, string>): number {
  return [...files]
    .filter(([name]) => name.endsWith(".ts") && !name.startsWith("runtime/"))
    .reduce((sum, [, text]) => sum + text.split("\n").length - 1, 0);
}
