import type { Statement } from "./layout/statements.js";

/** A file before it is text: its path below the service's folder, and its statements. */
export interface FileStructure {
  readonly path: string;
  readonly statements: readonly Statement[];
}
