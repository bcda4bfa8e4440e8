import { valueHash } from "../document/hashes.js";
import type { GeneratedFile } from "../output/generated-file.js";
import type { OperationPair } from "./change.js";
import type { DocumentSide } from "./document-side.js";
import type { Comparison, DocumentLabel } from "./finding.js";
import { gather } from "./gather.js";
import type { SurfaceChange } from "./surface-change.js";
import { compareSurfaces } from "./surface/compare-surfaces.js";
import { textDifferences } from "./text-differences.js";
import { compareWire } from "./wire/compare-wire.js";
import { pairOperations } from "./wire/pair-operations.js";

/** What is compared besides what is sent. */
export interface CompareOptions {
  /** Whether texts and examples are compared too, which are never drift. */
  readonly docs: boolean;
  /** The files of the runtime, which both clients use. */
  readonly runtime: readonly GeneratedFile[];
}

/**
 * Everything that two documents differ in: what is sent and answered, and where both sides have a client, whether code
 * for the old one still compiles.
 */
export function compareDocuments(
  old: DocumentSide,
  current: DocumentSide,
  { docs, runtime }: CompareOptions,
): Comparison {
  const pairs = pairOperations(old.api, current.api);
  const { changes, isCut } = compareWire(old.api, current.api, pairs);
  const surfaceChanges = changesOfSurface(old, current, pairs, runtime);
  return {
    old: labelOf(old),
    new: labelOf(current),
    findings: gather({ old, new: current, changes, surfaceChanges, isCut }),
    texts: docs ? textDifferences(old, current) : [],
    operations: { old: old.api.operations.length, new: current.api.operations.length },
  };
}

function changesOfSurface(
  old: DocumentSide,
  current: DocumentSide,
  pairs: readonly OperationPair[],
  runtime: readonly GeneratedFile[],
): readonly SurfaceChange[] {
  if (old.surface === undefined || current.surface === undefined) return [];
  return compareSurfaces(old, current, pairs, runtime);
}

function labelOf({ source, api }: DocumentSide): DocumentLabel {
  return {
    location: source.file.path,
    title: api.title,
    version: api.version,
    hash: valueHash(source.document),
  };
}
