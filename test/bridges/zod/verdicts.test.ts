import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../generator/load-document.js";
import type { ResponseTables } from "../../../templates/runtime/response-tables.js";
import { repository } from "../../support/repository.js";
import { bridgedFiles, useClients } from "../support/bridged.js";
import { casesOf, exampleOf, mutationsOf, passes, referee, typesOf } from "./support.js";

/* Validators and ajv come to the same verdict: of what the documents allow, and of that with one thing changed. */

const writeClient = useClients();

describe.each([
  ["mastodon", "Mastodon"],
  ["peertube", "PeerTube"],
  ["sftpgo", "SFTPGo"],
] as const)("the validators of %s", (service, name) => {
  it("agree with the document about every answer", { timeout: 120_000 }, async () => {
    const load = writeClient(service, await bridgedFiles(service, name, ["zod"]));
    const { responseSchemas } = (await load("zod.ts")) as { responseSchemas: ResponseTables };
    const { value: source } = await loadDocument({ file: repository(`specs/${service}.yaml`) });
    if (source === undefined) throw new Error(`${service} cannot be read`);
    const types = typesOf(source);
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
          different.push(`${found.name}: ${verdict} for ${JSON.stringify(value).slice(-1500)}`);
      }
    }
    console.log(service, cases.length, counts);
    expect(different.slice(0, 20)).toEqual([]);
    expect(cases.length).toBeGreaterThan(40);
    expect(Math.min(counts.right, counts.wrong)).toBeGreaterThan(1_000);
  });
});
