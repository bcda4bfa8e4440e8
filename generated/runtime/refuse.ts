import type { Call } from "./call.js";
import { ConfigurationError, type Operation } from "./errors.js";
import type { Service } from "./service.js";

/** Makes the error for what cannot be sent; it gets names, never values. */
export type Refuse = (problem: string) => Error;

/** What errors say of a call. */
export function operationOf(service: Service, { operationId, method, path }: Call): Operation {
  return { service: service.name, operationId, method, path };
}

export function refusalOf(operation: Operation): Refuse {
  return (problem) => new ConfigurationError(operation, problem);
}
