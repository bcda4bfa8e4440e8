import type { Outcome } from "../diagnostics/diagnostic.js";
import type { Source } from "../document/source.js";
import type { GeneratedFile } from "../output/generated-file.js";

/** What the second thread does; each takes one value and gives one, both of which can be cloned. */
export interface Tasks {
  /** Reads a document: see `loadSource`. */
  readonly load: (file: string) => Promise<Outcome<Source>>;
  /** Formats the files that no other thread has taken: see `formatRest`. */
  readonly format: (batch: Batch) => Promise<readonly (GeneratedFile | undefined)[]>;
}

/** Files that several threads format together. */
export interface Batch {
  readonly files: readonly GeneratedFile[];
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
  | { readonly id: number; readonly problem: string };
