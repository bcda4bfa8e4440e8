/** Fails unless two values are the same when written as JSON. */
export function same(actual: unknown, expected: unknown, what = "value"): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: got ${cut(is)}, expected ${cut(should)}`);
}

/** Fails unless something is so. */
export function holds(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`not so: ${what}`);
}

/** What a promise is rejected with, which must be an error of this class. */
export async function failure<Failure>(
  promise: PromiseLike<unknown>,
  kind: abstract new (...args: never[]) => Failure,
): Promise<Failure> {
  const error = await reason(promise);
  if (!(error instanceof kind)) throw new Error(`expected ${kind.name}, got ${String(error)}`);
  return error;
}

/** What a promise is rejected with. */
export async function reason(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  throw new Error(`not rejected, but fulfilled with ${cut(JSON.stringify(value))}`);
}

/** Waits until something has become so, for at most five seconds. */
export async function eventually(isSo: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await isSo()) return;
    await later(50);
  }
  throw new Error(`never: ${what}`);
}

/** Waits, in milliseconds. */
export async function later(delay: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, delay));
}

function cut(text: string | undefined = "undefined"): string {
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}
