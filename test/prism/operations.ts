import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiPromise } from "../../generated/peertube/index.js";
import { argumentsFor } from "../services/support/arguments.js";
import { authFor, callMethod, SERVICES } from "../services/support/calls.js";
import { readDocument, type Security } from "../services/support/document.js";
import { problemsOf } from "../services/support/schema.js";
import { complaintsOf } from "./support/complaints.js";
import { EXCEPTIONS } from "./support/exceptions.js";
import { startPrism, type Prism } from "./support/prism.js";

/*
 * Every operation of every client, called through its generated method, against a server that others wrote: it
 * reads requests and makes answers by the document.
 */

/** What came back, whatever it was. */
interface Reply {
  readonly status: number;
  readonly mediaType: string;
  /** What the client made of the body. */
  readonly value: unknown;
  readonly complaints: readonly string[];
}

/** A result, as far as all operations have the same. */
interface AnyResult {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: unknown;
  readonly error?: { readonly body: unknown };
}

/** The status that stands for `default`: no document lists it. */
const OTHER_STATUS = 507;

const needed = new Set<string>();

describe.each(SERVICES)("$service", ({ service, create }) => {
  const document = readDocument(service);
  let prism: Prism;
  beforeAll(async () => {
    prism = await startPrism(service);
  });
  afterAll(async () => {
    await prism.stop();
  });

  describe.each(document.operations)("$operationId", (operation) => {
    const { operationId, security, responses } = operation;
    const [first = {}] = security;
    const least = argumentsFor(operation, document, false).params;
    const isPage = Object.keys(responses["200"]?.content ?? {}).includes("text/html");

    it("sends what Prism has nothing against", async () => {
      const bodyTypes = Object.keys(operation.body?.content ?? {});
      for (const type of [undefined, ...bodyTypes]) {
        const { params } = argumentsFor(operation, document, true, type);
        expect(unexcused(operationId, await ask(first, params))).toEqual([]);
      }
      for (const alternative of security.length === 0 ? [{}] : security) {
        expect(unexcused(operationId, await ask(alternative, least))).toEqual([]);
      }
    });

    it.skipIf(isPage)("reads what Prism answers", async () => {
      for (const [key, { content = {} }] of Object.entries(responses)) {
        // Prism gives an error only to those that accept its type, other than servers.
        const accept = key.startsWith("2") ? {} : { accept: "*/*" };
        const wanted = key === "default" ? OTHER_STATUS : Number(key);
        const headers = { prefer: `code=${wanted}`, ...accept };
        const reply = await ask(first, least, { headers });
        const { status, mediaType, value, complaints } = reply;
        expect(unexcused(operationId, reply)).toEqual([]);
        if (complaints.length > 0) continue;
        expect(status).toBe(wanted);
        const schema = content[mediaType]?.schema;
        if (mediaType.endsWith("json") && schema !== undefined) {
          // Prism tells passwords, other than servers.
          const problems = problemsOf(value, schema, document, "response");
          expect(problems.filter((one) => !one.endsWith("must not have password"))).toEqual([]);
        } else if (Object.keys(content).length === 0) {
          expect(value).toBeUndefined();
        } else {
          expect(typeof value === "string" || value instanceof Blob).toBe(true);
        }
      }
    });

    async function ask(alternative: Security, params: object, options?: object): Promise<Reply> {
      const auth = { ...authFor(alternative) };
      // Prism takes no password with a colon, although there may be one (RFC 7617).
      if ("BasicAuth" in auth) auth.BasicAuth = { username: "user", password: "word" };
      const client = create({ baseUrl: prism.url, auth, retry: 0 });
      const started = callMethod(client, operation, params, options);
      return started instanceof URL
        ? visit(started)
        : replyOf(await (started as ApiPromise<never>).result());
    }
  });
});

it.each(EXCEPTIONS)("is still wrong: $reason", ({ complaint, operations = [""] }) => {
  const unneeded = operations.filter((one) => !needed.has(`${complaint.source} ${one}`));
  expect(unneeded).toEqual([]);
});

async function visit(page: URL): Promise<Reply> {
  const response = await fetch(page, { redirect: "manual" });
  const { status, headers } = response;
  return replyOf({ status, headers, data: await response.text() });
}

function replyOf({ status, headers, data, error }: AnyResult): Reply {
  const [mediaType = ""] = (headers.get("content-type") ?? "").split(";");
  const complaints = complaintsOf(headers, error?.body);
  return { status, mediaType, value: error === undefined ? data : error.body, complaints };
}

/** The complaints that no exception is about. */
function unexcused(operationId: string, { status, complaints }: Reply): readonly string[] {
  const left = complaints.filter((complaint) => {
    const rows = EXCEPTIONS.filter(
      (row) => row.complaint.test(complaint) && row.operations?.includes(operationId) !== false,
    );
    for (const row of rows) {
      needed.add(`${row.complaint.source} ${row.operations === undefined ? "" : operationId}`);
    }
    return rows.length === 0;
  });
  return left.map((complaint) => `${status} ${complaint}`);
}
