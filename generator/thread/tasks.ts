import type { Outcome } from "../diagnostics/diagnostic.js";
import type { Source } from "../document/source.js";
import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";

/** What the second thread does; each takes one value and gives one, both of which can be cloned. */
export interface Tasks {
  /** Reads a document: see `loadSource`. */
  readonly load: (file: string) => Promise<Outcome<Source>>;
  /** Prints a model: see `emitApi`. */
  readonly print: (printing: Printing) => Promise<readonly GeneratedFile[]>;
}

/** A model, and the way from its files to the runtime's folder. */
export interface Printing {
  readonly model: ApiModel;
  readonly runtime: string;
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
