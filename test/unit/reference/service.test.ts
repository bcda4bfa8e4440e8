import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { specificationName } from "../../../generator/document/version.js";
import { clientVariableOf } from "../../../generator/reference/client-variable.js";
import { documentOf } from "../../support/generate.js";
import { referenceOf } from "../../support/reference.js";

describe("the variable of the client", () => {
  it.each([
    ["./generated/sftpgo/index.js", "sftpgo"],
    ["./api/index.js", "api"],
    ["../clients/my-shop/index.js", "myShop"],
    ["./generated/PeerTube/index.js", "peerTube"],
    ["./index.js", "client"],
    ["../index.js", "client"],
    ["./generated/---/index.js", "client"],
    ["./generated/new/index.js", "newClient"],
    ["./generated/error/index.js", "errorClient"],
    ["./generated/process/index.js", "processClient"],
    ["./generated/base-url/index.js", "baseUrlClient"],
    ["./generated/isApiError/index.js", "isApiErrorClient"],
    ["./generated/2fa/index.js", "_2fa"],
    ["./generated/__proto__/index.js", "proto"],
  ])("%s: %s", (clientModule, variable) => {
    expect(clientVariableOf(clientModule)).toBe(variable);
  });
});

describe("where requests go", () => {
  const variable = { default: "eu", enum: ["eu", "us"] };
  it.each<{ servers: JsonObject[]; baseUrl: string | undefined }>([
    { servers: [{ url: "https://a.example" }], baseUrl: "https://a.example" },
    { servers: [{ url: "/api/v2" }], baseUrl: undefined },
    {
      servers: [{ url: "/api" }, { url: "https://b.example/api" }],
      baseUrl: "https://b.example/api",
    },
    {
      servers: [{ url: "https://{region}.example", variables: { region: variable } }],
      baseUrl: "https://eu.example",
    },
  ])("$servers: $baseUrl", ({ servers, baseUrl }) => {
    expect(referenceOf(documentOf({ servers })).baseUrl).toBe(baseUrl);
  });
});

describe("the specification of a document", () => {
  it.each([
    [{ openapi: "3.0.3" }, "OpenAPI 3.0.3"],
    [{ openapi: 3.1 }, "OpenAPI 3.1"],
    [{ swagger: "2.0" }, "Swagger 2.0"],
  ])("%j: %s", (root, name) => {
    expect(specificationName(root)).toBe(name);
  });
});

describe("a security scheme", () => {
  it("has what only readers need", () => {
    const securitySchemes = {
      Jwt: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      Login: { type: "openIdConnect", openIdConnectUrl: "https://id.example/config" },
      Same: { $ref: "#/components/securitySchemes/Jwt" },
    };
    expect(
      referenceOf(documentOf({ components: { securitySchemes } })).securitySchemes,
    ).toMatchObject([
      { name: "Jwt", bearerFormat: "JWT", openIdConnectUrl: undefined },
      { name: "Login", bearerFormat: undefined, openIdConnectUrl: "https://id.example/config" },
      { name: "Same", bearerFormat: "JWT" },
    ]);
  });
});
