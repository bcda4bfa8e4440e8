import { describe, expect, test } from "vitest";
import { configuredLoading, flaggedLoading } from "../../../generator/commands/loading.js";
import type {
  OriginReference,
  ServiceConfiguration,
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
