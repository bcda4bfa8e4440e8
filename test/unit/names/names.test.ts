import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import type { Helper } from "../../../generator/names/helper.js";
import { nameApi } from "../../../generator/names/name.js";
import type { NamedApi, NamedOperation } from "../../../generator/names/named-api.js";
import { resolveApi } from "../../../generator/resolve/resolve.js";
import { documentOf, sourceOf } from "../../support/generate.js";

const DONE = { "204": { description: "Done." } };

function named(parts: JsonObject, name?: string, helpers: readonly Helper[] = []): NamedApi {
  const api = resolveApi(sourceOf(documentOf(parts))).value;
  const result = api && nameApi(api, name, helpers).value;
  if (result === undefined) throw new Error("no names");
  return result;
}

/** An API of operations as `{ "GET /path": operation }`. */
function operationsOf(operations: Readonly<Record<string, JsonObject>>): readonly NamedOperation[] {
  const paths: JsonObject = {};
  for (const [key, operation] of Object.entries(operations)) {
    const [method = "", path = ""] = key.split(" ");
    paths[path] = {
      ...(paths[path] as JsonObject | undefined),
      [method.toLowerCase()]: { responses: DONE, ...operation },
    };
  }
  return named({ paths }).classes.flatMap((namedClass) => namedClass.operations);
}

function methodsOf(
  operations: Readonly<Record<string, JsonObject>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    operationsOf(operations).map(({ operation, methodName }) => [
      `${operation.method.toUpperCase()} ${operation.path}`,
      methodName,
    ]),
  );
}

describe("methods", () => {
  it.each([
    ["GET /a", "getOAuthClient", "getOAuthClient"],
    ["GET /a", "get_token", "getToken"],
    ["GET /a", "then", "thenOperation"],
    ["GET /a", "request", "requestOperation"],
    ["GET /a", "constructor", "constructorOperation"],
    ["DELETE /a", "delete", "delete"],
    ["GET /users/{id}", "", "getUsersById"],
    ["GET /users/{id}", undefined, "getUsersById"],
    ["GET /api/v1/users/me/subscriptions", undefined, "getUsersMeSubscriptions"],
    ["POST /api/v1/users/{id}/token-sessions", undefined, "postUsersByIdTokenSessions"],
    ["GET /api/v2/search", undefined, "getSearchV2"],
    ["GET /v3/search", undefined, "getSearchV3"],
    ["GET /feeds/videos.{format}", undefined, "getFeedsVideosByFormat"],
    ["GET /", undefined, "get"],
    ["GET /api", undefined, "get"],
  ])("%s with the id %j is %s", (key, operationId, expected) => {
    const operation = operationId === undefined ? {} : { operationId };
    expect(methodsOf({ [key]: operation })).toEqual({ [key]: expected });
  });

  it("of one id are both named by their paths", () => {
    expect(methodsOf({ "GET /a": { operationId: "x" }, "GET /b": { operationId: "X" } })).toEqual({
      "GET /a": "getA",
      "GET /b": "getB",
    });
  });

  it("keep their names when an operation is added", () => {
    const before = { "GET /a": {}, "GET /users/{id}": {}, "PUT /b": { operationId: "change" } };
    const after = {
      ...before,
      "GET /c": {},
      "DELETE /users/{id}": {},
      "POST /b": { operationId: "add" },
    };
    expect(methodsOf(after)).toMatchObject(methodsOf(before));
  });

  it("have types that no schema and no other operation has", () => {
    const schema = { type: "string" };
    const { classes } = named({
      paths: { "/a": { get: { operationId: "get", responses: DONE } } },
      components: { schemas: { GetResponses: schema } },
    });
    expect(classes[0]?.operations[0]?.typeStem).toBe("GetOperation");
  });
});

describe("parameters", () => {
  it.each([
    [["path id"], ["id"]],
    [["query id[]"], ["id"]],
    [
      ["query id", "query id[]"],
      ["id", "id[]"],
    ],
    [
      ["path type", "query type"],
      ["type_path", "type_query"],
    ],
    [
      ["path type", "query type[]"],
      ["type_path", "type_query"],
    ],
    [["query body"], ["body_query"]],
    [["query __proto__"], ["__proto___query"]],
    [
      ["query ID", "query id"],
      ["ID", "id"],
    ],
    [
      ["header X-Key", "cookie X-Key"],
      ["X-Key_header", "X-Key_cookie"],
    ],
  ])("%j have the keys %j", (parameters, keys) => {
    const declared = parameters.map((parameter) => {
      const [location = "", name = ""] = parameter.split(" ");
      return { in: location, name, required: location === "path", schema: {} };
    });
    const path = parameters.includes("path id")
      ? "/{id}"
      : parameters.includes("path type")
        ? "/{type}"
        : "/";
    const [operation] = operationsOf({ [`GET ${path}`]: { parameters: declared } });
    expect(operation?.parameterKeys).toEqual(keys);
  });

  it("step aside for the choice of a media type", () => {
    const content = { "application/json": {}, "text/csv": {} };
    const [operation] = operationsOf({
      "POST /": {
        parameters: [
          { in: "query", name: "accept", schema: {} },
          { in: "query", name: "contentType", schema: {} },
        ],
        requestBody: { content },
        responses: { "200": { description: "", content } },
      },
    });
    expect(operation?.parameterKeys).toEqual(["accept_query", "contentType_query"]);
  });
});

