/** A JSON value as the parsers give it. Objects of documents have no prototype games: read them with `Object.hasOwn`. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue | undefined;
}

/** One file that was read, with its text for code frames. */
export interface SourceFile {
  /** As the user named it: relative to the working directory, with forward slashes; or a URL, or `git:REF:PATH`. */
  readonly path: string;
  readonly text: string;
  /** What the server that it was fetched from calls this state of it. */
  readonly etag?: string;
}

/**
 * An OpenAPI document as it was read: every file it is made of, and one bundled value in which each `$ref`
 * points into the same value (`#/...`).
 */
export interface Source {
  readonly file: SourceFile;
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly document: JsonObject;
  /**
   * Where parts of the bundled value come from: pointer into `document` -> file and pointer in that file.
   * The longest prefix counts; without one the place is in `file` at the same pointer.
   */
  readonly origins: ReadonlyMap<string, { readonly file: string; readonly pointer: string }>;
}
