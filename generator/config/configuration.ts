import type { BridgeName } from "../bridges/bridge-names.js";
import type { TextPlace } from "../diagnostics/diagnostic.js";
import type { WarningPolicy } from "../diagnostics/policy.js";
import type { ExtensionNames } from "../document/extension-names.js";
import type { Int64Policy } from "../document/int64-policy.js";
import type { Limits } from "../document/limits.js";
import type { Selection } from "../select/selection.js";
import type { Language } from "./language.js";
import type { RuntimePlace } from "./runtime-place.js";

/** One entry under `services`: a document and the client that is made of it. */
export interface ServiceConfiguration {
  /** The key of the entry: the service's name on the command line and its folder below the output. */
  readonly service: string;
  /** Absolute path of the OpenAPI document. */
  readonly input: string;
  /** Absolute path of the folder of the client. */
  readonly folder: string;
  /** Whether the runtime that the client imports is part of its folder, or beside it for all. */
  readonly runtime: RuntimePlace;
  /** Absolute paths of overlays, in the order in which they are applied. */
  readonly overlays: readonly string[];
  /** Name of the client class; the title of the document decides where it is left out. */
  readonly name?: string;
  /** What a 64-bit integer of the document is; a number where it is left out. */
  readonly int64?: Int64Policy;
  /** Files of the package that become part of the client; whether there are such files is not known here. */
  readonly helpers: readonly HelperReference[];
  /** What references of the document may read, that of all documents included. */
  readonly references: ReferenceConfiguration;
  /** Limits of the document; those that are left out are the usual ones. */
  readonly limits: Partial<Limits>;
  /** Which operations of the document are taken; all where it is left out. */
  readonly selection?: Selection;
  /** What becomes of warnings about the document. */
  readonly policy: WarningPolicy;
  /** The libraries that the client is joined to. */
  readonly bridges: readonly BridgeName[];
  /** Whether reference pages are part of the client. */
  readonly docs: boolean;
  /** Where the document is published; `undefined` where that is not told. */
  readonly upstream?: UpstreamConfiguration;
}

/** The published document of a service. */
export interface UpstreamConfiguration {
  readonly url: string;
  /** Absolute path of the acceptance file. */
  readonly accept?: string;
  /** Absolute paths of overlays for the published document; those of the service where it is left out. */
  readonly overlays?: readonly string[];
  /** Whether the input is a document of the user's own, and no copy of the published one. */
  readonly isMaintained: boolean;
  /** The path of the document on an installed server. */
  readonly server?: string;
  /** Sent to the origin of the URL and to no other one. */
  readonly headers: readonly HeaderReference[];
  /** Whether the URL may be one of the user's own network. */
  readonly privateNetwork: boolean;
}

/** What references may read beside the folder of their document. */
export interface ReferenceConfiguration {
  /** Absolute paths. */
  readonly folders: readonly string[];
  readonly origins: readonly OriginReference[];
}

/** An origin from which files may be fetched, as the configuration has it. */
export interface OriginReference {
  readonly origin: string;
  readonly place: TextPlace;
  readonly headers: readonly HeaderReference[];
  /** Whether it may be one of the user's own network. */
  readonly privateNetwork: boolean;
}

/** A header whose text may name environment variables. */
export interface HeaderReference {
  readonly name: string;
  readonly text: string;
  readonly place: TextPlace;
}

/** A helper by its name, and where the configuration names it. */
export interface HelperReference {
  readonly name: string;
  readonly place: TextPlace;
}

/** What `driftline.yaml` says, with paths resolved. */
export interface Configuration {
  /** Absolute path of the folder that holds the file; everything is written below it. */
  readonly folder: string;
  /** Absolute paths of the file and all that it extends, also of those that are missing. */
  readonly files: readonly string[];
  /** Absolute path of the folder for `runtime/` and one folder per service. */
  readonly output: string;
  /** What the clients and the runtime are written in. */
  readonly language: Language;
  /** Specification extensions that mean something in the documents of all services. */
  readonly extensions: ExtensionNames;
  /** Sorted by name, so that the order of the file's keys never matters. */
  readonly services: readonly ServiceConfiguration[];
}
