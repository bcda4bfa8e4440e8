import { compareText } from "../document/json.js";
import { hasHeader } from "./header.js";
import { textHash } from "../document/hashes.js";
import type { Inputs, Manifest } from "./manifest.js";

export type DifferenceKind = "missing" | "extra" | "changed";

/**
 * Why a file is not what it should be; several can hold at once.
 *
 * - `never-generated`: the folder has no manifest
 * - `document-changed`, `configuration-changed`, `generator-changed`: since the file was written
 * - `names-changed`: names in `driftline.lock` did, and not because the document did
 * - `not-locked`: `driftline.lock` has nothing of a service
 * - `edited-by-hand`: its text is not the one that was written
 * - `removed-by-hand`: it was written, and is gone
 * - `not-recorded`: it is there, but the manifest does not know it
 * - `unexplained`: nothing of the above; the manifest was edited, or driftline is at fault
 */
export type Reason =
  | "never-generated"
  | "document-changed"
  | "configuration-changed"
  | "generator-changed"
  | "names-changed"
  | "not-locked"
  | "edited-by-hand"
  | "removed-by-hand"
  | "not-recorded"
  | "unexplained";

/** The first line in which two texts differ; a text that has ended has `undefined` there. */
export interface FirstDifference {
  readonly line: number;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

export interface Difference {
  /** Relative to the output folder. */
  readonly path: string;
  readonly kind: DifferenceKind;
  readonly reasons: readonly Reason[];
  /** For changed files. */
  readonly first?: FirstDifference;
}

/** Files of an output folder by their path below it. */
export type Files = ReadonlyMap<string, string>;

/**
 * Tells how an output folder differs from what it should hold, and why. Files that driftline has nothing to do
 * with are ignored; a manifest that is merely older than the generator is no difference while every file is right.
 */
export function compareOutput(
  expected: { readonly files: Files; readonly manifest: Manifest },
  actual: { readonly files: Files; readonly manifest: Manifest | undefined },
): readonly Difference[] {
  const { manifest } = actual;
  const stale =
    manifest === undefined
      ? (["never-generated"] as const)
      : changedInputs(expected.manifest, manifest);
  const paths = [...new Set([...expected.files.keys(), ...actual.files.keys()])].sort(compareText);
  return paths.flatMap((path) => {
    const wanted = expected.files.get(path);
    const present = actual.files.get(path);
    if (wanted === present) return [];
    const recorded = manifest?.files.get(path);
    const difference = { path, wanted, present, recorded };
    if (wanted === undefined && recorded === undefined && !hasHeader(present ?? "")) return [];
    return [describe(difference, stale, manifest !== undefined)];
  });
}

interface Compared {
  readonly path: string;
  readonly wanted: string | undefined;
  readonly present: string | undefined;
  /** The hash in the manifest. */
  readonly recorded: string | undefined;
}

function describe(compared: Compared, stale: readonly Reason[], hasManifest: boolean): Difference {
  const { path, wanted, present } = compared;
  const kind = present === undefined ? "missing" : wanted === undefined ? "extra" : "changed";
  const reasons = [...staleReasons(compared, stale), ...(hasManifest ? handReasons(compared) : [])];
  const first =
    wanted !== undefined && present !== undefined
      ? { first: firstDifference(wanted, present) }
      : {};
  return { path, kind, reasons: reasons.length === 0 ? ["unexplained"] : reasons, ...first };
}

/** What changed since the file was written counts only where the file that is wanted is another one than was written. */
function staleReasons({ wanted, recorded }: Compared, stale: readonly Reason[]): readonly Reason[] {
  const wantedHash = wanted === undefined ? undefined : textHash(wanted);
  return wantedHash === recorded && recorded !== undefined ? [] : stale;
}

function handReasons({ present, recorded }: Compared): readonly Reason[] {
  if (present === undefined) return recorded === undefined ? [] : ["removed-by-hand"];
  if (recorded === undefined) return ["not-recorded"];
  return textHash(present) === recorded ? [] : ["edited-by-hand"];
}

function changedInputs(now: Inputs, then: Inputs): readonly Reason[] {
  const changed = (["document", "configuration", "generator"] as const).filter(
    (input) => now[input] !== then[input],
  );
  const isRenamed = now.names !== then.names && !changed.includes("document");
  return [
    ...changed.map((input) => `${input}-changed` as const),
    ...(isRenamed ? (["names-changed"] as const) : []),
  ];
}

/** Tells how a text file differs that is no file of a manifest. */
export function compareRecord(
  path: string,
  wanted: string,
  present: string | undefined,
  reasons: () => readonly Reason[],
): readonly Difference[] {
  if (wanted === present) return [];
  if (present === undefined) return [{ path, kind: "missing", reasons: reasons() }];
  const first = firstDifference(wanted, present);
  return [{ path, kind: "changed", reasons: reasons(), first }];
}

function firstDifference(expected: string, actual: string): FirstDifference {
  const [wanted, present] = [expected.split("\n"), actual.split("\n")];
  const index = wanted.findIndex((line, position) => line !== present[position]);
  const at = index === -1 ? wanted.length : index;
  return { line: at + 1, expected: wanted[at], actual: present[at] };
}
