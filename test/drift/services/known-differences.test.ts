import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../../cli/support.js";
import { repository } from "../../support/repository.js";
import { acceptanceText, type ReportedFinding } from "./known-differences.js";

/*
 * Our documents against the published ones: every difference is known, and nothing is accepted that is none. After a
 * change of a document or of a rule, UPDATE_GOLDEN=1 writes the acceptance files anew; read what changed in them.
 */

const PUBLISHED: Readonly<Record<string, string>> = {
  peertube: "peertube-8.1.0.yaml",
  mastodon: "mastodon-4.7.0.json",
  sftpgo: "sftpgo-2.7.0.yaml",
};

describe.each(Object.entries(PUBLISHED))("the document of %s", (service, name) => {
  const published = repository(`../shared/reference/specs/${name}`);

  it(
    "differs from the published one only in what is known",
    { timeout: 240_000 },
    async ({ skip }) => {
      if (!existsSync(published))
        skip(`${name} is not there: nobody compared our document with the published one`);
      if (process.env["UPDATE_GOLDEN"] === "1") await writeAcceptance(service, published);
      const run = await runProgram(repository("."), [
        "drift",
        service,
        "--document",
        published,
        "--fail-on",
        "any",
      ]);
      expect(run.code, run.out + run.err).toBe(0);
    },
  );
});

async function writeAcceptance(service: string, published: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "driftline-known-"));
  try {
    const file = path.join(folder, "report.json");
    await runProgram(repository("."), [
      "diff",
      `specs/${service}.yaml`,
      published,
      "--service",
      service,
      "--report",
      `json=${file}`,
    ]);
    const { reports } = JSON.parse(readFileSync(file, "utf8")) as {
      readonly reports: readonly {
        readonly new: { readonly version: string };
        readonly findings: readonly ReportedFinding[];
      }[];
    };
    const [report] = reports;
    if (report === undefined) throw new Error("no report");
    writeFileSync(
      repository(`specs/${service}.accept.yaml`),
      acceptanceText(report.new.version, report.findings),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
