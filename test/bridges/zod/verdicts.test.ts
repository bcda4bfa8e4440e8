import { describe, expect, it } from "vitest";
import type { ResponseTables } from "../../../templates/runtime/response-tables.js";
import { repository } from "../../support/repository.js";
import { useClients } from "../support/bridged.js";
import { casesOf, exampleOf, mutationsOf, passes, referee, zodOf } from "./support.js";

/* Validators and ajv come to the same verdict: of what the documents allow, and of that with one thing changed. */

const writeClient = useClients();

describe.each(["mastodon", "peertube", "sftpgo"])("the validators of %s", (service) => {
  it("agree with the document about every answer", { timeout: 120_000 }, async () => {
    const { types, files } = await zodOf(repository(`specs/${service}.yaml`));
    const { responseSchemas } = (await writeClient(service, files)("zod.ts")) as {
      responseSchemas: ResponseTables;
    };
    const isOf = referee(types);
    const cases = casesOf(types, responseSchemas);
    const counts = { right: 0, wrong: 0 };
    const different: string[] = [];
    for (const found of cases) {
      const isValid = isOf(found.placed);
      const example = exampleOf(found, types);
      if (example === undefined) throw new Error(`${found.name}: no example`);
      for (const value of [example, ...mutationsOf(example)]) {
        const verdict = isValid(value);
        counts[verdict ? "right" : "wrong"] += 1;
        if (passes(found, value) !== verdict)
          different.push(`${found.name}: ${verdict} for ${JSON.stringify(value).slice(0, 1_500)}`);
      }
    }
    expect(different).toEqual([]);
    expect(cases.length).toBeGreaterThan(40);
    expect(Math.min(counts.right, counts.wrong)).toBeGreaterThan(1_000);
  });
});
