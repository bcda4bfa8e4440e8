import { existsSync, readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { loadSource } from "../../generator/document/load.js";
import { repository } from "../support/repository.js";
import { readSpecFiles } from "../support/spec-files.js";
import { coverageText } from "./coverage.js";
import { DOCUMENT_RULES } from "./document-rules.js";
import { exampleProblems } from "./examples.js";
import { EXCEPTIONS } from "./exceptions.js";
import { OPERATION_RULES } from "./operation-rules.js";
import { SCHEMA_RULES } from "./schema-rules.js";
import { schemasOf } from "./schemas.js";
import { SERVICES } from "./services.js";
import { operationsOf } from "./spec-operations.js";

/*
 * What our own documents promise beyond being valid. A rule is a row of one of three tables; where a document may
 * break it, `exceptions.ts` says why.
 */

const SPECS = new Map(SERVICES.map((service) => [service, readSpecFiles(service)]));
const REFERENCE = repository("../shared/reference");

describe.each([...SPECS])("specs/%s.yaml", (service, spec) => {
  const operations = operationsOf(spec);
  const schemas = schemasOf(spec);

  /** The problems that no exception allows. */
  function inexcusable(rule: string, problems: readonly string[]): readonly string[] {
    const allowed = EXCEPTIONS.filter((entry) => entry.service === service && entry.rule === rule);
    for (const { problem } of allowed) expect(problems).toContain(problem);
    return problems.filter((problem) => allowed.every((entry) => entry.problem !== problem));
  }

  it("is OpenAPI 3.1", async () => {
    const { value, diagnostics } = await loadSource(repository(`specs/${service}.yaml`));
    expect(diagnostics).toEqual([]);
    const result = await new Validator().validate(structuredClone(value?.document) ?? {});
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  it.each(Object.entries(DOCUMENT_RULES))("%s", (name, rule) => {
    expect(inexcusable(name, rule(spec))).toEqual([]);
  });

  it.each(Object.entries(OPERATION_RULES))("every operation %s", (name, rule) => {
    const problems = operations.flatMap((operation) =>
      rule(operation, spec).map(
        (problem) => `${String(operation.node["operationId"])}: ${problem}`,
      ),
    );
    expect(inexcusable(name, problems)).toEqual([]);
  });

  it.each(Object.entries(SCHEMA_RULES))("every schema %s", (name, rule) => {
    const problems = schemas.flatMap((found) =>
      rule(found, spec).map((problem) => `${found.area}${found.trail}: ${problem}`),
    );
    expect(inexcusable(name, problems)).toEqual([]);
  });

  it("has examples that fit their schemas", () => {
    expect(exampleProblems(spec)).toEqual([]);
  });

  it.skipIf(!existsSync(REFERENCE))(
    "has the operations that the service has (needs ../shared/reference)",
    () => {
      const table = readFileSync(`${REFERENCE}/inventory-${service}.tsv`, "utf8");
      const rows = table.trim().split("\n").slice(1);
      const published = rows.map((row) => row.split("\t").slice(1, 3).join(" "));
      const ours = operations.map(({ method, path }) => `${method} ${path}`);
      const corrected = MOVED[service] ?? {};
      expect([...ours].sort()).toEqual(
        published.map((operation) => corrected[operation] ?? operation).sort(),
      );
      expect(Object.keys(corrected).filter((old) => !published.includes(old))).toEqual([]);
    },
  );
});

/** Operations that the published document has under a method or path that the server does not answer. */
const MOVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  peertube: {
    "GET /api/v1/users/{id}/token-sessions/{tokenSessionId}/revoke":
      "POST /api/v1/users/{id}/token-sessions/{tokenSessionId}/revoke",
    "GET /api/v1/runners/jobs/{jobUUID}/cancel": "POST /api/v1/runners/jobs/{jobUUID}/cancel",
    "POST /api/v1/client-config/update-language":
      "POST /api/v1/client-config/update-interface-language",
    "GET /static/streaming-playlists/hls/{filename}":
      "GET /static/streaming-playlists/hls/{videoUUID}/{filename}",
    "GET /static/streaming-playlists/hls/private/{filename}":
      "GET /static/streaming-playlists/hls/private/{videoUUID}/{filename}",
  },
};

describe("specs/COVERAGE.md", () => {
  it('is what "npm run coverage" writes', () => {
    expect(readFileSync(repository("specs/COVERAGE.md"), "utf8")).toBe(coverageText(SPECS));
  });

  it.runIf(!existsSync(REFERENCE))("was compared with the inventories", ({ skip }) => {
    skip("../shared/reference is not there: nobody compared the operations with the inventories");
  });
});
