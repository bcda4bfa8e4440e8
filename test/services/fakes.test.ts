import { describe, expect, it } from "vitest";
import { Mastodon } from "../../generated/mastodon/index.js";
import { PeerTube, type ApiPromise } from "../../generated/peertube/index.js";
import { createFake } from "../../generated/runtime/fake.js";
import { SFTPGo } from "../../generated/sftpgo/index.js";
import { answersOf, comparable, type SampleAnswer } from "./support/answers.js";
import { argumentsFor } from "./support/arguments.js";
import { findMethods, methodName } from "./support/client.js";
import { readDocument, type Operation } from "./support/document.js";

/*
 * Every operation of every client, faked: what a handler is given and gives is what the method was given and gives.
 */

const SERVICES = [
  { service: "peertube", create: (handlers: object) => createFake(PeerTube, handlers) },
  { service: "mastodon", create: (handlers: object) => createFake(Mastodon, handlers) },
  { service: "sftpgo", create: (handlers: object) => createFake(SFTPGo, handlers) },
];

type Reply = (status: number, body?: unknown) => object;

describe.each(SERVICES)("$service", ({ service, create }) => {
  const document = readDocument(service);
  const sent = document.operations.filter((operation) => !isPage(operation));

  it.each(sent)("$operationId", async (operation) => {
    const { params } = argumentsFor(operation, document, false);
    const method = methodName(operation.operationId);
    const property = findMethods(create({}).client, method)[0]?.property ?? "";
    const takesParams = operation.parameters.length > 0 || operation.body !== undefined;
    const answers = answersOf(operation, document).filter(({ mediaType }) => !isStream(mediaType));
    const types = new Set(answers.filter(isSuccess).map(({ mediaType }) => mediaType));
    for (const answer of answers) {
      const given: unknown[] = [];
      const fake = create({
        [`${property}.${method}`]: (all: object, { reply }: { readonly reply: Reply }) => {
          given.push(all);
          return reply(answer.status, bodyOf(answer));
        },
      });
      const accept = isSuccess(answer) && types.size > 1 ? { accept: answer.mediaType } : {};
      const values = takesParams ? [{ ...params, ...accept }] : [];
      const api = Reflect.get(fake.client, property) as Readonly<
        Record<string, (...values: unknown[]) => ApiPromise<never>>
      >;
      const result = (await api[method]?.(...values).result()) as AnyResult;
      expect(result.status).toBe(answer.status);
      const body = result.ok ? result.data : result.error?.body;
      expect(await comparable(body)).toEqual(answer.value);
      expect(given).toEqual([values[0] ?? {}]);
    }
  });
});

/** A result, as far as all operations have the same. */
interface AnyResult {
  readonly ok: boolean;
  readonly status: number;
  readonly data?: unknown;
  readonly error?: { readonly body: unknown };
}

function isPage({ responses }: Operation): boolean {
  return Object.keys(responses["200"]?.content ?? {}).includes("text/html");
}

/** Streams do not end by themselves: `test/runtime/fake.test.ts` has them. */
function isStream(mediaType: string | undefined): boolean {
  return mediaType === "text/event-stream";
}

function isSuccess({ status }: SampleAnswer): boolean {
  return status >= 200 && status < 300;
}

/** What a handler gives: bytes as a file of their type, anything else as it is to arrive. */
function bodyOf({ body, headers, value }: SampleAnswer): unknown {
  return Buffer.isBuffer(body)
    ? new Blob([new Uint8Array(body)], { type: headers["content-type"] ?? "" })
    : value;
}

it("a handler is asked for each page of a list", async () => {
  const ids = [1, 2, 3, 4, 5];
  const handlers: object = {
    "video.getVideos": (_: object, { request }: { readonly request: { readonly url: string } }) => {
      const start = Number(new URL(request.url).searchParams.get("start"));
      return { total: ids.length, data: ids.slice(start, start + 2).map((id) => ({ id })) };
    },
  };
  const fake = createFake(PeerTube, handlers);
  const found: unknown[] = [];
  for await (const { id } of fake.client.video.getVideos({ count: 2 }).items()) found.push(id);
  expect(found).toEqual(ids);
  expect(fake.paramsOf("video.getVideos")).toEqual([{ count: 2 }]);
});
