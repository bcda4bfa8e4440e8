import { setupServer } from "msw/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiPromise } from "../../generated/peertube/index.js";
import { answersOf, comparable, type SampleAnswer } from "../services/support/answers.js";
import { argumentsFor } from "../services/support/arguments.js";
import { authFor, callMethod } from "../services/support/calls.js";
import { methodName } from "../services/support/client.js";
import { readDocument, type Operation } from "../services/support/document.js";
import { bridgedFiles, useClients } from "./support/bridged.js";
import { acceptOf, isPage, NAMED_SERVICES } from "./support/operations.js";

/*
 * Every operation of every client, with the handlers of all operations of its service at once: the right one is asked,
 * is told what is in the path, and what it answers arrives as the document says.
 */

const BASE = "https://service.example";

/** What a handler is given, as far as all operations have the same. */
interface Handled {
  readonly params: Readonly<Record<string, string>>;
  readonly reply: (status: number, body?: unknown) => object;
}

type Factory = (answer: (handled: Handled) => object, options?: object) => never;

/** A result, as far as all operations have the same. */
interface AnyResult {
  readonly status: number;
  readonly data?: unknown;
  readonly error?: { readonly body: unknown };
}

const writeClient = useClients();
const server = setupServer();
beforeAll(() => {
  server.listen({ onUnhandledRequest: "error" });
});
afterAll(() => {
  server.close();
});

describe.each(NAMED_SERVICES)("$service", ({ service, create, className }) => {
  const document = readDocument(service);
  const called = document.operations.filter((operation) => !isPage(operation));
  const asked: { operationId: string; params: object }[] = [];
  let answer: SampleAnswer | undefined;

  beforeAll(async () => {
    const load = writeClient(service, await bridgedFiles(service, className, ["msw"]));
    const factories = (await load("msw.ts")) as Readonly<Record<string, Factory>>;
    expect(Object.keys(factories).sort()).toEqual(called.map(handlerName).sort());
    const handlers = [...called].sort(byFixedParts).map((operation) => {
      const factory = factories[handlerName(operation)];
      if (factory === undefined) throw new Error(`no handler of ${operation.operationId}`);
      return factory(({ params, reply }) => {
        asked.push({ operationId: operation.operationId, params });
        if (answer === undefined) throw new Error("nothing to answer");
        return reply(answer.status, bodyOf(answer));
      });
    });
    server.resetHandlers(...handlers);
  }, 60_000);

  it.each(called)("$operationId", async (operation) => {
    const { operationId, parameters, security } = operation;
    const sample = argumentsFor(operation, document, false);
    const paths = parameters.filter((one) => one.in === "path");
    const texts = paths.map(({ name }) => [name, String(sample.parameters[name])]);
    const answers = answersOf(operation, document);
    const client = create({ baseUrl: BASE, auth: authFor(security[0] ?? {}), retry: 0 });
    for (const one of answers) {
      answer = one;
      asked.length = 0;
      const params = { ...sample.params, ...acceptOf(one, answers) };
      const call = callMethod(client, operation, params);
      const result: AnyResult = await (call as ApiPromise<never>).result();
      expect(result.status).toBe(one.status);
      const body = result.error === undefined ? result.data : result.error.body;
      expect(await comparable(body)).toEqual(one.value);
      expect(asked).toEqual([{ operationId, params: Object.fromEntries(texts) as object }]);
    }
  });
});

function handlerName({ operationId }: Operation): string {
  return `${methodName(operationId)}Handler`;
}

/** Of two handlers that match, Mock Service Worker asks the one in front: `/videos/licences` before `/videos/{id}`. */
function byFixedParts(one: Operation, other: Operation): number {
  return one.path.split("{").length - other.path.split("{").length;
}

/** What a handler gives: bytes as a file of their type, anything else as it is to arrive. */
function bodyOf({ body, headers, value }: SampleAnswer): unknown {
  return Buffer.isBuffer(body)
    ? new Blob([new Uint8Array(body)], { type: headers["content-type"] ?? "" })
    : value;
}
