import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import { label } from "../../templates/runtime/styles.js";
import { failureOf, TestApi } from "./support/api.js";
import { useServer } from "./support/server.js";

const server = useServer();

describe("a path value cannot change the path", () => {
  it.each([
    { value: "a/b", sent: "a%2Fb" },
    { value: "../b", sent: "..%2Fb" },
    { value: "..\\b", sent: "..%5Cb" },
    { value: "...", sent: "..." },
    { value: "%2e%2e", sent: "%252e%252e" },
    { value: "%2F", sent: "%252F" },
    { value: "a?b#c", sent: "a%3Fb%23c" },
    { value: "{id}", sent: "%7Bid%7D" },
    { value: "http://evil.test", sent: "http%3A%2F%2Fevil.test" },
    { value: "//evil.test", sent: "%2F%2Fevil.test" },
    { value: "@evil.test", sent: "%40evil.test" },
    { value: " ", sent: "%20" },
    { value: "é", sent: "%C3%A9" },
    { value: 0, sent: "0" },
    { value: false, sent: "false" },
  ])("$value", async ({ value, sent }) => {
    await new TestApi({ baseUrl: server.url }).call({
      path: "/v/{id}/x",
      pathParams: { id: value },
    });
    expect(server.request.url).toBe(`/v/${sent}/x`);
  });

  it.each([
    { path: "/{id}", pathParams: { id: "" } },
    { path: "/{id}", pathParams: { id: "." } },
    { path: "/{id}", pathParams: { id: ".." } },
    { path: "/v/{id}/x", pathParams: { id: ".." } },
    { path: "/{id}", pathParams: { id: undefined } },
    { path: "/{id}", pathParams: { id: null } },
    { path: "/{id}", pathParams: { id: [] } },
    { path: "/{id}", pathParams: { id: {} } },
    { path: "/{id}", pathParams: { id: [".."] } },
    { path: "/{id}", pathParams: {} },
    { path: "/{constructor}", pathParams: {} },
    { path: "/{__proto__}", pathParams: {} },
    // segments with several parts
    { path: "/{id}{b}", pathParams: { id: ".", b: "." } },
    { path: "/.{id}", pathParams: { id: "." } },
    { path: "/%2e{id}", pathParams: { id: "." } },
    { path: "/%2E%2{id}", pathParams: { id: "e" } },
    { path: "/{id}/x", pathParams: { id: label("") } },
    { path: "/{id}/x", pathParams: { id: label(".") } },
  ])("refused: %j", async (call) => {
    const error = await failureOf(new TestApi({ baseUrl: server.url }).call(call));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`op: GET ${call.path} `);
    expect(server.requests).toHaveLength(0);
  });

  it.each(["constructor", "__proto__", "toString"])(
    "{%s} has no value of its own",
    async (name) => {
      const call = { path: `/{${name}}`, pathParams: {} };
      const error = await failureOf(new TestApi({ baseUrl: server.url }).call(call));
      expect(String(error)).toContain(`the path parameter "${name}" is missing or empty`);
    },
  );

  it("the error names the parameter", async () => {
    const error = await failureOf(
      new TestApi({ baseUrl: server.url }).call({ path: "/a/{my id}" }),
    );
    expect(String(error)).toContain('the path parameter "my id" is missing or empty');
  });

  it("literal ?, # and \\ of a template are path", async () => {
    await new TestApi({ baseUrl: server.url }).call({ path: "/a?b#c\\d/é f" });
    expect(server.request.url).toBe("/a%3Fb%23c%5Cd/%C3%A9%20f");
  });

  it("literal segments may be empty", async () => {
    await new TestApi({ baseUrl: server.url }).call({ path: "/a//{id}/", pathParams: { id: 1 } });
    expect(server.request.url).toBe("/a//1/");
  });

  it("a template that does not begin with a slash stays on its host", () => {
    const link = new TestApi({ baseUrl: "https://api.test" }).link({ path: "@evil.test/x" });
    expect(link.href).toBe("https://api.test/@evil.test/x");
  });
});
