import { ApiClass, type View } from "./api-class.js";
import { asUrl } from "./as-url.js";
import type { Call } from "./call.js";
import type { Middleware } from "./middleware.js";
import type { CallOptions } from "./options.js";

/**
 * Told of a call when its method is called.
 *
 * @param name - the operation, such as `"video.getVideo"`.
 * @param params - what the method was given; an empty object if it was given none.
 * @returns the middleware that is put inside all others of the call.
 */
export type OnCall = (name: string, params: object) => Middleware;

/** What a method of a class sends its call with. */
interface Sender {
  request(call: Call, options?: CallOptions, view?: View<unknown>): unknown;
}

/**
 * Puts a middleware into every call of a client. Methods are replaced on the objects of this client, not on
 * their classes.
 *
 * @param isOpen - whether calls that bring no credentials of their own need none.
 */
export function intercept(client: object, isOpen: boolean, onCall: OnCall): void {
  for (const property of membersOf(client, Object.prototype)) {
    const api: unknown = Reflect.get(client, property);
    if (property === "request" && typeof api === "function") {
      interceptUndocumented(client as Sender, isOpen, onCall);
    }
    if (!(api instanceof ApiClass)) continue;
    for (const member of membersOf(api, ApiClass.prototype)) {
      const method: unknown = Reflect.get(api, member);
      if (typeof method !== "function") continue;
      const begin = onCall.bind(undefined, `${property}.${member}`);
      const value = (...args: readonly unknown[]): unknown =>
        Reflect.apply(method, withSender(api, args[0], isOpen, begin), args);
      Object.defineProperty(api, member, { value });
    }
  }
}

/** The method of a client for calls that its document does not have: its call is its parameters. */
function interceptUndocumented(client: Sender, isOpen: boolean, onCall: OnCall): void {
  const request = client.request.bind(client);
  const value: Sender["request"] = (call, options) =>
    request(...answered(call, options, isOpen, onCall("request", call)));
  Object.defineProperty(client, "request", { value });
}

/** What a method sees as `this`: the object that it belongs to, but for how calls are sent. */
function withSender(
  api: ApiClass,
  argument: unknown,
  isOpen: boolean,
  begin: (params: object) => Middleware,
): object {
  const own = api as unknown as Sender;
  const request: Sender["request"] = (call, options, view) => {
    if (view === asUrl) return own.request(call, options, view);
    // A method without parameters has its options in the first place.
    const params = argument === options ? {} : (argument as object | undefined);
    return own.request(...answered(call, options, isOpen, begin(params ?? {})), view);
  };
  return Object.create(api, { request: { value: request } }) as object;
}

/** A call and its options with one more middleware, and without credentials where none are needed. */
function answered(
  call: Call,
  options: CallOptions | undefined,
  isOpen: boolean,
  middleware: Middleware,
): [Call, CallOptions] {
  const security = isOpen && options?.auth === undefined ? [] : call.security;
  return [
    { ...call, security },
    { ...options, middleware: [...(options?.middleware ?? []), middleware] },
  ];
}

/** The names of the members that an object has from its classes, up to one of them. */
function membersOf(object: object, end: object): readonly string[] {
  const names: string[] = [];
  let prototype = Object.getPrototypeOf(object) as object | null;
  while (prototype !== null && prototype !== end) {
    names.push(...Object.getOwnPropertyNames(prototype));
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return names.filter((name) => name !== "constructor");
}
