/**
 * Names that a schema cannot have without hiding something that readers or generated files count on: the globals of
 * ECMAScript, the utility types of TypeScript, and the web interfaces that Node.js, Bun, Deno, workers and browsers
 * share (the Minimum Common Web API). Such a schema is called `ErrorModel` instead of `Error`.
 */
const GLOBAL_TYPES = `
  AggregateError Array ArrayBuffer ArrayBufferView AsyncDisposable AsyncGenerator AsyncIterable AsyncIterableIterator
  AsyncIterator Atomics Awaited BigInt BigInt64Array BigUint64Array Boolean Capitalize ConstructorParameters DataView
  Date Disposable Error EvalError Exclude Extract FinalizationRegistry Float32Array Float64Array Function Generator
  Infinity InstanceType Int16Array Int32Array Int8Array Intl Iterable IterableIterator Iterator JSON Lowercase Map Math
  NaN NoInfer NonNullable Number Object Omit OmitThisParameter Parameters Partial Pick Promise PromiseLike PropertyKey
  Proxy RangeError Readonly ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError Reflect RegExp RegExpExecArray
  RegExpMatchArray Required ReturnType Set SharedArrayBuffer String Symbol SyntaxError TemplateStringsArray ThisType
  TypeError TypedPropertyDescriptor URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray Uncapitalize Uppercase
  WeakKey WeakMap WeakRef WeakSet
  AbortController AbortSignal Blob ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy Crypto CryptoKey
  CustomEvent DOMException DecompressionStream Document Element Event EventSource EventTarget File FormData Headers
  MessageChannel MessageEvent MessagePort Node Notification Performance ReadableStream ReadableStreamDefaultReader
  Request RequestInit Response ResponseInit Storage SubtleCrypto TextDecoder TextDecoderStream TextEncoder
  TextEncoderStream TransformStream URL URLSearchParams WebAssembly WebSocket Window WritableStream
`;

/** Names of the runtime that generated files import or that `index.ts` hands on. */
const RUNTIME_TYPES = `
  ApiClass ApiError ApiErrorGuard ApiErrorWith ApiPromise BasicCredential BinaryBody CallOptions ClientError
  ClientOptions ConfigurationError ConnectionError Credential CredentialRequest Cursors Data DecodeError DeviceCode
  DeviceLoginOptions Download
  DownloadChangedError DownloadOptions EventStream EventStreamOptions FilePart JsonItems JsonStream JsonStreamOptions LinkPagedPromise LinkPagesOptions
  LogRecord LoginRefusedError Middleware MiddlewareContext MissingCredentialsError OAuth2Error OAuth2Flows
  OAuth2Session Operations Page PagedPromise PagesOptions PagingError ParameterValue PendingAuthorization
  ProgressListener RateLimit ReconnectOptions ReconnectedEvent ReconnectingEvent RedirectError RequestOptions Result RetryEvent
  RetryOptions ServerSentEvent Service SessionExpiredError TimeoutError TokenSet TokenStorage Transport
  UndocumentedCall UndocumentedResponses WithResponse deviceLogin download downloadIfChanged downloadProgress isApiError logLine
  logging oauth2Flows rateLimitOf requestId service startingAt streamBody streamPart uploadProgress webLock webStorage
`;

/** Words that TypeScript does not take as the name of a type (TypeScript reserves predefined types too). */
const KEYWORDS = `
  any as asserts async await bigint boolean break case catch class const continue debugger declare default delete do else
  enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let
  module namespace never new null number object of package private protected public readonly require return set static
  string super switch symbol this throw true try type typeof undefined unique unknown var void while with yield
`;

/** What an API class, or every object, has already. `then` would make a client look like a promise. */
const MEMBERS = `
  __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ catch constructor finally hasOwnProperty
  isPrototypeOf propertyIsEnumerable prototype request then toLocaleString toString transport url valueOf
`;

/** Keys of `params` that mean something else than a parameter, and what every object has without being given it. */
const PARAMETER_KEYS = `
  __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__ body constructor hasOwnProperty
  isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf
`;

/** File names that Windows keeps for devices, and those of the fixed files of a client. */
const FILE_STEMS = `
  aux con nul prn com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
  client index models oauth2 operations runtime service
`;

const words = (list: string): ReadonlySet<string> =>
  new Set(list.split(/\s+/).filter((word) => word !== ""));

export const RESERVED_TYPES: ReadonlySet<string> = new Set([
  ...words(GLOBAL_TYPES),
  ...words(RUNTIME_TYPES),
  ...words(KEYWORDS),
]);
export const RESERVED_MEMBERS: ReadonlySet<string> = words(MEMBERS);
export const RESERVED_PARAMETER_KEYS: ReadonlySet<string> = words(PARAMETER_KEYS);
export const RESERVED_FILE_STEMS: ReadonlySet<string> = words(FILE_STEMS);
