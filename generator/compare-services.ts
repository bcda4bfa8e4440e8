import type { Compared, CompareRequest, ServiceOptions } from "./commands/pipeline-port.js";
import { hasErrors, type Outcome } from "./diagnostics/diagnostic.js";
import type { Source } from "./document/source.js";
import { compareDocuments } from "./drift/compare.js";
import type { DocumentSide } from "./drift/document-side.js";
import type { Comparison } from "./drift/finding.js";
import { findUsages } from "./drift/usages/find-usages.js";
import type { GeneratedFile } from "./output/generated-file.js";
import { documentSide } from "./stages.js";
import { runtimeFiles } from "./templates.js";

/* Apart from the line: `generate` and `check` compare no documents, and need not wait until all of this is loaded. */

/** A document, and the options of the client that is made of it. */
export interface ServiceDocument {
  readonly source: Source;
  readonly options: ServiceOptions;
}

/** What is compared of two documents. */
export interface ServiceComparison {
  /** Whether their clients are compared, too, and not only what is sent. */
  readonly surface: boolean;
  /** Whether texts and examples are told, too, which are never drift. */
  readonly docs: boolean;
  /** The files of the runtime, which both clients use. */
  readonly runtime: readonly GeneratedFile[];
}

/** Two documents, and what they differ in, where both of them can be compared. */
export interface ComparedServices {
  readonly old: Outcome<DocumentSide>;
  readonly new: Outcome<DocumentSide>;
  /** `undefined` where there is an error in one of the documents. */
  readonly comparison: Comparison | undefined;
}

/** What changed between two documents of a service. */
export function compareServices(
  old: ServiceDocument,
  current: ServiceDocument,
  { surface, docs, runtime }: ServiceComparison,
): ComparedServices {
  const before = sideOf(old, current, surface);
  const now = sideOf(current, old, surface);
  const isBroken = hasErrors([...before.diagnostics, ...now.diagnostics]);
  const comparison =
    before.value === undefined || now.value === undefined || isBroken
      ? undefined
      : compareDocuments(before.value, now.value, { docs, runtime });
  return { old: before, new: now, comparison };
}

/** What is selected in one of two documents may be missing from the other one: that is what is to be told. */
function sideOf(
  { source, options }: ServiceDocument,
  other: ServiceDocument,
  surface: boolean,
): Outcome<DocumentSide> {
  return documentSide(source, { ...options, comparedWith: other.source.document }, surface);
}

/** The same for a command: with the places of the user's code that findings touch, where they are asked for. */
export async function compareForCommand({
  old,
  new: current,
  options,
  verdict,
  docs,
  usages,
}: CompareRequest): Promise<Compared> {
  const compared = compareServices(
    { source: old, options },
    { source: current, options },
    { surface: verdict !== "wire", docs, runtime: await runtimeFiles() },
  );
  const { comparison } = compared;
  const diagnostics = {
    old: compared.old.diagnostics,
    new: compared.new.diagnostics,
  };
  const surface = compared.old.value?.surface;
  if (comparison === undefined || usages === undefined || surface === undefined)
    return { comparison, diagnostics };
  const findings = findUsages(comparison.findings, { ...usages, surface });
  return { comparison: { ...comparison, findings }, diagnostics };
}
