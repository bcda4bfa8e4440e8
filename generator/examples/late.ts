/** Something that is made when somebody asks for it, and not before. */
export interface Late<T> {
  /** Makes it, once. */
  readonly made: () => T;
  /** What it is made of: so that JSON, and with it a key (`keyOf`), tells that in place of what is made. */
  readonly toJSON: () => string;
}

/**
 * @param make what makes it, each time the same
 * @param madeOf a key that differs where `make` may give something else
 */
export function late<T>(make: () => T, madeOf: () => string): Late<T> {
  let made: { readonly value: T } | undefined;
  return { made: () => (made ??= { value: make() }).value, toJSON: madeOf };
}
