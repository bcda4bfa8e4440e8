import type { JsonValue, SourceFile } from "../document/source.js";

/** The two feature sets of the Overlay Specification; patch versions make no difference (Overlay 1.1.0, "Versions"). */
export type OverlayVersion = "1.0" | "1.1";

/** What an action does to every node that its target selects. */
export type Change =
  | { readonly kind: "update"; readonly value: JsonValue }
  /** The query of the one node whose value is merged. */
  | { readonly kind: "copy"; readonly from: string }
  | { readonly kind: "remove" };

/** One entry under `actions` (Overlay 1.1.0, "Action Object"). */
export interface Action {
  /** Where it stands in the overlay. */
  readonly pointer: string;
  /** A JSONPath query (RFC 9535). */
  readonly target: string;
  readonly change: Change;
}

/** An overlay file that is known to be well-formed; its queries are not read yet. */
export interface Overlay {
  readonly file: SourceFile;
  readonly version: OverlayVersion;
  /** The document that it is made for, as a URI reference relative to the overlay. */
  readonly extends: string | undefined;
  readonly actions: readonly Action[];
}
