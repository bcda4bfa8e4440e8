import { readdirSync, readFileSync, existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DIAGNOSTIC_CODES, type DiagnosticCode } from "../../generator/diagnostics/codes.js";
import { repository } from "../support/repository.js";
import { caseNames } from "./cases.js";

/**
 * Codes that no document gives: they are about the configuration, the command line or the output folder. A test in one
 * of these folders has to name each of them.
 */
const TESTED_ELSEWHERE = ["test/cli", "test/doctor", "test/drift", "test/unit"] as const;
const NOT_OF_A_DOCUMENT: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  "missing-operation-id",
  "unknown-key",
  "missing-key",
  "invalid-value",
  "unknown-service",
  "unknown-helper",
  "missing-variable",
  "unknown-operation",
  "unknown-code",
  "wrong-usage",
  "unused-exception",
  "invalid-location",
  "unknown-commit",
  "pull-refused",
  "unused-acceptance",
  "expired-acceptance",
  "unsafe-path",
  "would-overwrite",
  "output-locked",
  "write-failed",
  "invalid-manifest",
  "kept-edited-file",
  "recovered-interrupted-run",
]);

const CODES = Object.keys(DIAGNOSTIC_CODES) as DiagnosticCode[];

const inGoldenCases = new Set(
  caseNames()
    .map((name) => repository(`test/golden/${name}/diagnostics.txt`))
    .filter((file) => existsSync(file))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\b(?:error|warning)\[([a-z0-9-]+)\]/g)])
    .map((match) => match[1] ?? ""),
);

const otherTests = TESTED_ELSEWHERE.map((folder) => repository(folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:ts|txt)$/.test(name))
      .map((name) => readFileSync(path.join(folder, name), "utf8")),
  );

describe("diagnostic codes", () => {
  const ofDocuments = CODES.filter((code) => !NOT_OF_A_DOCUMENT.has(code));

  it.each(ofDocuments)("%s has a golden case", (code) => {
    expect([...inGoldenCases]).toContain(code);
  });

  it.each([...NOT_OF_A_DOCUMENT])("%s has a test where it can come up", (code) => {
    expect(CODES, "the code is gone: take it off the list").toContain(code);
    expect([...inGoldenCases], "a document gives it: take it off the list").not.toContain(code);
    const test = new RegExp(`["'\`[]${code}["'\`\\]]`);
    expect(otherTests.some((text) => test.test(text))).toBe(true);
  });

  it("are all known that golden cases show", () => {
    expect([...inGoldenCases].filter((code) => !CODES.includes(code as DiagnosticCode))).toEqual([]);
  });
});
