import type { StatementStructures } from "ts-morph";

/** A file before it is text: its path below the service's folder, and its statements. */
export interface FileStructure {
  readonly path: string;
  readonly statements: readonly StatementStructures[];
}
