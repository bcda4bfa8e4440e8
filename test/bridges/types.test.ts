import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { typeErrors } from "../support/type-check.js";
import { repository } from "../support/repository.js";
import { bridgedFiles } from "./support/bridged.js";

/* What code may be written with the bridges, and what may not: the programs in `types/` say it, the compiler proves it. */

/** The programs of the page about bridges, where those in `types/` lie. */
const SHOWN = [
  ...readFileSync(repository("docs/bridges.md"), "utf8").matchAll(/^```ts\n(.*?)^```$/gms),
].map(
  ([, text = ""], index) =>
    [
      `shown-${index + 1}.ts`,
      `${text.replaceAll("./generated/", "./")}\nexport {};\ndeclare const text: string;\n`,
    ] as const,
);
const PROGRAMS = readdirSync(repository("test/bridges/types"));

describe("bridges", () => {
  it("compile, and let programs write what they promise", { timeout: 120_000 }, async () => {
    const bridges = ["msw", "tanstack-query", "zod"] as const;
    const clients = await Promise.all([
      bridgedFiles("mastodon", "Mastodon", bridges),
      bridgedFiles("peertube", "PeerTube", bridges),
      bridgedFiles("sftpgo", "SFTPGo", bridges),
    ]);
    const files = ["mastodon", "peertube", "sftpgo"].flatMap((service, index) =>
      (clients[index] ?? []).map(({ path, text }) => [`${service}/${path}`, text] as const),
    );
    const programs = PROGRAMS.map(
      (name) => [name, readFileSync(repository(`test/bridges/types/${name}`), "utf8")] as const,
    );
    expect(PROGRAMS.length).toBeGreaterThan(1);
    const complaints = typeErrors(new Map([...files, ...programs, ...SHOWN]));
    // A program that shows a value gives it a name, and no more.
    expect(complaints.filter((text) => !/^shown-.*: TS6133: /.test(text))).toEqual([]);
    expect(SHOWN.length).toBeGreaterThan(3);
  });
});
