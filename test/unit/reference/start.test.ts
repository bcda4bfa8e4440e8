import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { documentOf } from "../../support/generate.js";
import { methodOf, referenceOf } from "../../support/reference.js";

const schema = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const answer = (name: string): JsonObject => ({
  description: "",
  content: { "application/json": { schema: schema(name) } },
});
const get = (parts: JsonObject = {}): JsonObject => ({
  get: { responses: { "200": answer("Book") }, ...parts },
});
const NEEDED = [{ name: "q", in: "query", required: true, schema: { type: "string" } }];

/** Operations by their path; the first of them is the one to begin with. */
const ROWS: Readonly<Record<string, Readonly<Record<string, JsonObject>>>> = {
  "that needs no arguments": { "/long/path": get(), "/a": get({ parameters: NEEDED }) },
  "that changes nothing": { "/long/path": get(), "/a": { delete: get()["get"] } },
  "that is not about to go": { "/long/path": get(), "/a": get({ deprecated: true }) },
  "that gives fields to look at": {
    "/long/path": get(),
    "/a": get({ responses: { "204": { description: "" } } }),
  },
  "that says more than that all went well": {
    "/long/path": get(),
    "/logout": get({ responses: { "200": answer("Message"), "400": answer("Message") } }),
  },
  "without credentials": { "/long/path": get(), "/a": get({ security: [{ Key: [] }] }) },
  "with the credentials that most take": {
    "/long/path": get({ security: [{ Token: [] }] }),
    "/a": get({ security: [{ Key: [] }] }),
    "/other": { post: get({ security: [{ Token: [] }] })["get"] },
  },
  "on a path for people": { "/quite/long/path": get(), "/.well-known/a": get() },
  "on a short path": { "/b": get(), "/a/b": get(), "/long": get() },
  "in its latest version": { "/v2/a": get(), "/v1/a": get(), "/v1/b": get() },
};

describe("the first program is that of an operation", () => {
  it.each(Object.entries(ROWS))("%s", (_, operations) => {
    const [wanted = ""] = Object.keys(operations);
    const reference = referenceOf(
      documentOf({
        paths: operations,
        components: {
          schemas: {
            Book: { type: "object", properties: { id: {} } },
            Message: { type: "object", properties: { message: {} } },
          },
          securitySchemes: {
            Key: { type: "apiKey", in: "header", name: "X-Key" },
            Token: { type: "http", scheme: "bearer" },
          },
        },
      }),
    );
    const found = reference.classes
      .flatMap((one) => one.operations)
      .find(({ path }) => path === wanted);
    expect(reference.start?.code).toBe(
      methodOf(reference, found?.methodName ?? "").examples.made()[0]?.code,
    );
  });

  it("unless there is none", () => {
    expect(referenceOf(documentOf({})).start).toBeUndefined();
  });
});
