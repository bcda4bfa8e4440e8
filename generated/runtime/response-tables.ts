/** What answers have to be, for some operations: made by the generator, or by hand for any library. */
export interface ResponseTable {
  /** By `operationId`, then by status (`200`, `2XX` or `default`), then by media type or range (`text/*`). */
  readonly operations: Readonly<Record<string, StatusTable>>;
  /**
   * Whether the last key of a way into a value is a name of the document, rather than data such as a key of a map.
   * Default: none is.
   */
  readonly isName?: (schema: StandardSchema, path: readonly PropertyKey[]) => boolean;
}

/** Several of them; the first one that knows an operation counts. */
export type ResponseTables = readonly ResponseTable[];

/** The answers of an operation. A status without media types may have any body, or none. */
export type StatusTable = Readonly<Record<string, MediaTypeTable>>;

/** `null`: such a body is in the document, and is not looked into. */
export type MediaTypeTable = Readonly<Record<string, StandardSchema | null>>;

/** What validates values, whatever library it is of (Standard Schema, version 1). */
export interface StandardSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}

/** What a {@link StandardSchema} says of a value: what is wrong with it, if anything is. */
export interface StandardResult {
  readonly issues?: readonly StandardIssue[] | undefined;
}

/** Something that is wrong, and where. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
