import type { ApiClass } from "./api-class.js";
import type { ApiPromise } from "./api-promise.js";
import type { FakeReply } from "./fake-response.js";
import type { JsonStream } from "./json-stream.js";
import type { MiddlewareContext } from "./middleware.js";
import type { HeaderValues } from "./options.js";
import type {
  ClientErrorStatus,
  RedirectStatus,
  ServerErrorStatus,
  SuccessStatus,
} from "./responses.js";

/*
 * The types of `fake.ts`. Nothing is worked out for an operation before its name is written: a client
 * of hundreds of operations costs the compiler little more than their names.
 */

/**
 * The names of all operations of a client, such as `"video.getVideo"`; `"request"` stands for all that its
 * document does not have.
 */
export type OperationName<Client> = {
  [Property in keyof Client & string]: Client[Property] extends ApiClass
    ? `${Property}.${keyof Client[Property] & string}`
    : Extract<Property, "request">;
}[keyof Client & string];

/** What answers the calls of a client, by the names of its operations. */
export type FakeHandlers<Client> = {
  readonly [Name in OperationName<Client>]?: FakeHandler<MethodOf<Client, Name>>;
};

/**
 * What answers one operation: the body of its success, or a function that gives one, or a reply of
 * any status, now or later. What it throws is what the caller gets.
 */
export type FakeHandler<Method> = [ResponsesOf<Method>] extends [never]
  ? never
  : | FakeSuccess<ResponsesOf<Method>>
    | ((
        params: ParamsOf<Method>,
        context: FakeContext<ResponsesOf<Method>>,
      ) => FakeAnswer<ResponsesOf<Method>> | Promise<FakeAnswer<ResponsesOf<Method>>>);

/** What a function that answers an operation gives. */
export type FakeAnswer<Responses> = FakeSuccess<Responses> | FakeReply;

/** What a function that answers an operation is told beside the parameters: all of the attempt. */
export interface FakeContext<Responses> extends MiddlewareContext {
  /**
   * Makes an answer of any documented status, or of any error: servers answer errors that no document
   * knows. The `Content-Type` follows from what the call accepts; `headers` come on top of it.
   */
  readonly reply: <Status extends FakeStatus<Responses>>(
    status: Status,
    ...rest: BodyAndHeaders<BodyOf<Responses, Status>>
  ) => FakeReply;
}

/** The method behind the name of an operation. */
export type MethodOf<Client, Name> = Name extends `${infer Property}.${infer Method}`
  ? Property extends keyof Client
    ? Method extends keyof Client[Property]
      ? Client[Property][Method]
      : never
    : never
  : Name extends keyof Client
    ? Client[Name]
    : never;

/** What a method takes as its parameters: an object without members where there are none. */
export type ParamsOf<Method> =
  Signatures<Method> extends infer Each
    ? Each extends [infer Arguments extends readonly unknown[], unknown]
      ? // Two arguments are parameters and options, one is options.
        2 extends Arguments["length"]
        ? NonNullable<Arguments[0]>
        : object
      : never
    : never;

/** The bodies of a method's answers, by status; `never` if it sends nothing. */
export type ResponsesOf<Method> =
  Signatures<Method> extends infer Each
    ? Each extends [unknown, ApiPromise<infer Responses>]
      ? Responses
      : never
    : never;

/** Arguments and result of a method, as a union over its overloads: there is one for each kind of `accept`. */
type Signatures<Method> = Method extends {
  (...args: infer Arguments1): infer Result1;
  (...args: infer Arguments2): infer Result2;
  (...args: infer Arguments3): infer Result3;
  (...args: infer Arguments4): infer Result4;
}
  ? [Arguments1, Result1] | [Arguments2, Result2] | [Arguments3, Result3] | [Arguments4, Result4]
  : never;

/** The body that stands for a whole answer: that of 200, or `undefined` for a 204. */
type FakeSuccess<Responses> = Responses extends unknown
  ? Exclude<FakeBody<BodyOf<Responses, 200>>, undefined> | NoContent<Responses>
  : never;

type NoContent<Responses> = Responses extends { 204: undefined } ? undefined : never;

/** The statuses that a reply can have. */
type FakeStatus<Responses> = Responses extends unknown
  ? Extract<keyof Responses, number> | OpenSuccess<Responses> | EndOfStream<Responses> | ErrorStatus
  : never;

type ErrorStatus = RedirectStatus | ClientErrorStatus | ServerErrorStatus;

/** How a service says that there is no more of a stream (WHATWG HTML, section 9.2.1), in the document or not. */
type EndOfStream<Responses> = Responses extends { 200: AsyncIterable<unknown> } ? 204 : never;

/** The successes that the document has without naming each: by `2XX`, or by `default` if it has no other. */
type OpenSuccess<Responses> = "2XX" extends keyof Responses
  ? SuccessStatus
  : [Extract<keyof Responses, SuccessStatus>] extends [never]
    ? "default" extends keyof Responses
      ? SuccessStatus
      : never
    : never;

/** The decoded body that belongs to a status: `never` for a success that the document does not have. */
type BodyOf<Responses, Status extends number> = Responses extends unknown
  ? Status extends keyof Responses
    ? Responses[Status]
    : RangeOf<Status> extends keyof Responses
      ? Responses[RangeOf<Status>]
      : Status extends EndOfStream<Responses>
        ? undefined
        : Status extends Exclude<SuccessStatus, OpenSuccess<Responses>>
          ? never
          : Responses extends { default: infer Body }
            ? Body
            : unknown
  : never;

type RangeOf<Status extends number> = `${Status}` extends `${infer Digit}${number}`
  ? `${Digit}XX`
  : never;

type BodyAndHeaders<Body> = undefined extends Body
  ? [body?: FakeBody<Body>, headers?: HeaderValues]
  : [body: FakeBody<Body>, headers?: HeaderValues];

/** What is given so that it arrives as `Body`. */
type FakeBody<Body> = unknown extends Body
  ? object | string | number | boolean | null | undefined
  : Body extends Blob
    ? Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array> | string
    : Body extends JsonStream<infer Item>
      ? Iterable<Item> | AsyncIterable<Item>
      : Body extends AsyncIterable<infer Event>
        ? Iterable<FakeEvent<Event>> | AsyncIterable<FakeEvent<Event>>
        : Body;

/** An event of a stream; its id may be left out. */
type FakeEvent<Event> = Event extends { readonly event: infer Name; readonly data: infer Data }
  ? { readonly event: Name; readonly data: Data; readonly id?: string | undefined }
  : never;
