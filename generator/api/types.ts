import type { BridgeName } from "../bridges/bridge-names.js";
import type { Language } from "../config/language.js";
import type { Int64Policy } from "../document/int64-policy.js";
import type { Limits } from "../document/limits.js";

/* What programs see of driftline. No type of the stages is among it. */

/**
 * Texts of files by path. Paths are relative to one folder, with forward slashes, and none of them leaves it:
 * `"api.yaml"`, `"schemas/pet.yaml"`.
 */
export type FileMap = ReadonlyMap<string, string> | Readonly<Record<string, string>>;

/** An OpenAPI or Swagger 2.0 document, with everything that it refers to. */
export interface DocumentSource {
  /** The path of the root document in `files`; or the document as a value, as `JSON.parse` gives it. */
  readonly document: string | object;
  /**
   * The files that the document refers to, and overlays. References lead to these files and to nothing else: no file of
   * this machine is read, and nothing is fetched. Those of a document that is a value are relative to the same folder.
   *
   * @defaultValue no files
   */
  readonly files?: FileMap;
}

/** Which operations are meant: those that any of the lists names. */
export interface OperationChoice {
  /** Names of tags. */
  readonly tags?: readonly string[];
  /** Paths, in which `*` stands for a part and `**` for any number of parts. */
  readonly paths?: readonly string[];
  /** Operations by operationId, or as in `GET /pets/{id}`. */
  readonly operations?: readonly string[];
}

/**
 * What decides a client besides its document: the keys that a service has in `driftline.yaml`, and those that
 * `driftline.yaml` has for all services, with the same meaning and the same defaults. `docs/documents.md` tells more
 * of each.
 */
export interface ClientOptions {
  /** Name of the client class, such as `PeerTube`. @defaultValue made of the document's title */
  readonly name?: string;
  /** What a 64-bit integer is. @defaultValue `"number"` */
  readonly int64?: Int64Policy;
  /** The operations to take. @defaultValue all */
  readonly include?: OperationChoice;
  /** The operations to leave out. @defaultValue none */
  readonly exclude?: OperationChoice & {
    /** Whether to leave out what is deprecated. @defaultValue `false` */
    readonly deprecated?: boolean;
  };
  /** Whether to leave out schemas that no operation uses. @defaultValue `false` */
  readonly prune?: boolean;
  /** Paths of OpenAPI overlays in `files`, in the order in which they are applied. @defaultValue none */
  readonly overlays?: readonly string[];
  /** Names of files of this package that become part of the client. @defaultValue none */
  readonly helpers?: readonly string[];
  /** The libraries to join the client to. @defaultValue none */
  readonly bridges?: readonly BridgeName[];
  /** Whether to make reference pages, in a folder `docs`. @defaultValue `false` */
  readonly docs?: boolean;
  /** Whether warnings are errors. @defaultValue `false` */
  readonly strict?: boolean;
  /** Codes of warnings that are known and accepted. @defaultValue none */
  readonly allow?: readonly string[];
  /** What the document may cost. @defaultValue far above what real documents take */
  readonly limits?: Partial<Limits>;
  /** What the client is written in. @defaultValue `"typescript"` */
  readonly language?: Language;
  /** The specification extensions that mean something, such as `x-pagination`. @defaultValue none */
  readonly extensions?: {
    /** The one that says how a list is paged. */
    readonly pagination?: string;
    /** The one that says whether a request may be repeated. */
    readonly idempotency?: string;
    /** The one that says from which day on an operation may be gone. */
    readonly sunset?: string;
    /** The one that says in Swagger 2.0 documents that a value may be null. */
    readonly nullable?: string;
  };
}

/** A client to make. */
export interface ClientRequest extends DocumentSource {
  /** @defaultValue no options */
  readonly options?: ClientOptions;
  /**
   * What the folder of the client holds now. The names that `driftline.lock` in it has are kept, so that they do not
   * change with the document.
   *
   * @defaultValue nothing
   */
  readonly present?: FileMap;
}