describe("classes", () => {
  const classOf = (tag: string): unknown =>
    named({ paths: { "/a": { get: { tags: [tag], responses: DONE } } } }).classes.map(
      ({ className, propertyName, fileStem }) => [className, propertyName, fileStem],
    )[0];

  it.each([
    ["Session", ["SessionApi", "session", "session-api"]],
    ["user APIs", ["UserApi", "user", "user-api"]],
    ["IP Lists", ["IPListsApi", "ipLists", "ip-lists-api"]],
    ["then", ["ThenApi", "thenApi", "then-api"]],
    ["request", ["RequestApi", "requestApi", "request-api"]],
    ["constructor", ["ConstructorApi", "constructorApi", "constructor-api"]],
    ["API", ["APIApi", "api", "api-api"]],
    ["../x", ["XApi", "x", "x-api"]],
  ])("of the tag %j", (tag, expected) => {
    expect(classOf(tag)).toEqual(expected);
  });

  it("have files that differ where tags have nothing that a file name may have", () => {
    const { classes } = named({
      paths: Object.fromEntries(
        ["日本", "中国", "!!"].map((tag, index) => [
          `/${index}`,
          { get: { tags: [tag], responses: DONE } },
        ]),
      ),
    });
    const stems = classes.map(({ fileStem }) => fileStem);
    expect(new Set(stems).size).toBe(3);
    for (const stem of stems) expect(stem).toMatch(/^[a-z0-9-]+$/);
  });
});

describe("the client", () => {
  it.each([
    ["PeerTube", "PeerTube"],
    ["Mastodon API", "Mastodon"],
    ["SFTPGo REST APIs", "SFTPGo"],
    ["API", "API"],
    ["Error", "ErrorClient"],
    ["", "ApiClient"],
    ["Client", "ClientClient"],
    ["Call", "CallClient"],
    ["*/ x", "X"],
  ])("of %j is %s", (title, expected) => {
    expect(named({ info: { title, version: "1" } }).clientName).toBe(expected);
  });

  it("has the name that is asked for", () => {
    expect(named({}, "My tube").clientName).toBe("MyTube");
  });
});

describe("schemas", () => {
  it.each([
    ["Video", "Video"],
    ["OAuthToken-password", "OAuthTokenPassword"],
    ["Error", "ErrorModel"],
    ["Notification", "NotificationModel"],
    ["string", "StringModel"],
    ["2fa", "_2fa"],
    ["Test", "TestModel"],
    ["TestOptions", "TestOptionsModel"],
  ])("%s is called %s", (schema, expected) => {
    const { schemas } = named({ components: { schemas: { [schema]: {} } } });
    expect(schemas.get(schema)?.name).toBe(expected);
  });

  it("have a second name where a request differs", () => {
    const { schemas } = named({
      components: { schemas: { User: { properties: { id: { readOnly: true } } }, Plain: {} } },
    });
    expect(schemas.get("User")).toEqual({
      name: "User",
      inputName: "UserInput",
      formName: undefined,
    });
    expect(schemas.get("Plain")).toEqual({
      name: "Plain",
      inputName: undefined,
      formName: undefined,
    });
  });
});

describe("helpers", () => {
  const helper = (name: string, ...exports: readonly string[]): Helper => ({
    name,
    exports,
    text: "",
  });

  it("keep the names that they export", () => {
    const schema = { type: "string" };
    const { clientName, classes, schemas } = named(
      {
        paths: { "/a": { get: { tags: ["Shop"], operationId: "find", responses: DONE } } },
        components: { schemas: { Token: schema } },
      },
      "Session",
      [helper("b", "Session", "Token"), helper("a", "ShopApi", "FindResponses")],
    );
    expect(clientName).toBe("SessionClient");
    expect(schemas.get("Token")?.name).toBe("TokenModel");
    expect(classes[0]?.className).not.toBe("ShopApi");
    expect(classes[0]?.operations[0]?.typeStem).toBe("FindOperation");
  });

  it("keep the names of their files", () => {
    const paths = { "/a": { get: { tags: ["Shop"], responses: DONE } } };
    const { helpers, classes } = named({ paths }, "Shop", [helper("shop-api"), helper("a")]);
    expect(helpers).toEqual(["a", "shop-api"]);
    expect(classes[0]?.fileStem).toMatch(/^shop-api-./);
  });
});
