/**
 * Tells whether one name may have become the other: half of the longer one or more is the same at their beginnings and
 * ends, as in `hasWebtorrentFiles` and `hasWebVideoFiles`.
 */
export function namesAlike(left: string, right: string): boolean {
  const shorter = Math.min(left.length, right.length);
  const start = commonStart(left, right, shorter);
  const end = commonStart(reversed(left), reversed(right), shorter - start);
  return start + end > 0 && (start + end) * 2 >= Math.max(left.length, right.length);
}

/**
 * Tells whether one summary may have become the other: of all words of the longer one three in four are words of both.
 */
export function summariesAlike(left: string | undefined, right: string | undefined): boolean {
  const [first, second] = [wordsOf(left), wordsOf(right)];
  const shared = [...first].filter((word) => second.has(word)).length;
  return shared > 0 && shared >= Math.max(first.size, second.size) * 0.75;
}

function commonStart(left: string, right: string, most: number): number {
  let length = 0;
  while (length < most && left[length] === right[length]) length += 1;
  return length;
}

function reversed(text: string): string {
  return text.split("").reverse().join("");
}

function wordsOf(text: string | undefined): ReadonlySet<string> {
  return new Set((text ?? "").toLowerCase().match(/[\p{L}\p{N}]+/gu));
}
