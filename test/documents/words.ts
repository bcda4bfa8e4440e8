/** Words that carry no meaning of their own in a description. */
const EMPTY = new Set(
  (
    "a all an and any api are as at be been by can do does each for from get gets given has have if in into is it its " +
    "list lists of on one or returns return set sets that the their them then these they this to update updates used " +
    "value was were which will with object item items field property parameter create creates delete deletes read show"
  ).split(" "),
);

/**
 * How many words a text has that its subject does not say already: "Get foo" for `getFoo` has none.
 *
 * @param subject names that the reader has seen when the text is read: operationId, property, path
 */
export function newWords(text: string, ...subject: readonly string[]): number {
  const known = new Set(subject.flatMap(wordsOf).map(stem));
  return new Set(
    wordsOf(text)
      .filter((word) => !EMPTY.has(word))
      .map(stem)
      .filter((word) => !known.has(word)),
  ).size;
}

function wordsOf(text: string): readonly string[] {
  return (text.replace(/([a-z])([A-Z])/g, "$1 $2").match(/[\p{L}\p{N}]+/gu) ?? []).map((word) =>
    word.toLowerCase(),
  );
}

function stem(word: string): string {
  return word.replace(/(?:ies|y|es|s|ed|ing|e)$/, "");
}
