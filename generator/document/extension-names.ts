/**
 * Names of the specification extensions (`x-...`) that the configuration tells to read. An extension that it does
 * not name means nothing, whatever its name.
 */
export interface ExtensionNames {
  /** How the pages of a list are asked for: see `resolve/pagination.ts`. */
  readonly pagination?: string;
  /** Whether an operation may be repeated: see `resolve/idempotency.ts`. */
  readonly idempotency?: string;
  /** From which day on a deprecated operation may be gone: see `resolve/sunset.ts`. */
  readonly sunset?: string;
  /** Whether a value of a Swagger 2.0 document may be null: see `upgrade/schemas.ts`. OpenAPI 3 has a word for it. */
  readonly nullable?: string;
}
