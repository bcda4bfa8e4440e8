/**
 * Compares a path of a document with a pattern: `*` stands for any characters but slashes, and a segment `**` for any
 * number of whole segments, none included. So `/videos/**` is `/videos` and everything below it. Everything else,
 * braces too, stands for itself; nothing is decoded, and upper case is not lower case.
 */
export function matchesPath(pattern: string, path: string): boolean {
  return matches(pattern.split("/"), path.split("/"), "**", matchesText);
}

/** Compares a text with a pattern, in which `*` stands for any characters. */
export function matchesText(pattern: string, text: string): boolean {
  return matches(Array.from(pattern), Array.from(text), "*", (left, right) => left === right);
}

/**
 * Whether items are what a list with wildcards describes. Where it fails it goes back to the last wildcard only, so
 * that no pattern takes longer than the product of both lengths.
 */
function matches(
  pattern: readonly string[],
  items: readonly string[],
  wildcard: string,
  fits: (part: string, item: string) => boolean,
): boolean {
  let part = 0;
  let item = 0;
  let retry: { readonly part: number; item: number } | undefined;
  while (item < items.length) {
    const wanted = pattern[part];
    if (wanted === wildcard) {
      retry = { part: part + 1, item };
      part += 1;
    } else if (wanted !== undefined && fits(wanted, items[item] ?? "")) {
      part += 1;
      item += 1;
    } else if (retry !== undefined) {
      retry.item += 1;
      part = retry.part;
      item = retry.item;
    } else return false;
  }
  return pattern.slice(part).every((rest) => rest === wildcard);
}
