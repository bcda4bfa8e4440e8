import type { ApiModel } from "../model/api-model.js";
import type { NamedApi } from "../names/named-api.js";
import type { Source } from "../document/source.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import type { TypeTable } from "../types/types.js";

/** One of the two documents that are compared, and what the line makes of it. */
export interface DocumentSide {
  readonly source: Source;
  /** What the document says, and what is compared on the wire. */
  readonly api: ResolvedApi;
  /** The names and types of its client; `undefined` where only the wire is asked for, or none can be made. */
  readonly surface: DocumentSurface | undefined;
  /** Pointers of the document that was resolved, as pointers of {@link source}'s document: see `stages.ts`. */
  readonly written: (pointer: string) => string;
}

/** The TypeScript side of a document. */
export interface DocumentSurface {
  readonly named: NamedApi;
  readonly types: TypeTable;
  readonly model: ApiModel;
}
