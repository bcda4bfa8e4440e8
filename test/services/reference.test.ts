import { beforeAll, describe, expect, it } from "vitest";
import { declarationLeaves, typeLeaves } from "../../generator/model/type-leaves.js";
import type {
  OperationReference,
  Reference,
  ResponseReference,
} from "../../generator/reference/reference.js";
import type { TypeNode } from "../../generator/types/type-node.js";
import {
  methodOf,
  modelOf,
  SERVICES,
  serviceReference,
  shortType,
  type Service,
} from "../support/reference.js";
import { readSpecFiles } from "../support/spec-files.js";

/*
 * What holds for every page of the services, and facts about the operations that reference documents are compared by.
 */

const references = new Map<Service, Reference>();
beforeAll(async () => {
  for (const name of Object.keys(SERVICES) as Service[])
    references.set(name, await serviceReference(name));
}, 60_000);

function referenceTo(service: Service): Reference {
  const reference = references.get(service);
  if (reference === undefined) throw new Error(`There is no reference of ${service}.`);
  return reference;
}

const operationsOf = (reference: Reference): readonly OperationReference[] =>
  reference.classes.flatMap(({ operations }) => operations);

/** Everything that fails a condition, by its method. */
const failing = (
  reference: Reference,
  isWrong: (operation: OperationReference) => boolean,
): readonly string[] =>
  operationsOf(reference)
    .filter(isWrong)
    .map(({ methodName }) => methodName);

