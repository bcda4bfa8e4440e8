import type { BridgeName } from "../bridges/bridge-names.js";
import type { Language } from "../config/language.js";
import type { Diagnostic, Outcome } from "../diagnostics/diagnostic.js";
import type { DocumentInput, LoadedDocument } from "../document/document-input.js";
import type { ExtensionNames } from "../document/extension-names.js";
import type { Int64Policy } from "../document/int64-policy.js";
import type { Source } from "../document/source.js";
import type { Page } from "../docs/page.js";
import type { Diagnosis } from "../doctor/diagnose.js";
import type { CountedVerdict } from "../drift/drift-report.js";
import type { Comparison } from "../drift/finding.js";
import type { Helper } from "../names/helper.js";
import type { Pins } from "../names/pins.js";
import type { GeneratedFile } from "../output/generated-file.js";
import type { Keys, KnownFiles } from "../output/known-files.js";
import type { Reference } from "../reference/reference.js";
import type { Selection } from "../select/selection.js";
import type { SiteAssets } from "../site/site.js";

/** What decides the output of a service besides its document. */
export interface ServiceOptions {
  /** Name of the client class. Default: made of the document's title. */
  readonly name?: string;
  /** Specification extensions that mean something in the document. Default: none. */
  readonly extensions?: ExtensionNames;
  /** What a 64-bit integer is. Default: a number. */
  readonly int64?: Int64Policy;
  /** Which operations are taken. Default: all. */
  readonly selection?: Selection;
  /** Files that are part of the client beside what is generated, sorted by name. Default: none. */
  readonly helpers?: readonly Helper[];
  /** The names that an earlier run gave. Default: none. */
  readonly pins?: Pins;
  /** The libraries that the client is joined to. Default: none. */
  readonly bridges?: readonly BridgeName[];
  /** Where programs of the pages import the client from, such as `./generated/sftpgo/index.js`. Default: no pages. */
  readonly pages?: { readonly clientModule: string };
  /** Where the runtime lies, seen from the folder of the service. */
  readonly runtime: "../runtime" | "./runtime";
}

/** What is made of the document of one service. */
export interface GeneratedService {
  /** Relative to the folder of the service. */
  readonly files: readonly GeneratedFile[];
  /** The hash of the document of which they were made (`valueHash`). */
  readonly document: string;
  /** The names in them, for the next run to keep. */
  readonly pins: Pins;
  /** What some of the files are made of; of none unless known files were given. */
  readonly keys: Keys;
}

/** The reference pages of one service, and what they tell. */
export interface ServicePages {
  readonly reference: Reference;
  readonly pages: readonly Page[];
}

/** A stage of the line whose result `inspect` can show. */
export const STAGES = ["source", "resolve", "name", "types", "model", "emit"] as const;
export type Stage = (typeof STAGES)[number];

/** Is told which stage begins. */
export type Observe = (stage: Stage) => void;

/** Two documents to compare. */
export interface CompareRequest {
  readonly old: Source;
  readonly new: Source;
  /** What decides the clients of both. */
  readonly options: ServiceOptions;
  /** Where only the wire counts, no clients are made, which takes most of the time. */
  readonly verdict: CountedVerdict;
  /** Whether texts and examples are compared too, which are never drift. */
  readonly docs: boolean;
  /** Whose code findings are looked up in, and which client it uses. Default: nobody's. */
  readonly usages?: UsagePlaces | undefined;
}

/** The user's own code. */
export interface UsagePlaces {
  /** Absolute path that globs, and the places that are told, are relative to. */
  readonly folder: string;
  /** The files to look through, such as `src/**\/*.ts`. */
  readonly globs: readonly string[];
  /** Absolute path of the generated client that the code imports. */
  readonly client: string;
}

/** What comparing two documents gave, and what was found in each. */
export interface Compared {
  /** `undefined` after an error in either document. */
  readonly comparison: Comparison | undefined;
  readonly diagnostics: {
    readonly old: readonly Diagnostic[];
    readonly new: readonly Diagnostic[];
  };
}

/** The line as the commands see it; `pipeline.ts` is the one implementation, tests may bring another. */
export interface Pipeline {
  /** May begin to read a document for which `loadDocument` will be called with the same object. Default: that reads it. */
  readonly prepareDocument?: (input: DocumentInput) => void;
  /** Reads a document with all its files and overlays: see `load-document.ts`. There may be a value beside errors. */
  readonly loadDocument: (input: DocumentInput) => Promise<LoadedDocument>;
  /** Everything that is found in a document of which no client is made. */
  readonly examineSource: (
    source: Source,
    options: ServiceOptions,
  ) => Promise<readonly Diagnostic[]>;
  /** Everything that two documents differ in: see `compare-services.ts`. */
  readonly compare: (request: CompareRequest) => Promise<Compared>;
  /**
   * The files of one service, and their names. `observe` is told of each stage that begins; `known` are files that need
   * not be made again where they would be made of the same.
   */
  readonly generateService: (
    source: Source,
    options: ServiceOptions,
    observe?: Observe,
    known?: KnownFiles,
  ) => Promise<Outcome<GeneratedService>>;
  /** The reference pages of one service: those that `generateService` makes where `pages` are wanted. */
  readonly makePages: (
    source: Source,
    options: ServiceOptions & Required<Pick<ServiceOptions, "pages">>,
  ) => Promise<Outcome<ServicePages>>;
  /** Files of TypeScript in another language: see `javascript/javascript.ts`. */
  readonly translate: (
    files: readonly GeneratedFile[],
    language: Language,
  ) => Promise<readonly GeneratedFile[]>;
  /** The files of the shared runtime, relative to its folder. */
  readonly runtimeFiles: () => Promise<readonly GeneratedFile[]>;
  /** The files that all sites of reference pages have. */
  readonly siteAssets: () => Promise<SiteAssets>;
  /** Everything that `helpers` of a service can name. */
  readonly helpers: () => Promise<readonly Helper[]>;
  /** What is wrong with a document, and which overlay repairs it: see `doctor/diagnose.ts`. */
  readonly diagnose: (
    source: Source,
    options: ServiceOptions,
    title: string,
    isBroken: boolean,
  ) => Promise<Diagnosis>;
  /** What a stage made of one operation: named by operationId, by method name or as `GET /path`. */
  readonly inspectOperation: (
    source: Source,
    options: ServiceOptions,
    operation: string,
    stage: Stage,
  ) => Promise<Outcome<unknown>>;
}
