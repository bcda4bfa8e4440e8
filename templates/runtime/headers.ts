import type { Refuse } from "./refuse.js";

/**
 * Sets a header that has a value (RFC 9110, section 5), after checking it: what `Headers` itself throws quotes the
 * value, and values are where the credentials are.
 *
 * @param what - how the error calls the header, if not by its name.
 */
export function setHeader(
  headers: Headers,
  name: string,
  value: string | undefined,
  refuse: Refuse,
  what?: string,
): void {
  if (value === undefined) return;
  const problem = !/^[\w!#$%&'*+.^`|~-]+$/.test(name)
    ? "has no valid name"
    : /[^\t\x20-\x7e\x80-\xff]/.test(value) &&
      "holds a line break, a control character or one outside Latin-1";
  if (problem) throw refuse(`${what ?? `the header ${JSON.stringify(name)}`} ${problem}`);
  headers.set(name, value);
}
