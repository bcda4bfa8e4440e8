/*
 * `JSON.parse` makes a double of every number, and a double has no more than 15 decimal digits for sure (IEEE 754,
 * binary64). Longer numbers get through it as strings, told apart from other strings by a mark.
 */

/** Stands before the digits of a number that became a string; a string that begins so has it twice. */
const MARK = "\0";
/** The same as JSON writes it: in any other form it is no JSON (RFC 8259, section 7). */
const MARK_JSON = "\\u0000";

/** The fewest characters of a number that is long. */
const LONG = 16;

/** Whether a text may have integers that `JSON.parse` would change: most have none. */
export function hasLongNumbers(text: string): boolean {
  return /\d{16}/.test(text);
}

/**
 * Makes every long number of a JSON text a marked string. What is no JSON stays none.
 *
 * @returns JSON for `JSON.parse`; each of its strings that {@link isMarked} is to be {@link unmarked} then.
 */
export function markLongNumbers(text: string): string {
  const token = /"|-?\d[-+.\dEe]*/g;
  const pieces: string[] = [];
  let done = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [written] = found;
    const start = found.index;
    const isString = written === '"';
    if (isString) token.lastIndex = endOfString(text, start);
    const end = token.lastIndex;
    // A key is never changed, and a number in the place of one stays the mistake that it is.
    if (isKey(text, end)) continue;
    if (isString && text.startsWith(MARK_JSON, start + 1)) {
      pieces.push(text.slice(done, start + 1), MARK_JSON);
      done = start + 1;
    } else if (!isString && written.length >= LONG && NUMBER.test(written)) {
      pieces.push(text.slice(done, start), `"${MARK_JSON}${written}"`);
      done = end;
    }
  }
  return pieces.join("") + text.slice(done);
}

/** Whether a string was marked: it was a number, unless it still is marked without its first mark. */
export function isMarked(text: string): boolean {
  return text.startsWith(MARK);
}

/** A string without its first mark. */
export function unmarked(text: string): string {
  return text.slice(MARK.length);
}

/** RFC 8259, section 6. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][-+]?\d+)?$/;

/** Where a string ends: behind the first quote that has an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote > 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (text[before - 1] === "\\") before -= 1;
    if ((quote - before) % 2 === 0) return quote + 1;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  const colon = /[\t\n\r ]*:/y;
  colon.lastIndex = end;
  return colon.test(text);
}
