import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { inTemporaryFolder, runHere, type Run } from "../cli/support.js";
import { realPipeline } from "../support/pipeline.js";

/* Reference pages as somebody has them who runs the command: there where they are wanted, and kept up to date. */

const DOCUMENT = `openapi: "3.1.0"
info: { title: Films, version: "1" }
servers: [{ url: "https://films.example" }]
paths:
  /films/{id}:
    get:
      operationId: getFilm
      tags: [films]
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        "200":
          description: A film.
          content: { application/json: { schema: { $ref: "#/components/schemas/Film" } } }
components:
  schemas:
    Film: { type: object, properties: { title: { type: string } } }
`;

const PAGES = ["FilmsApi.md", "README.md", "models", "models/Film.md"];
const DOCS = "generated/films/docs";

async function inProject(action: (project: Project) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const project = {
      file: (name: string) => path.join(folder, name),
      run: (...args: readonly string[]) => runHere(folder, args, realPipeline()),
      configure: (docs: string) =>
        writeFile(
          path.join(folder, "driftline.yaml"),
          `services:\n  films: { input: api.yaml${docs} }\noutput: generated\n`,
        ),
    };
    await writeFile(project.file("api.yaml"), DOCUMENT);
    await project.configure(", docs: true");
    expect(await project.run("generate")).toMatchObject({ code: 0, err: "" });
    await action(project);
  });
}

interface Project {
  readonly file: (name: string) => string;
  readonly run: (...args: readonly string[]) => Promise<Run>;
  /** Writes the configuration, with this behind the input of the service. */
  readonly configure: (docs: string) => Promise<void>;
}

async function pagesOf({ file }: Project): Promise<readonly string[]> {
  return (await readdir(file(DOCS), { recursive: true })).sort();
}

describe("the option docs", () => {
  it("makes pages, which check finds up to date", () =>
    inProject(async (project) => {
      expect(await pagesOf(project)).toEqual(PAGES);
      expect(await project.run("check")).toMatchObject({ code: 0, err: "" });
    }));

  it.each([", docs: false", ""])(
    "makes none where it is %j, and takes away those of before",
    (docs) =>
      inProject(async (project) => {
        await project.configure(docs);
        const check = await project.run("check");
        expect(check.code).toBe(1);
        for (const page of PAGES.filter((name) => name.endsWith(".md")))
          expect(check.out).toContain(`${DOCS}/${page}`);
        await project.run("generate");
        expect(existsSync(project.file(DOCS))).toBe(false);
        expect(existsSync(project.file("generated/films/films-api.ts"))).toBe(true);
      }),
  );

  it("is a flag where there is no configuration", () =>
    inProject(async (project) => {
      const target = ["--input", "api.yaml", "--output", "other"];
      await project.run("generate", ...target);
      expect(existsSync(project.file("other/docs"))).toBe(false);
      await project.run("generate", ...target, "--docs");
      expect(existsSync(project.file("other/docs/README.md"))).toBe(true);
      expect(await project.run("check", ...target, "--docs")).toMatchObject({ code: 0, err: "" });
    }));
});

describe("check", () => {
  it("tells of a page that is missing, was changed, or belongs to nothing any more", () =>
    inProject(async (project) => {
      await rm(project.file(`${DOCS}/FilmsApi.md`));
      const film = project.file(`${DOCS}/models/Film.md`);
      await writeFile(film, `${await readFile(film, "utf8")}\nMore.\n`);
      const { code, out } = await project.run("check");
      expect(code).toBe(1);
      expect(out).toContain(`missing ${DOCS}/FilmsApi.md`);
      expect(out).toContain(`changed ${DOCS}/models/Film.md`);
      expect(out).not.toContain("README.md");
    }));

  it("tells which pages a change of the document changes", () =>
    inProject(async (project) => {
      await writeFile(project.file("api.yaml"), DOCUMENT.replace("A film.", "One film."));
      const { code, out } = await project.run("check");
      expect(code).toBe(1);
      expect(out).toContain(`changed ${DOCS}/FilmsApi.md`);
    }));

  it("leaves what somebody else wrote beside the pages", () =>
    inProject(async (project) => {
      const own = project.file(`${DOCS}/NOTES.md`);
      await writeFile(own, "Mine.\n");
      await project.run("generate");
      expect(await readFile(own, "utf8")).toBe("Mine.\n");
    }));
});
