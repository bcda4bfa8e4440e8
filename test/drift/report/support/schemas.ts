import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { repository } from "../../../support/repository.js";

/** What is wrong with a value; empty where nothing is. */
export type Check = (value: unknown) => readonly string[];

/** The schema that is published with the report as JSON. */
export function ownSchema(): Check {
  const file = repository("generator/drift/report/report-schema.json");
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  return checkOf(ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object));
}

/** The schema of SARIF 2.1.0, from a package that ships it. */
export function sarifSchema(): Check {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  // It is written in draft 4, of which it uses what later drafts have too, but for the name of its id.
  const { id, $schema, ...schema } = JSON.parse(readFileSync(file, "utf8")) as Record<
    string,
    unknown
  >;
  expectDraft(id, $schema);
  // One of its patterns is none with the flag `u`.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return checkOf(ajv.compile(schema));
}

function expectDraft(id: unknown, draft: unknown): void {
  if (draft !== "http://json-schema.org/draft-04/schema#")
    throw new Error(`${String(id)} is in another draft by now: ${String(draft)}`);
}

function checkOf(validate: ValidateFunction): Check {
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ""}`,
    );
  };
}
