import { describe, expect, test } from "vitest";
import {
  configuredLoading,
  flaggedLoading,
  publishedLoading,
} from "../../../generator/commands/loading.js";
import type {
  OriginReference,
  ServiceConfiguration,
  UpstreamConfiguration,
} from "../../../generator/config/configuration.js";
import type { TextPlace } from "../../../generator/diagnostics/diagnostic.js";

const FILE = { path: "driftline.yaml", text: "" };
const place = (line: number): TextPlace => ({ file: FILE, line, column: 1 });

function service(
  origin: string,
  headers: Readonly<Record<string, string>> = {},
): ServiceConfiguration {
  const entry: OriginReference = {
    origin,
    privateNetwork: false,
    place: place(1),
    headers: Object.entries(headers).map(([name, text]) => ({ name, text, place: place(2) })),
  };
  return {
    service: "a",
    input: "a.yaml",
    folder: "/generated/a",
    runtime: "shared",
    overlays: [],
    helpers: [],
    bridges: [],
    docs: false,
    references: { folders: ["/shared"], origins: [entry] },
    limits: { files: 3 },
    policy: { strict: false, allow: [] },
  };
}

describe("how a document of the configuration is read", () => {
  test("headers get environment variables, and nothing else does", () => {
    const { value } = configuredLoading(
      service("https://A.example:443", { a: "x ${T} ${T}-${U}", b: "$T ${T", c: "{T}" }),
      { T: "${U}", U: "u" },
    );
    expect(value).toEqual({
      folders: ["/shared"],
      limits: { files: 3 },
      origins: [
        {
          origin: "https://a.example",
          headers: { a: "x ${U} ${U}-u", b: "$T ${T", c: "{T}" },
          privateNetwork: false,
        },
      ],
    });
  });

  test.each([
    ["is not set", "${T}", {}],
    ["is only inherited", "${constructor}", {}],
    ["has a line break", "${T}", { T: "SECRET\nx: y" }],
    ["has a character beyond Latin-1", "${T}", { T: "SECRET\u2028" }],
    ["has no name", "${}", {}],
  ])("a variable that %s", (_name, text, environment) => {
    const { value, diagnostics } = configuredLoading(
      service("https://a.example", { a: text }),
      environment,
    );
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "missing-variable", place: { line: 2 } }]);
    expect(JSON.stringify(diagnostics)).not.toContain("SECRET");
  });

  test.each(["http://a.example", "http://10.0.0.1", "http://localhost.a.example", "https://[::1"])(
    "not from %s",
    (origin) => {
      const { diagnostics } = configuredLoading(service(origin), {});
      expect(diagnostics).toMatchObject([{ code: "invalid-value", place: { line: 1 } }]);
    },
  );
});

describe("how the document of --input is read", () => {
  test.each(["https://a.example", "http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:1"])(
    "from %s",
    (origin) => {
      expect(flaggedLoading({ allowOrigin: [origin] }).value?.origins).toEqual([{ origin }]);
    },
  );

  test.each(["http://a.example", "a.example", "https://a.example/b", "file:///etc"])(
    "not from %s",
    (origin) => {
      const { diagnostics } = flaggedLoading({ allowOrigin: [origin] });
      expect(diagnostics.map(({ code }) => code)).toEqual(["invalid-value"]);
    },
  );
});

describe("how the published document of a service is read", () => {
  const upstream = (headers: Readonly<Record<string, string>>): UpstreamConfiguration => ({
    url: "https://docs.example/openapi.yaml",
    isMaintained: false,
    privateNetwork: false,
    headers: Object.entries(headers).map(([name, text]) => ({ name, text, place: place(3) })),
  });

  test("its headers belong to its origin, and to no other one", () => {
    const { value } = publishedLoading(
      service("https://a.example", { a: "b" }),
      upstream({ authorization: "Bearer ${T}" }),
      { T: "t" },
    );
    expect(value?.origins).toEqual([
      { origin: "https://a.example", headers: { a: "b" }, privateNetwork: false },
      {
        origin: "https://docs.example",
        headers: { authorization: "Bearer t" },
        privateNetwork: false,
      },
    ]);
  });

  test("without headers its origin is allowed by its own URL only", () => {
    const { value } = publishedLoading(service("https://a.example"), upstream({}), {});
    expect(value?.origins?.map(({ origin }) => origin)).toEqual(["https://a.example"]);
  });

  test("a variable that is not set is told where the header stands", () => {
    const { value, diagnostics } = publishedLoading(
      service("https://a.example"),
      upstream({ a: "${T}" }),
      {},
    );
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "missing-variable", place: { line: 3 } }]);
  });
});
