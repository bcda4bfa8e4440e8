/**
 * Names of the specification extensions (`x-...`) that the configuration tells to read. An extension that it does
 * not name means nothing, whatever its name.
 */
export interface ExtensionNames {
  /** How the pages of a list are asked for: see `resolve/pagination.ts`. */
  readonly pagination?: string;
  /** Whether an operation may be repeated: see `resolve/idempotency.ts`. */
  readonly idempotency?: string;
}
