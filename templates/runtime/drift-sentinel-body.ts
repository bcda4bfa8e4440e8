/** A copy that takes longer than this is given up, in milliseconds. */
const LONGEST = 30_000;

/**
 * Reads the copy of a body as text. It never rejects.
 *
 * @param limit - in bytes
 * @param signal - ends the reading
 * @returns the text; `undefined` where there is more than that, or where it ended early
 */
export async function readCopy(
  copy: Response,
  limit: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const reader = copy.body?.getReader();
  if (reader === undefined) return undefined;
  let isStopped = signal.aborted;
  // The other copy is the caller's: what cancelling this one waits for is none of our business.
  const stop = (): void => {
    isStopped = true;
    reader.cancel().catch(() => undefined);
  };
  const timer = setTimeout(stop, LONGEST);
  signal.addEventListener("abort", stop);
  try {
    const text = isStopped ? undefined : await readAll(reader, limit);
    // A body that is cancelled looks like one that has ended.
    return isStopped ? undefined : text;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) return undefined;
    text += decoder.decode(value, { stream: true });
  }
}
