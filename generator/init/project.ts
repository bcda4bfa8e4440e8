import type { PackageManager } from "./package-manager.js";

/** What a look around a project found: only what `driftline init` decides by. */
export interface Project {
  /** Absolute path of the folder that it was looked at from. */
  readonly folder: string;
  /** Most likely first. */
  readonly documents: readonly FoundDocument[];
  /** Whether there was so much to look through that documents may be missing. */
  readonly isCutShort: boolean;
  readonly packageManager: PackageManager;
  readonly packageFile: PackageFile | undefined;
  /** `undefined`: no `tsconfig.json` that can be read. */
  readonly compiler: CompilerSettings | undefined;
  /** The version of TypeScript that is installed; `undefined` where none is. */
  readonly typescript: string | undefined;
  readonly hasViteConfig: boolean;
  /** Whether there is a folder `src`. */
  readonly hasSources: boolean;
  /** The text of `driftline.yaml`; `undefined` where there is none. */
  readonly configuration: string | undefined;
}

/** A file that looks like the root of an OpenAPI document. */
export interface FoundDocument {
  /** Relative to the folder of the project, with forward slashes. */
  readonly path: string;
  /** What it says that it follows, such as `OpenAPI 3.1.0`. */
  readonly specification: string;
}

/** `package.json`. */
export interface PackageFile {
  readonly text: string;
  /** Whether files ending in `.js` are ES modules (`"type": "module"`). */
  readonly isModule: boolean;
  readonly scripts: ReadonlyMap<string, string>;
  /** The names of all packages that it asks for. */
  readonly dependencies: ReadonlySet<string>;
}

/** What a `tsconfig.json` says, with what it extends. */
export interface CompilerSettings {
  /** Whether a program may await outside of functions. */
  readonly hasTopLevelAwait: boolean;
  /** Whether the client cannot be compiled: it is written in ES modules, and the settings refuse to make CommonJS of them. */
  readonly refusesModuleSyntax: boolean;
  /** Whether the compiler knows less of the language's library than clients use: that of ES2022. */
  readonly lacksLibrary: boolean;
}
