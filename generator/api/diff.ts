import { runComparison, type Comparing, type ComparisonTask } from "../commands/comparing.js";
import { hasErrors, type Diagnostic as Finding } from "../diagnostics/diagnostic.js";
import { renderReports } from "../drift/report/render.js";
import { givenTargets } from "./given-targets.js";
import { givenDocument } from "./given.js";
import { fileInMemory, folderInMemory } from "./memory.js";
import { givenDiagnostics } from "./report.js";
import type { Diffed, DiffReport, DiffRequest } from "./types.js";

/** See `diff` in `index.ts`. */
export async function diffDocuments(request: DiffRequest): Promise<Diffed> {
  const folders = { old: folderInMemory("old"), new: folderInMemory("new") };
  const old = givenDocument(folders.old, request.old);
  const current = givenDocument(folders.new, request.new);
  if (old.value === undefined || current.value === undefined)
    return failed(old.diagnostics, current.diagnostics);
  const memory = new Map([...old.value.files, ...current.value.files]);
  const { options = {} } = request;
  const { targets, pipeline } = await givenTargets(
    options,
    folders.new,
    current.value.file,
    memory,
  );
  const [target] = targets.value?.targets ?? [];
  if (target === undefined || hasErrors(targets.diagnostics))
    return failed([], targets.diagnostics);
  const { overlays = [], settings = {} } = target.input;
  const task: ComparisonTask = {
    name: undefined,
    old: {
      file: fileInMemory(folders.old, old.value.file),
      overlays: overlays.map(inOld),
      settings,
    },
    new: { file: fileInMemory(folders.new, current.value.file), overlays, settings },
    options: target.options,
    accept: undefined,
    client: undefined,
  };
  const { report, reports } = await runComparison(task, comparingOf(request), pipeline);
  const [before, now] = reports;
  if (report === undefined)
    return {
      report: undefined,
      diagnostics: {
        old: before === undefined ? [] : givenDiagnostics([before]),
        new: now === undefined ? [] : givenDiagnostics([now]),
      },
    };
  const json = JSON.parse(renderReports([report], "json")) as { readonly reports: DiffReport[] };
  return { report: json.reports[0], diagnostics: { old: [], new: [] } };

  /** Overlays are corrections of one document, of which there are two states. */
  function inOld(overlay: string): string {
    return overlay.replace(folders.new, folders.old);
  }
}

function failed(old: readonly Finding[], current: readonly Finding[]): Diffed {
  const told = (diagnostics: readonly Finding[]): Diffed["diagnostics"]["old"] =>
    givenDiagnostics([{ diagnostics, source: undefined }]);
  return { report: undefined, diagnostics: { old: told(old), new: told(current) } };
}

/** Nothing is accepted or looked up in the user's code, so that neither the day nor a folder matters. */
function comparingOf({
  failOn = "breaking",
  verdict = "both",
  docs = false,
}: DiffRequest): Comparing {
  return {
    gate: { failOn, verdict },
    docs,
    all: false,
    usages: [],
    today: "",
    targets: [],
    cache: { folder: "", isOffline: true },
    isPrivateAllowed: false,
    acceptance: undefined,
  };
}
