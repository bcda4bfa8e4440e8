import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { generate, type ClientOptions, type ClientRequest } from "../../generator/index.js";
import { runProgram } from "../cli/support.js";
import { repository } from "../support/repository.js";
import { FILES, filesBelow, PET, PETS, REQUEST, sftpgo, sorted } from "./support.js";

const FOLDER = mkdtempSync(path.join(tmpdir(), "driftline-programming-"));

afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

describe("generate", () => {
  it("gives byte for byte what the command line writes", { timeout: 120_000 }, async () => {
    const made = await generate({ ...sftpgo(), options: { name: "SFTPGo" } });
    const output = path.join(FOLDER, "sftpgo");
    const input = repository("specs/sftpgo.yaml");
    const run = await runProgram(FOLDER, [
      ...["generate", "--input", input, "--output", output, "--name", "SFTPGo"],
    ]);
    expect(run.code).toBe(0);
    const written = [...filesBelow(output)];
    expect(written.length).toBeGreaterThan(100);
    expect(sorted(made.files)).toEqual(written);
  });

  it("takes options as driftline.yaml does", async () => {
    const options: ClientOptions = {
      name: "Zoo",
      int64: "bigint",
      include: { tags: ["pets"] },
      exclude: { deprecated: true },
      prune: true,
      docs: true,
    };
    const { files, diagnostics } = await generate({ ...REQUEST, options });
    expect(diagnostics).toEqual([]);
    expect(files?.get("client.ts")).toContain("class Zoo");
    expect(files?.get("models.ts")).toContain("age?: bigint");
    expect(files?.get("docs/README.md")).toContain('from "./client/index.js"');
  });

  it("applies overlays, which are files, too", async () => {
    const overlay = `overlay: 1.0.0
info: { title: Names, version: 1.0.0 }
actions: [{ target: $.info, update: { title: Animals } }]
`;
    const files = { ...FILES, "names.overlay.yaml": overlay };
    const made = await generate({
      ...REQUEST,
      files,
      options: { overlays: ["names.overlay.yaml"] },
    });
    expect(made.diagnostics).toEqual([]);
    expect(made.files?.get("index.ts")).toContain("from Animals");
  });

  it("takes a document as a value, with files beside it", async () => {
    const document = {
      openapi: "3.1.0",
      info: { title: "Pets", version: "1.0.0" },
      paths: {
        "/pets": {
          get: {
            operationId: "listPets",
            tags: ["pets"],
            responses: {
              200: {
                description: "All pets.",
                content: {
                  "application/json": {
                    schema: { type: "array", items: { $ref: "schemas/pet.yaml#/Pet" } },
                  },
                },
              },
            },
          },
        },
      },
    };
    const ofValue = await generate({ document, files: { "schemas/pet.yaml": PET } });
    const ofText = await generate(REQUEST);
    expect(ofValue.diagnostics).toEqual([]);
    expect(sorted(ofValue.files)).toEqual(sorted(ofText.files));
  });

  it("keeps the names that the folder has in driftline.lock", async () => {
    const before = await generate(REQUEST);
    const renamed = { ...FILES, "api.yaml": PETS.replace("listPets", "allPets") };
    const present = before.files ?? new Map();
    const after = await generate({ ...REQUEST, files: renamed, present });
    expect(after.files?.get("pets-api.ts")).toContain("listPets");
    const without = await generate({ ...REQUEST, files: renamed });
    expect(without.files?.get("pets-api.ts")).not.toContain("listPets");
  });

  const text = (api: string, more: Readonly<Record<string, string>> = {}): ClientRequest => ({
    document: "api.yaml",
    files: { "api.yaml": api, ...more },
  });
  const referring = (reference: string): string => PETS.replace("schemas/pet.yaml#/Pet", reference);
  const circle: Record<string, unknown> = {};
  circle["itself"] = circle;

  it.each<readonly [string, ClientRequest, object]>([
    [
      "a file that is not there",
      { document: "other.yaml", files: {} },
      { code: "file-not-found", file: "other.yaml" },
    ],
    ["a file of this machine", { document: "/etc/hostname" }, { code: "wrong-usage" }],
    ["a URL", { document: "https://example.com/api.yaml" }, { code: "wrong-usage" }],
    ["a commit", { document: "git:HEAD:driftline.yaml" }, { code: "file-not-found" }],
    ["a path that leaves the folder", text(PETS, { "../a.yaml": "" }), { code: "wrong-usage" }],
    ["a path of Windows", text(PETS, { "a\\b.yaml": "" }), { code: "wrong-usage" }],
    ["a value that contains itself", { document: circle }, { code: "wrong-usage" }],
    [
      "a text that is none",
      text(PETS, { "a.yaml": 1 as unknown as string }),
      { code: "wrong-usage" },
    ],
    [
      "text that is no YAML",
      text("openapi: ["),
      { code: "yaml-syntax", file: "api.yaml", line: 1, column: 11 },
    ],
    [
      "a reference to a file of this machine",
      text(referring("../../../../etc/hostname")),
      {
        code: "reference-outside-root",
        file: "api.yaml",
        line: 13,
        hint: "Give the file a path without ../ at its beginning.",
      },
    ],
    [
      "a reference to the network",
      text(referring("https://example.com/pet.yaml")),
      {
        code: "remote-reference-refused",
        hint: "Save the file beside the document and refer to it by a relative path.",
      },
    ],
    [
      "an option that is unknown",
      { ...REQUEST, options: { int46: "bigint" } as ClientOptions },
      { code: "unknown-key", pointer: "/options/int46" },
    ],
    [
      "an option with a wrong value",
      { ...REQUEST, options: { int64: "long" } as unknown as ClientOptions },
      { code: "invalid-value", pointer: "/options/int64" },
    ],
    [
      "an option for all services with a wrong value",
      { ...REQUEST, options: { extensions: { sunset: "gone" } } },
      { code: "invalid-value", pointer: "/options/extensions/sunset" },
    ],
    [
      "an option of files on disk",
      { ...REQUEST, options: { references: { folders: ["/"] } } as ClientOptions },
      { code: "wrong-usage" },
    ],
    [
      "an option that is no JSON",
      { ...REQUEST, options: { name: 1n } as unknown as ClientOptions },
      { code: "wrong-usage" },
    ],
    [
      "a helper there is none of",
      { ...REQUEST, options: { helpers: ["none"] } },
      {
        code: "unknown-helper",
        pointer: "/options/helpers/0",
      },
    ],
    [
      "a value that is no document",
      {
        document: {
          openapi: "3.1.0",
          info: { title: "A", version: "1" },
          paths: { "/pets": { get: { responses: 1 } } },
        },
      },
      { pointer: "/document/paths/~1pets/get/responses" },
    ],
    [
      "a lock that is none",
      { ...REQUEST, present: { "driftline.lock": "{" } },
      { file: "driftline.lock", line: 1 },
    ],
  ])("tells of %s", async (_what, request, expected) => {
    const { files, diagnostics } = await generate(request);
    expect(files).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ severity: "error", ...expected });
    const place = JSON.stringify(diagnostics);
    expect(place).not.toMatch(/\(options\)|\(document\)|[/\\]driftline[/\\]/);
  });

  it("gives the same to all who call it at the same time", { timeout: 60_000 }, async () => {
    const requests = ["A", "B", "C", "D"].map((name) => ({ ...REQUEST, options: { name } }));
    const together = await Promise.all(requests.map(generate));
    for (const [index, request] of requests.entries()) {
      const alone = await generate(request);
      expect(sorted(together[index]?.files)).toEqual(sorted(alone.files));
    }
  });

  it("changes nothing of what it is given", async () => {
    const request = JSON.stringify(REQUEST);
    await generate(REQUEST);
    expect(JSON.stringify(REQUEST)).toBe(request);
  });

  it("leaves nothing behind", { timeout: 120_000 }, async () => {
    await generate(REQUEST);
    const before = process.getActiveResourcesInfo();
    const listeners = process.eventNames().map((name) => process.listenerCount(name));
    for (let call = 0; call < 40; call += 1) await generate(REQUEST);
    expect(process.getActiveResourcesInfo().sort()).toEqual(before.sort());
    expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(listeners);
  });
});
