import type { Refuse } from "./refuse.js";

/**
 * Sets a header (RFC 9110, section 5), after checking it: what `Headers` itself throws quotes the
 * value, and values are where the credentials are.
 *
 * @param what - how the error calls the header, if not by its name.
 */
export function setHeader(
  headers: Headers,
  name: string,
  value: string,
  refuse: Refuse,
  what?: string,
): void {
  const label = what ?? `the header ${JSON.stringify(name)}`;
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw refuse(`${label} has no valid name`);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw refuse(`${label} holds a line break, a control character or one outside Latin-1`);
  }
  headers.set(name, value);
}