describe.each(Object.keys(SERVICES) as Service[])("every operation of %s", (service) => {
  it("is told, once, as the document has it", () => {
    const paths = readSpecFiles(service).root["paths"] as Record<string, object>;
    const told = operationsOf(referenceTo(service)).map(({ method, path }) => `${method} ${path}`);
    expect(new Set(told).size).toBe(told.length);
    expect([...new Set(told.map((line) => line.split(" ")[1]))].sort()).toEqual(
      Object.keys(paths).sort(),
    );
  });

  it("says what a call gives", () => {
    const wrong = failing(referenceTo(service), ({ kind, answers }) =>
      kind === "url"
        ? answers.length > 0
        : answers.length === 0 ||
          answers.some(({ type }) => type !== undefined && shortType(type).includes("unknown")),
    );
    expect(wrong).toEqual([]);
  });

  it("has its responses in order, default last, and none of status 0", () => {
    const order = ({ status }: ResponseReference): number =>
      status === "default" ? 9_000 : typeof status === "number" ? status : 1_000;
    const wrong = failing(referenceTo(service), ({ responses }) => {
      const places = responses.map(order);
      return places.some((place, index) => place < 100 || place < (places[index - 1] ?? 0));
    });
    expect(wrong).toEqual([]);
  });

  it("leads to types that are there", () => {
    const reference = referenceTo(service);
    const models = new Set(reference.models.map(({ declaration }) => declaration.name));
    const wrong = failing(reference, (operation) => {
      const own = new Set(operation.declarations.map(({ name }) => name));
      return namesIn(operation).some((name) => !models.has(name) && !own.has(name));
    });
    expect(wrong).toEqual([]);
  });

  it("names security schemes that are described", () => {
    const reference = referenceTo(service);
    const known = new Set(reference.securitySchemes.map(({ name }) => name));
    const wrong = failing(reference, ({ security }) =>
      security.some(
        (schemes) => schemes.length === 0 || schemes.some(({ scheme }) => !known.has(scheme)),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("has each parameter that a call can have, needed ones first", () => {
    const wrong = failing(referenceTo(service), ({ parameters, params }) => {
      const keys = parameters.map(({ key }) => key);
      const optional = parameters.map((one) => one.optional);
      return (
        new Set(keys).size !== keys.length ||
        (optional.lastIndexOf(false) > optional.indexOf(true) && optional.includes(true)) ||
        (params === undefined && keys.length > 0)
      );
    });
    expect(wrong).toEqual([]);
  });

  it("shows an example where there is something to call", () => {
    expect(failing(referenceTo(service), ({ examples }) => examples.made().length === 0)).toEqual(
      [],
    );
  });
});

/** The names of all types that an operation tells. */
function namesIn({
  parameters,
  body,
  answers,
  responses,
  declarations,
}: OperationReference): readonly string[] {
  const types: readonly (TypeNode | undefined)[] = [
    ...parameters.map(({ type }) => type),
    ...(body?.mediaTypes ?? []).map(({ type }) => type),
    ...answers.map(({ type }) => type),
    ...answers.map(({ item }) => (item?.kind === "type" ? item.type : undefined)),
    ...responses.flatMap(({ content }) => content.map(({ type }) => type)),
    ...declarations.flatMap(declarationLeaves),
  ];
  return types
    .flatMap((type) => (type === undefined ? [] : typeLeaves(type)))
    .flatMap((leaf) => (leaf.kind === "named" ? [leaf.name] : []));
}

describe.each(Object.keys(SERVICES) as Service[])("every model of %s", (service) => {
  it("is used by operations or models that are there, and is used somewhere", () => {
    const reference = referenceTo(service);
    const methods = new Set(operationsOf(reference).map(({ methodName }) => methodName));
    const models = new Set(reference.models.map(({ declaration }) => declaration.name));
    const wrong = reference.models.filter(
      ({ operations, models: owners, direction }) =>
        direction === undefined ||
        operations.length + owners.length === 0 ||
        operations.some(({ methodName }) => !methods.has(methodName)) ||
        owners.some((owner) => !models.has(owner)),
    );
    expect(wrong.map(({ declaration }) => declaration.name)).toEqual([]);
  });
});

/** What readers of the pages of the three services look for first. */
interface Fact {
  readonly service: Service;
  readonly method: string;
  readonly className: string;
  readonly line: string;
  /** Keys of `params`; one that may be left out has a question mark. */
  readonly params: readonly string[];
  readonly body: string;
  readonly contentType: string | undefined;
  readonly gives: string;
  readonly authorization: readonly string[];
  /** Statuses that have to be told; there may be more. */
  readonly statuses: readonly (number | string)[];
}

const LOGIN = { body: "", contentType: undefined } as const;
const SFTPGO = { ...LOGIN, service: "sftpgo", className: "TokenApi" } as const;
const SFTPGO_STATUSES = [200, 401, 403, 500, "default"];
const FORM = "application/x-www-form-urlencoded";

const FACTS: readonly Fact[] = [
  {
    ...LOGIN,
    service: "peertube",
    method: "getOAuthClient",
    className: "SessionApi",
    line: "GET /api/v1/oauth-clients/local",
    params: [],
    gives: "OAuthClient",
    authorization: [],
    statuses: [200],
  },
  {
    service: "peertube",
    method: "getOAuthToken",
    className: "SessionApi",
    line: "POST /api/v1/users/token",
    params: ["x-peertube-otp?"],
    body: "OAuthTokenPassword | OAuthTokenRefreshToken",
    contentType: FORM,
    gives: "OAuthTokenResponse",
    authorization: [],
    statuses: [200, 400, 401],
  },
  {
    ...LOGIN,
    service: "peertube",
    method: "revokeOAuthToken",
    className: "SessionApi",
    line: "POST /api/v1/users/revoke-token",
    params: [],
    // The server answers with JSON, other than published documents say.
    gives: "RevokeTokenResult",
    authorization: ["OAuth2"],
    statuses: [200],
  },
  {
    service: "mastodon",
    method: "postOauthToken",
    className: "OauthApi",
    line: "POST /oauth/token",
    params: [],
    body: "TokenRequest",
    contentType: FORM,
    gives: "Token",
    authorization: [],
    statuses: [200, 400, 401],
  },
  {
    service: "mastodon",
    method: "postOauthRevoke",
    className: "OauthApi",
    line: "POST /oauth/revoke",
    params: [],
    body: "RevokeTokenRequest",
    contentType: FORM,
    gives: "Empty",
    authorization: [],
    statuses: [200, 403],
  },
  {
    ...SFTPGO,
    method: "getToken",
    line: "GET /token",
    params: ["X-SFTPGO-OTP?"],
    gives: "Token",
    authorization: ["BasicAuth"],
    statuses: SFTPGO_STATUSES,
  },
  {
    ...SFTPGO,
    method: "getUserToken",
    line: "GET /user/token",
    params: ["X-SFTPGO-OTP?"],
    gives: "Token",
    authorization: ["BasicAuth"],
    statuses: SFTPGO_STATUSES,
  },
  {
    ...SFTPGO,
    method: "logout",
    line: "GET /logout",
    params: [],
    gives: "ApiResponse",
    authorization: ["BearerAuth"],
    statuses: SFTPGO_STATUSES,
  },
  {
    ...SFTPGO,
    method: "clientLogout",
    line: "GET /user/logout",
    params: [],
    gives: "ApiResponse",
    authorization: ["BearerAuth"],
    statuses: SFTPGO_STATUSES,
  },
];

describe("the operation", () => {
  it.each(FACTS)("$method of $service", ({ service, method, ...fact }) => {
    const operation = methodOf(referenceTo(service), method);
    expect(operation.responses.map(({ status }) => status)).toEqual(
      expect.arrayContaining([...fact.statuses]),
    );
    expect({
      className: operation.className,
      line: `${operation.method} ${operation.path}`,
      params: operation.parameters.map(({ key, optional }) => key + (optional ? "?" : "")),
      body: operation.body?.mediaTypes.map(({ type }) => shortType(type)).join() ?? "",
      contentType: operation.body?.defaultContentType,
      gives: shortType(operation.answers[0]?.type),
      authorization: operation.security.flat().map(({ scheme }) => scheme),
      statuses: fact.statuses,
    }).toEqual(fact);
    expect(operation.accept).toBe("application/json");
    expect(operation.summary).toMatch(/\w/);
  });

  it("of a page for people builds its URL", () => {
    const { kind, answers, parameters } = methodOf(referenceTo("mastodon"), "getOauthAuthorize");
    expect([kind, answers]).toEqual(["url", []]);
    const told = parameters.map(({ key, optional, isFilledIn }) => [key, optional, isFilledIn]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["client_id", false, false],
        ["redirect_uri", false, false],
        ["response_type", true, true],
        ["scope", true, false],
        ["force_login", true, false],
      ]),
    );
  });

  it("for logging in has errors with a type, and tells where the second factor is asked for", () => {
    const { responses } = methodOf(referenceTo("peertube"), "getOAuthToken");
    const refused = responses.find(({ status }) => status === 401);
    expect(refused?.content.map(({ type }) => shortType(type))).toEqual(["OAuthTokenError"]);
    expect(refused?.headers.map(({ name }) => name)).toContain("x-peertube-otp");
  });
});

describe("the service", () => {
  it.each([
    ["peertube", "https://peertube2.cpy.re", "https://peertube2.cpy.re"],
    ["mastodon", "https://{hostname}", "https://mastodon.example"],
    ["sftpgo", "/api/v2", undefined],
  ] as const)("%s is at %s", (service, url, baseUrl) => {
    const { servers, baseUrl: found } = referenceTo(service);
    expect([servers[0]?.url, found]).toEqual([url, baseUrl]);
  });

  it.each([
    ["peertube", ["OAuth2", "VideoFileToken"]],
    ["mastodon", ["OAuth2"]],
    ["sftpgo", ["APIKeyAuth", "BasicAuth", "BearerAuth"]],
  ] as const)("%s has the security schemes %j", (service, schemes) => {
    expect(referenceTo(service).securitySchemes.map(({ name }) => name)).toEqual(schemes);
  });

  it.each([
    ["peertube", "getConfig"],
    ["mastodon", "getInstanceV2"],
    ["sftpgo", "getStatus"],
  ] as const)("%s begins with %s", (service, method) => {
    const reference = referenceTo(service);
    expect(methodOf(reference, method).examples.made()).toContain(reference.start);
  });

  it("has the times of a token that ends as a type with fields", () => {
    const { declaration } = modelOf(referenceTo("sftpgo"), "Token");
    const fields =
      declaration.shape.kind === "interface"
        ? declaration.shape.object.members.map(({ name }) => name)
        : [];
    expect(fields).toEqual(expect.arrayContaining(["access_token", "expires_at"]));
  });
});
