/** Any method of a generated class. */
type Method = (...values: unknown[]) => unknown;

/** A method of a client, found by its name in all classes. */
export interface FoundMethod {
  /** The property of the client under which the class is. */
  readonly property: string;
  readonly className: string;
  readonly call: Method;
}

/**
 * Finds the methods of a name in a client; one, if all is well.
 *
 * @param client such as `new PeerTube(...)`
 */
export function findMethods(client: object, name: string): readonly FoundMethod[] {
  const prototype = Object.getPrototypeOf(client) as object;
  return Object.keys(Object.getOwnPropertyDescriptors(prototype)).flatMap((property) => {
    const api = (client as Record<string, unknown>)[property];
    if (typeof api !== "object" || api === null) return [];
    const own = Object.getPrototypeOf(api) as Record<string, unknown>;
    const method = Object.hasOwn(own, name) ? (own[name] as Method) : undefined;
    if (method === undefined) return [];
    const call: Method = (...values) => method.apply(api, values);
    return [{ property, className: api.constructor.name, call }];
  });
}

/** The method that an operation has to have: its id as a name of JavaScript. */
export function methodName(operationId: string): string {
  return operationId.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
