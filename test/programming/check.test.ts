import { beforeAll, describe, expect, it } from "vitest";
import { check, generate, type ClientRequest } from "../../generator/index.js";
import { FILES, PETS, REQUEST } from "./support.js";

describe("check", () => {
  let present: ReadonlyMap<string, string>;

  beforeAll(async () => {
    present = (await generate(REQUEST)).files ?? new Map();
  });

  const checked = async (
    change: (files: Map<string, string>) => void,
    request: Partial<ClientRequest> = {},
  ): Promise<readonly string[] | undefined> => {
    const files = new Map(present);
    change(files);
    const { differences } = await check({ ...REQUEST, ...request, present: files });
    return differences?.map(({ file, kind, reasons }) => `${kind} ${file}: ${reasons.join(", ")}`);
  };
  const asItIs = (): void => undefined;

  it("finds no difference in what was generated", async () => {
    expect(await checked(asItIs)).toEqual([]);
  });

  it("tells what was edited, removed and added by hand", async () => {
    const found = await checked((files) => {
      files.set("models.ts", `${files.get("models.ts") ?? ""}// mine\n`);
      files.delete("client.ts");
      files.set("old-api.ts", files.get("pets-api.ts") ?? "");
      files.set("mine.ts", "export {};\n");
    });
    expect(found).toEqual([
      "missing client.ts: removed-by-hand",
      "changed models.ts: edited-by-hand",
      "extra old-api.ts: not-recorded",
    ]);
  });

  it("tells that the document changed, and where the files differ first", async () => {
    const files = { ...FILES, "api.yaml": PETS.replace("/pets:", "/animals:") };
    const { differences } = await check({ ...REQUEST, files, present });
    const methods = differences?.find(({ file }) => file === "pets-api.ts");
    expect(methods).toMatchObject({ kind: "changed", reasons: ["document-changed"] });
    expect(methods?.expected).toContain("/animals");
    expect(methods?.actual).toContain("/pets");
  });

  it("tells that the options changed", async () => {
    const found = await checked(asItIs, { options: { int64: "string" } });
    expect(found).toContain("changed models.ts: configuration-changed");
  });

  it("tells that nothing was ever generated", async () => {
    const { differences } = await check(REQUEST);
    expect(differences?.map(({ kind, reasons }) => [kind, ...reasons])).toContainEqual([
      "missing",
      "never-generated",
    ]);
  });

  it("tells what is wrong with a manifest", async () => {
    const files = new Map([...present, ["driftline-manifest.json", "{}"]]);
    const { differences, diagnostics } = await check({ ...REQUEST, present: files });
    expect(differences).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "invalid-manifest", file: "driftline-manifest.json" },
    ]);
  });

  it("gives no differences beside errors", async () => {
    const { differences, diagnostics } = await check({ document: "api.yaml", files: {} });
    expect(differences).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "file-not-found", file: "api.yaml" }]);
  });
});
