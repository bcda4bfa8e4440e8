import { expect, it } from "vitest";
import { isPromised } from "../../../generator/resolve/idempotency.js";
import { METHOD_FIELDS } from "../../../generator/resolve/methods.js";
import { ConnectionError } from "../../../templates/runtime/errors.js";
import { delayBefore } from "../../../templates/runtime/retry.js";

/* Calls say only what differs from the promise of their method: generator and runtime have to mean the same by it. */

const FIXED = METHOD_FIELDS.map((field) => field.toUpperCase()).filter(
  (method) => method !== "TRACE",
);

it.each([...FIXED, "LINK", "PROPFIND", "query", "PUT DELETE"])(
  "%s is repeated by clients exactly if the generator takes it for repeatable",
  (method) => {
    const operation = { service: "S", operationId: "op", method, path: "/" };
    const error = new ConnectionError(operation, undefined);
    const attempt = { operation, attempt: 1, left: () => Infinity, error, response: undefined };
    const delay = delayBefore({ ...operation, security: [] }, [], attempt);
    expect(delay !== undefined).toBe(isPromised({ method, idempotency: "always" }));
  },
);
