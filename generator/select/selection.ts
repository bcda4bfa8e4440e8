import type { TextPlace } from "../diagnostics/diagnostic.js";

/** Which operations of a document become part of a client, and whether what they do not use is left out. */
export interface Selection {
  /** What is taken. Default: everything. */
  readonly include?: OperationFilter;
  /** What is left out of that; it counts more. Default: nothing. */
  readonly exclude?: OperationFilter;
  /** Whether components that no operation uses are left out too. */
  readonly prune: boolean;
}

/** A filter matches the operations that any of its entries matches. */
export interface OperationFilter {
  /** Names of tags; an operation with several tags has each of them. */
  readonly tags: readonly FilterEntry[];
  /** Patterns of paths, see `path-pattern.ts`. */
  readonly paths: readonly FilterEntry[];
  /** Ids of operations, or a method and a pattern of paths as in `GET /pets/{id}`. */
  readonly operations: readonly FilterEntry[];
  /** Whether deprecated operations match. */
  readonly deprecated: boolean;
}

/** What somebody wrote to name operations, and where. */
export interface FilterEntry {
  readonly text: string;
  /** `undefined` on the command line. */
  readonly place?: TextPlace;
}