/** A client that was made. */
export interface Generated {
  /**
   * Every file of the client's folder by its path: code, runtime, `driftline-manifest.json` and `driftline.lock`, byte
   * for byte what `driftline generate --input --output` writes. `undefined` where anything is an error.
   */
  readonly files: ReadonlyMap<string, string> | undefined;
  /** Everything that was found, by file, line and column; warnings, too. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How a folder differs from the client that would be made. */
export interface Checked {
  /** By path; none where the client is up to date. `undefined` where anything is an error. */
  readonly differences: readonly Difference[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that is not what it should be. */
export interface Difference {
  readonly file: string;
  readonly kind: "missing" | "extra" | "changed";
  /** Why it is not; several can hold at once. `driftline check` tells them in words. */
  readonly reasons: readonly DifferenceReason[];
  /** The first line that differs, from 1. For changed files. */
  readonly line?: number;
  /** That line as it should be; `null` after the end of the file. */
  readonly expected?: string | null;
  /** That line as it is; `null` after the end of the file. */
  readonly actual?: string | null;
}

/**
 * Why a file is not what it should be.
 *
 * - `never-generated`: the folder has no manifest
 * - `document-changed`, `configuration-changed`, `generator-changed`: since the file was written
 * - `names-changed`: names in `driftline.lock` did, and not because the document did
 * - `not-locked`: `driftline.lock` has nothing of the client
 * - `edited-by-hand`: its text is not the one that was written
 * - `removed-by-hand`: it was written, and is gone
 * - `not-recorded`: it is there, but the manifest does not know it
 * - `unexplained`: nothing of the above; the manifest was edited, or driftline is at fault
 */
export type DifferenceReason =
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

/** One finding, as plain data: what `--json` reports. */
export interface Diagnostic {
  /** Stable: `driftline explain CODE` and `docs/diagnostics.md` tell more of each. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** Present where it is a warning that `strict` makes an error. */
  readonly strict?: true;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
  /** As it was named; relative to the working directory where it is on disk. Absent where no file is meant. */
  readonly file?: string;
  /** From 1. Absent where a file or folder as a whole is meant. */
  readonly line?: number;
  /** From 1, in UTF-16 units. */
  readonly column?: number;
  /**
   * JSON pointer (RFC 6901) of the place in that file. Without a file, of the place in what the function was given:
   * `/options/int64`, or `/document/paths/~1pets` where the document is a value.
   */
  readonly pointer?: string;
  /** The lines around the place, as a terminal shows them. */
  readonly frame?: string;
  /** A command that tells more. */
  readonly explain: string;
}

/** Two states of a document to compare. */
export interface DiffRequest {
  readonly old: DocumentSource;
  readonly new: DocumentSource;
  /** What decides the clients of both. @defaultValue no options */
  readonly options?: ClientOptions;
  /** From which level on a finding fails. @defaultValue `"breaking"` */
  readonly failOn?: "breaking" | "undecidable" | "any";
  /** What counts: what is sent, the code of callers, or both. @defaultValue `"both"` */
  readonly verdict?: "wire" | "source" | "both";
  /** Whether to tell of texts and examples, too, which are never drift. @defaultValue `false` */
  readonly docs?: boolean;
}

/** What two states of a document differ in. */
export interface Diffed {
  /** `undefined` where there is an error in either document. */
  readonly report: DiffReport | undefined;
  /** Errors only, by document. */
  readonly diagnostics: {
    readonly old: readonly Diagnostic[];
    readonly new: readonly Diagnostic[];
  };
}

/** What `driftline diff --json` reports of a comparison. */
export interface DiffReport {
  /** The title of the new document. */
  readonly name: string;
  readonly old: ComparedDocument;
  readonly new: ComparedDocument;
  /** What decides whether the comparison failed. */
  readonly gate: {
    readonly failOn: "breaking" | "undecidable" | "any";
    readonly verdict: "wire" | "source" | "both";
  };
  readonly failed: boolean;
  /** By how much the version of the client has to rise, from 1.0.0 on. */
  readonly advice: "major" | "minor" | "patch" | "none";
  /** Findings by the verdict that the gate counts. */
  readonly counts: Readonly<
    Record<"breaking" | "undecidable" | "safe" | "accepted" | "failing", number>
  >;
  /** Worst first. */
  readonly findings: readonly (DiffFinding & { readonly fails: boolean })[];
  /** What is no drift, where it was asked for. */
  readonly texts: readonly {
    readonly what: string;
    readonly old?: DiffSpot;
    readonly new?: DiffSpot;
  }[];
}

/** A document that was compared. */
export interface ComparedDocument {
  readonly location: string;
  readonly title: string;
  readonly version: string;
  /** SHA-256 of the document, whatever its layout. */
  readonly hash: string;
  readonly operations: number;
}

/** Somebody notices nothing, fails, or only a person can tell. */
export type DiffLevel = "safe" | "undecidable" | "breaking";

/** One change, with every place that it touches. */
export interface DiffFinding {
  /** An id that never changes: `docs/drift-rules.md` has all of them. */
  readonly rule: string;
  /** Whether a client of the old document fails against a server of the new one. */
  readonly wire: DiffLevel;
  /** Whether code that compiles against the old client compiles against the new one. */
  readonly source: DiffLevel;
  /** Which way the values go; absent where nothing is sent. */
  readonly direction?: "request" | "response";
  /** What a caller will notice. */
  readonly message: string;
  readonly hint: string;
  /** Stays the same as long as the finding does. */
  readonly fingerprint: string;
  /** Absent where the old document has nothing of the kind. */
  readonly old?: DiffSpot;
  /** Absent where the new document has nothing of the kind. */
  readonly new?: DiffSpot;
  /** The operations that it touches; none where it is about the document as a whole. */
  readonly places: readonly DiffPlace[];
}

/** A place in one of the documents. */
export interface DiffSpot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly pointer: string;
  /** What stands there, where it is small. */
  readonly value?: unknown;
  /** Whether a value was left out because it is not small. */
  readonly valueOmitted?: boolean;
}

/** A place in what an operation sends or gets. */
export interface DiffPlace {
  readonly method: string;
  readonly path: string;
  readonly operationId?: string;
  /** The method of the old client. */
  readonly name?: string;
  /** The method of the new client. */
  readonly newName?: string;
  readonly position: string;
  readonly valuePath: string;
}

/** A project with a `driftline.yaml`. */
export interface ProjectRequest {
  /** Path of the configuration, absolute or relative to the working directory. @defaultValue `"driftline.yaml"` */
  readonly configuration?: string;
  /** Names of services. @defaultValue all */
  readonly services?: readonly string[];
  /** Whether warnings are errors, whatever the configuration says. @defaultValue `false` */
  readonly strict?: boolean;
}

/** A project whose clients were written. */
export interface GeneratedProject {
  /** The folders in which something was generated. `undefined` where anything is an error; then nothing was written. */
  readonly outputs: readonly WrittenFolder[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths of the files that decide this: where one of them changes, it may be another result. */
  readonly inputs: readonly string[];
}

/** What became of a folder. */
export interface WrittenFolder {
  /** Absolute path. */
  readonly folder: string;
  /** Paths below the folder that were written, because they are new or changed. */
  readonly written: readonly string[];
  /** Paths below the folder that were removed, because nothing makes them any more. */
  readonly removed: readonly string[];
  /** How many files were right, and so were not touched. */
  readonly unchanged: number;
}

/** A project whose clients were compared. */
export interface CheckedProject extends Checked {
  /** As {@link GeneratedProject.inputs}. */
  readonly inputs: readonly string[];
}

/** What `watchProject` is asked for. */
export interface WatchRequest extends ProjectRequest {
  /** Ends the watching. */
  readonly signal?: AbortSignal;
  /** For how long nothing may happen before changes count, in milliseconds. @defaultValue 50 */
  readonly quiet?: number;
  /** Whether to look at the files again and again, where a file system tells nothing. @defaultValue `false` */
  readonly usePolling?: boolean;
}
