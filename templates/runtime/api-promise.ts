import type { Exchange, Outcome } from "./exchange.js";
import type { Data, Result, WithResponse } from "./responses.js";

/**
 * What every method of a generated class returns. The request is already on its way, once. Awaiting
 * gives the decoded body, and an error for a status outside 2xx; the methods give other views of the
 * same answer. The body is decoded when one of them is first asked for.
 *
 * @typeParam Responses - the bodies of the operation's answers, by status.
 */
export class ApiPromise<Responses> implements Promise<Data<Responses>> {
  readonly #exchange: Promise<Exchange>;
  #outcome: Promise<Outcome> | undefined;
  readonly [Symbol.toStringTag] = "ApiPromise";

  constructor(exchange: Promise<Exchange>) {
    this.#exchange = exchange;
    // A body that somebody waits for already costs no second timer (0.4 microseconds of a call). Who
    // asks for a view gets the error there.
    exchange.then(
      ({ pause }) => {
        if (this.#outcome === undefined) pause();
      },
      () => undefined,
    );
  }

  /** The body of a success together with the response it came in. */
  async withResponse(): Promise<WithResponse<Data<Responses>>> {
    const outcome = await this.#settle();
    const { status, headers, response } = outcome;
    return { data: dataOf(outcome) as Data<Responses>, status, headers, response };
  }

  /**
   * The response, whatever its status, with its body not read. The timeout ends here; the call's
   * signal stays in charge of the body, until that is garbage. Once the body has been read, or is
   * being read, the other views reject.
   */
  async asResponse(): Promise<Response> {
    return (await this.#exchange).response;
  }

  /**
   * The answer, told apart by `ok` and `status`: an HTTP status never rejects. All other errors
   * (connection, timeout, abort, a success that does not decode) still do.
   */
  result(): Promise<Result<Responses>> {
    return this.#settle() as Promise<unknown> as Promise<Result<Responses>>;
  }

  then<Fulfilled = Data<Responses>, Rejected = never>(
    onFulfilled?: ((data: Data<Responses>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return (this.#settle().then(dataOf) as Promise<Data<Responses>>).then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Data<Responses> | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Data<Responses>> {
    return this.then().finally(onFinally);
  }

  #settle(): Promise<Outcome> {
    return (this.#outcome ??= this.#exchange.then((exchange) => exchange.decode()));
  }
}

function dataOf(outcome: Outcome): unknown {
  if ("error" in outcome) throw outcome.error;
  return outcome.data;
}
