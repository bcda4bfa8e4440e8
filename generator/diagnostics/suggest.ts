/** The candidate that a misspelt word most likely means: less than half of it is wrong. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({
      candidate,
      distance: editDistance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(
      ({ candidate, distance }) =>
        distance <= Math.ceil(Math.max(word.length, candidate.length) * 0.4),
    )
    .sort((left, right) => left.distance - right.distance);
  return best?.candidate;
}

/**
 * The known word that a word is meant to be, where that is as good as sure: it differs in case only, or in one
 * character, or in two of a long word.
 */
export function misspelt(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  return known.find((candidate) => {
    const isShort = word.length < 3 || candidate.length < 4;
    const most = isShort ? 0 : candidate.length < 8 ? 1 : 2;
    return (
      Math.abs(word.length - candidate.length) <= most &&
      editDistance(lower, candidate.toLowerCase()) <= most
    );
  });
}

/** `Did you mean "x"?`, or else what the choice is. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const guess = closest(word, candidates);
  return guess === undefined ? `Known are: ${candidates.join(", ")}.` : `Did you mean "${guess}"?`;
}

/** Levenshtein distance: how many characters must be added, dropped or replaced. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
