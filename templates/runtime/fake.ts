import { ClientError, type Operation } from "./errors.js";
import { intercept } from "./fake-calls.js";
import { fakeResponse, FakeReply } from "./fake-response.js";
import type { FakeHandlers, MethodOf, OperationName, ParamsOf } from "./fake-types.js";
import type { MiddlewareContext } from "./middleware.js";
import type { ClientOptions, HeaderValues } from "./options.js";

/** A client for tests, and what became of its calls. */
export interface Fake<Client> {
  /** A real client, to be given to the code under test. */
  readonly client: Client;
  /** All calls so far, in their order. */
  readonly calls: readonly FakeCall<Client>[];
  /** The parameters of all calls of one operation so far, in their order. */
  readonly paramsOf: <Name extends OperationName<Client>>(
    name: Name,
  ) => readonly ParamsOf<MethodOf<Client, Name>>[];
  /**
   * For the end of a test, such as `afterEach(fake.verify)`: says in which test it was that a call had
   * no handler.
   *
   * @throws {@link FakeError} for the first such call.
   */
  readonly verify: () => void;
}

/** A call of a fake's client. */
export interface FakeCall<Client> {
  /** The operation, such as `"video.getVideo"`. */
  readonly name: OperationName<Client>;
  /** What the method was given; an empty object if it was given none. */
  readonly params: object;
}

/** What `createFake` can be told beside the options of the client. */
export interface FakeOptions {
  /**
   * Takes the place of what happens to a call without a handler beside its rejection: an unhandled
   * rejection, which fails the tests in every runner, also where the code under test swallows errors.
   */
  readonly onUnmatched?: ((error: FakeError) => void) | undefined;
}

/** An operation was called for which the fake has no handler. */
export class FakeError extends ClientError {
  /** The operation, such as `"video.getVideo"`. */
  readonly operationName: string;

  constructor(operation: Operation, operationName: string, known: readonly string[]) {
    const handlers = known.length === 0 ? "no handlers" : known.join(", ");
    super(operation, `is not faked: createFake was given no ${operationName}, but ${handlers}`);
    this.operationName = operationName;
  }

  override get name(): string {
    return "FakeError";
  }
}

/**
 * Makes a client whose calls are answered by functions and values instead of a service:
 *
 * ```ts
 * const fake = createFake(PeerTube, {
 *   "video.getVideos": { total: 0, data: [] },
 *   "video.getVideo": ({ id }, { reply }) => (id === known.id ? known : reply(404, problem)),
 *   "video.delVideo": undefined,
 * });
 * await codeUnderTest(fake.client);
 * ```
 *
 * All but the network is real: parameters and bodies are encoded, middleware runs, answers are encoded
 * and decoded again. A body that does not fit the document does not compile. A call without a handler
 * rejects with a {@link FakeError} and fails the test.
 *
 * @param handlers - by operation: the body of a 200, `undefined` for a 204, or a function that is given the
 *   parameters, at each attempt, and gives a body or what its `reply` made. A stream is asked for again
 *   when its events are at an end: `reply(204)` ends it for good.
 * @param options - those of the client. By default it sends each request once, to an origin that does not
 *   exist, and asks for no credentials: those are part of the game once `auth` is given.
 */
export function createFake<Client extends object, Options extends ClientOptions>(
  clientClass: new (options?: Options) => Client,
  handlers: FakeHandlers<Client>,
  options?: Options & FakeOptions,
): Fake<Client> {
  const { onUnmatched = failTest } = options ?? {};
  const known = new Map<string, unknown>(Object.entries(handlers));
  const calls: FakeCall<Client>[] = [];
  const unmatched: FakeError[] = [];
  const refuse = async (error: FakeError): Promise<never> => {
    unmatched.push(error);
    onUnmatched(error);
    // The platform tells of a rejection that nobody handles after this task: the test has to last.
    await new Promise((resolve) => later(resolve));
    throw error;
  };
  const client = new clientClass({ baseUrl: NOWHERE, retry: 0, ...options } as Options);
  intercept(client, options?.auth === undefined, (name, params) => {
    calls.push({ name: name as OperationName<Client>, params });
    return async (context) => {
      const { operation, request } = context;
      if (!known.has(name)) return refuse(new FakeError(operation, name, [...known.keys()]));
      const answer = await answerOf(known.get(name), params, context);
      return fakeResponse(answer, request.headers.get("accept") ?? "*/*");
    };
  });
  return {
    client,
    calls,
    paramsOf: (name) =>
      calls
        .filter((call) => call.name === name)
        .map(({ params }) => params as ParamsOf<MethodOf<Client, typeof name>>),
    verify: () => {
      const [first] = unmatched;
      if (first !== undefined) throw first;
    },
  };
}

/** A base URL that leads nowhere, should anything be sent all the same (RFC 2606, section 2). */
const NOWHERE = "https://fake.invalid";

/** As it is without the fake timers of a test. */
const later = globalThis.setTimeout;

/** Fails the test that runs, in every runner: an error that nobody handles. */
function failTest(error: FakeError): void {
  void Promise.reject(error);
}

/** What a handler answers: the value that it is, or what it gives as a function. */
function answerOf(handler: unknown, params: object, context: MiddlewareContext): unknown {
  if (typeof handler !== "function") return handler;
  const reply = (status: number, body?: unknown, headers?: HeaderValues): FakeReply =>
    new FakeReply(status, body, headers);
  return (handler as (params: object, context: object) => unknown)(params, { ...context, reply });
}
