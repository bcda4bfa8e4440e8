/** Whether something holds; `undefined` where it cannot be told. */
export type Answer = boolean | undefined;

/** Whether all of some answers hold. */
export function all(answers: Iterable<Answer>): Answer {
  let result: Answer = true;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === undefined) result = undefined;
  }
  return result;
}

/** Whether any of some answers holds. */
export function any(answers: Iterable<Answer>): Answer {
  let result: Answer = false;
  for (const answer of answers) {
    if (answer === true) return true;
    if (answer === undefined) result = undefined;
  }
  return result;
}
