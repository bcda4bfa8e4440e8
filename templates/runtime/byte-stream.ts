/** Bytes at hand, a file, or bytes still to come. */
export type BytePiece = Uint8Array | Blob | ReadableStream<Uint8Array>;

/**
 * The same bytes, seen as they pass. Nothing is read before it is asked for, and cancelling reaches the
 * source at once, even while it keeps a reader waiting.
 */
export function tap(
  source: ReadableStream<Uint8Array>,
  see: (chunk: Uint8Array) => void,
): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
        } else {
          see(value);
          controller.enqueue(value);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** One stream of several pieces, each opened when the one before it has ended. */
export function concat(pieces: readonly BytePiece[]): ReadableStream<Uint8Array> {
  const rest = [...pieces];
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  /** Gives the next chunk; undefined at the end. */
  const next = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (!done) return value;
      reader = undefined;
      const piece = rest.shift();
      if (piece instanceof Blob) reader = piece.stream().getReader();
      else if (piece instanceof ReadableStream) reader = piece.getReader();
      else return piece;
    }
  };
  const giveUp = async (reason: unknown): Promise<void> => {
    const open = [reader, ...rest.splice(0)].map(async (piece) => {
      if (piece !== undefined && "cancel" in piece) await piece.cancel(reason);
    });
    await Promise.allSettled(open);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await next();
          if (chunk === undefined) controller.close();
          else controller.enqueue(chunk);
        } catch (error) {
          await giveUp(error);
          throw error;
        }
      },
      cancel: giveUp,
    },
    { highWaterMark: 0 },
  );
}

/**
 * The same stream, sent without being kept. Node.js splits the stream of each request in two (`tee`), for
 * the sake of a redirect that it might follow, and then collects in memory what nobody reads of the
 * second one (nodejs/undici#4058). The runtime never lets it send a stream twice: here all bytes go to
 * the half that is read first, and giving up either half gives up the whole.
 */
export function unkept(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let taker: object | undefined;
  let end: { readonly reason: unknown } | undefined;
  const half = (): ReadableStream<Uint8Array> => {
    const self = {};
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          taker ??= self;
          if (taker !== self) throw new TypeError("the stream is being sent already");
          const { done, value } = await reader.read();
          // Cancelling ends the source as if it were complete.
          if (end !== undefined) throw end.reason;
          if (done) controller.close();
          else controller.enqueue(value);
        },
        async cancel(reason) {
          end ??= { reason };
          await reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
  };
  const whole = half();
  Object.defineProperty(whole, "tee", {
    value: () => {
      whole.getReader();
      return [half(), half()];
    },
  });
  return whole;
}
