/** Which operation an error is about. It holds what the document says, never a value. */
export interface Operation {
  /** The name of the service. */
  readonly service: string;
  readonly operationId: string;
  readonly method: string;
  /** The path template, with its `{name}`s. */
  readonly path: string;
}

/**
 * The root of everything that a call can be rejected with, except the caller's own: the reason of
 * an aborted signal, and what a credential function throws, are passed on as they are.
 *
 * Messages name the operation, its method and path template, and the status; never a credential, a
 * query string or a body.
 */
export class ClientError extends Error {
  readonly operation: Operation;

  constructor(operation: Operation, problem: string, options?: ErrorOptions) {
    super(`${operation.operationId}: ${operation.method} ${operation.path} ${problem}`, options);
    this.operation = operation;
  }

  // A getter on the prototype: stable when class names are minified, and not a property that
  // every printed error repeats.
  override get name(): string {
    return "ClientError";
  }

  /** What is safe to log: no header, no body, no cause. */
  toJSON(): object {
    return Object.assign({}, this, { name: this.name, message: this.message });
  }
}

/**
 * The service answered with a status outside 2xx.
 *
 * `body`, `headers` and `response` are not shown when the error is printed or turned into JSON:
 * servers repeat in them what they were sent.
 */
export class ApiError extends ClientError {
  readonly status: number;
  /** What the service calls this request in its own logs, if it says so. */
  readonly requestId: string | undefined;
  readonly #body: unknown;
  readonly #response: Response;

  constructor(operation: Operation, response: Response, body: unknown) {
    super(operation, `answered ${response.status}`);
    this.status = response.status;
    this.requestId =
      response.headers.get("x-request-id") ?? response.headers.get("x-correlation-id") ?? undefined;
    this.#body = body;
    this.#response = response;
  }

  override get name(): string {
    return "ApiError";
  }

  /**
   * The decoded body: JSON or text by its own content type, otherwise a `Blob`; `undefined` if it
   * is empty. At most 1 MB of it is read.
   */
  get body(): unknown {
    return this.#body;
  }

  get headers(): Headers {
    return this.#response.headers;
  }

  /** The response; its body has been read. */
  get response(): Response {
    return this.#response;
  }
}

/** An {@link ApiError} whose status, and with it the type of the body, is known from the document. */
export interface ApiErrorWith<Status extends number, Body> extends ApiError {
  readonly status: Status;
  readonly body: Body;
}

/** No answer, or not a whole one: the name did not resolve, the connection failed or broke off. */
export class ConnectionError extends ClientError {
  /** The platform's code, such as `ECONNREFUSED`, where it gives one. */
  readonly code: string | undefined;

  constructor(operation: Operation, error: unknown) {
    const cause = withoutUrls(error, 4);
    super(operation, `got no complete answer${cause?.code ? ` (${cause.code})` : ""}`, { cause });
    this.code = cause?.code;
  }

  override get name(): string {
    return "ConnectionError";
  }
}

/** The call took longer than its timeout, or an attempt than its own. */
export class TimeoutError extends ClientError {
  /** The timeout, in milliseconds. */
  readonly timeout: number;

  /** @param what - what took so long, if not the call. */
  constructor(operation: Operation, timeout: number, what = "") {
    super(operation, `took longer than ${timeout} ms${what}`);
    this.timeout = timeout;
  }

  override get name(): string {
    return "TimeoutError";
  }
}

/** The answer was a success, but its body is not what the document says. */
export class DecodeError extends ClientError {
  readonly status: number;
  readonly #text: string | undefined;

  constructor(operation: Operation, response: Response, problem: string, text?: string) {
    super(operation, `answered ${response.status} with a body that ${problem}`);
    this.status = response.status;
    this.#text = text?.slice(0, 64_000);
  }

  override get name(): string {
    return "DecodeError";
  }

  /** The text that could not be decoded, at most 64,000 characters of it; not printed. */
  get text(): string | undefined {
    return this.#text;
  }
}

/** None of the operation's security alternatives has all its credentials. */
export class MissingCredentialsError extends ClientError {
  /** The alternatives: scheme names with the scopes they need. */
  readonly alternatives: readonly Readonly<Record<string, readonly string[]>>[];

  constructor(
    operation: Operation,
    alternatives: readonly Readonly<Record<string, readonly string[]>>[],
  ) {
    super(operation, `needs credentials in \`auth\`: ${alternatives.map(describe).join(", or ")}`);
    this.alternatives = alternatives;
  }

  override get name(): string {
    return "MissingCredentialsError";
  }
}

/** The service answered with a redirect that is not followed. */
export class RedirectError extends ClientError {
  readonly status: number;
  /** The origin it points to; `undefined` where the platform hides it (browsers). */
  readonly origin: string | undefined;

  constructor(operation: Operation, status: number, origin: string | undefined) {
    super(operation, `was redirected to ${origin ?? "a hidden place"}, which is not followed`);
    this.status = status;
    this.origin = origin;
  }

  override get name(): string {
    return "RedirectError";
  }
}

/** The call cannot be made as it was asked for: an option or a parameter is not usable. */
export class ConfigurationError extends ClientError {
  constructor(operation: Operation, problem: string, options?: ErrorOptions) {
    super(operation, `cannot be sent: ${problem}`, options);
  }

  override get name(): string {
    return "ConfigurationError";
  }
}

function describe(alternative: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(alternative)
    .map(([name, scopes]) => (scopes.length === 0 ? name : `${name} (${scopes.join(", ")})`))
    .join(" + ");
}

/** An error of the platform; its code, or that of what caused it. */
interface PlatformError extends Error {
  readonly code?: string | undefined;
}

/**
 * Copies what the platform threw. Deno, Bun and node-fetch put the whole URL, and with it the query,
 * into messages and properties: messages lose their URLs, of the properties only `code` is kept.
 */
function withoutUrls(error: unknown, depth: number): PlatformError | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  const { name, code } = error as PlatformError;
  const cause = withoutUrls(error.cause, depth - 1);
  const copy = new Error(error.message.replace(/https?:\/\/\S*/gi, "(url)"), { cause });
  return Object.assign(copy, {
    name,
    code: cause?.code ?? (typeof code === "string" ? code : undefined),
  });
}
