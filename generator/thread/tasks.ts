import type { DocumentInput, LoadedDocument } from "../document/document-input.js";
import type { WantedPages } from "../make-files.js";
import type { PageFiles } from "../make-pages.js";
import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";

/** What the second thread does; each takes one value and gives one, both of which can be cloned. */
export interface Tasks {
  /** Reads a document: see `loadDocument`. */
  readonly load: (input: DocumentInput) => Promise<LoadedDocument>;
  /** Loads what a task needs that will be asked for, while there is time. */
  readonly prepare: (task: "print" | "pages") => Promise<void>;
  /** Makes pages, then prints the files of the same model that no other thread has taken: see `printRest`. */
  readonly make: (making: Making) => Promise<Made>;
}

/** The part of a service's files that the second thread may make. */
export interface Making {
  readonly printing: Printing;
  /** Of the same model; `undefined`: none. */
  readonly pages: WantedPages | undefined;
}

/** What the second thread has made. */
export interface Made {
  /** A place for each file; `undefined` for those of others. */
  readonly printed: readonly (GeneratedFile | undefined)[];
  readonly pages: PageFiles | undefined;
}

/** A model whose files several threads print together. */
export interface Printing {
  readonly model: ApiModel;
  /** The way from the files to the runtime's folder. */
  readonly runtime: string;
  /** In shared memory; for each file 0, or 1 once a thread has it. */
  readonly taken: Int32Array;
}

/** A task to do, and what became of it. */
export interface Request<T extends keyof Tasks = keyof Tasks> {
  readonly id: number;
  readonly task: T;
  readonly input: Parameters<Tasks[T]>[0];
}
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number;
      readonly problem: { readonly message: string; readonly stack: string | undefined };
    };
