import { existsSync } from "node:fs";
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../../../generator/diagnostics/diagnostic.js";
import { printDiagnostics } from "../../../generator/diagnostics/print.js";
import { loadSource, type LoadOptions } from "../../../generator/document/load.js";
import { parseLocation } from "../../../generator/document/location.js";
import type { Source } from "../../../generator/document/source.js";
import { inTemporaryFolder } from "../../cli/support.js";
import { commitFiles, git, makeRepository } from "../../support/git-repository.js";
import { body, startServer, status, type ScriptedServer } from "../../support/scripted-server.js";

describe("the name of a document", () => {
  test.each([
    ["api.yaml", { kind: "file", file: "api.yaml" }],
    ["./git:main:api.yaml", { kind: "file", file: "./git:main:api.yaml" }],
    ["c:\\specs\\api.yaml", { kind: "file", file: "c:\\specs\\api.yaml" }],
    ["https://example.com/a.yaml#x", { kind: "url", url: "https://example.com/a.yaml" }],
    ["http://localhost:1/a", { kind: "url", url: "http://localhost:1/a" }],
    ["git:main:specs/a.yaml", { kind: "git", ref: "main", path: "specs/a.yaml" }],
    ["git:v1^{commit}:./a.yaml", { kind: "git", ref: "v1^{commit}", path: "./a.yaml" }],
    ["git:origin/x:a:b.yaml", { kind: "git", ref: "origin/x", path: "a:b.yaml" }],
  ])("%s", (text, location) => {
    expect(parseLocation(text)).toEqual(location);
  });

  test.each([
    ["git:--output=x:y", "no name of a revision"],
    ["git:-h:y", "no name of a revision"],
    ["git:main", "no revision or no path"],
    ["git::a.yaml", "no revision or no path"],
    ["git:main:", "no revision or no path"],
    ["git:a\nb:c", "no name of a revision"],
    ["git:HEAD:/etc/passwd", "no relative one"],
    ["git:HEAD:a\\b", "no relative one"],
    ["https://user:SECRET@example.com/a", "a user name"],
    ["https://SECRET@example.com/a", "a user name"],
    ["http://example.com/a", "without TLS"],
    ["ftp://example.com/SECRET", "no URL of https"],
    ["file:///etc/passwd", "no URL of https"],
    ["https://[SECRET", "no URL of https"],
    ["https://10.0.0.1/a", "not public"],
    ["https://169.254.169.254/latest", "not public"],
    ["https://[::ffff:10.0.0.1]/a", "not public"],
    ["https://0x0a000001/a", "not public"],
  ])("%j is refused, and not repeated", (text, problem) => {
    const found = parseLocation(text);
    expect(found).toMatchObject({ problem: expect.stringContaining(problem) as string });
    expect(JSON.stringify(found)).not.toContain("SECRET");
  });

  test("of a private address is right where that is meant", () => {
    expect(parseLocation("https://10.0.0.1/a", true)).toMatchObject({ kind: "url" });
  });
});

const ROOT =
  "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents: { schemas: { Pet: { $ref: 'parts/pet.yaml#/Pet' } } }\n";
const PART = "Pet: { type: string, title: committed }\n";

/** Loads in a folder; not for tests that run at the same time. */
async function loadIn(
  folder: string,
  location: string,
  options: LoadOptions = {},
): Promise<{ readonly loaded: Outcome<Source>; readonly told: string }> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const loaded = await loadSource(location, options);
    return { loaded, told: printDiagnostics(loaded.diagnostics, undefined, { color: false }) };
  } finally {
    process.chdir(before);
  }
}

describe("a document of a commit", () => {
  const inRepository = (action: (folder: string) => Promise<void>): Promise<void> =>
    inTemporaryFolder(async (folder) => {
      await makeRepository(folder, { "specs/api.yaml": ROOT, "specs/parts/pet.yaml": PART });
      await action(folder);
    });

  test.each([
    ["", "git:main:specs/api.yaml"],
    ["", "git:HEAD:./specs/api.yaml"],
    ["specs", "git:HEAD:./api.yaml"],
    ["specs", "git:HEAD:specs/parts/../api.yaml"],
    ["specs/parts", "git:HEAD:../api.yaml"],
  ])("is read with its files, from the folder %j as %s", (below, location) =>
    inRepository(async (folder) => {
      await writeFile(path.join(folder, "specs/api.yaml"), "not committed: [");
      await writeFile(path.join(folder, "specs/parts/pet.yaml"), "Pet: { title: not committed }");
      const { loaded, told } = await loadIn(path.join(folder, below), location);
      expect(told).toBe("");
      expect(loaded.value?.document).toMatchObject({
        components: { schemas: { Pet: { title: "committed" } } },
      });
      const ref = location.split(":")[1] ?? "";
      expect(loaded.value?.file.path).toBe(`git:${ref}:specs/api.yaml`);
      expect([...(loaded.value?.files.keys() ?? [])]).toEqual([
        `git:${ref}:specs/api.yaml`,
        `git:${ref}:specs/parts/pet.yaml`,
      ]);
    }),
  );

  test("is that of the commit that is named", () =>
    inRepository(async (folder) => {
      await git(folder, "tag", "v1");
      await commitFiles(folder, { "specs/parts/pet.yaml": PART.replace("committed", "later") });
      const title = async (location: string): Promise<unknown> =>
        (await loadIn(folder, location)).loaded.value?.document["components"];
      expect(JSON.stringify(await title("git:v1:specs/api.yaml"))).toContain("committed");
      expect(JSON.stringify(await title("git:HEAD~1:specs/api.yaml"))).toContain("committed");
      expect(JSON.stringify(await title("git:main:specs/api.yaml"))).toContain("later");
    }));

  test.each([
    ["git:HEAD:specs/none.yaml", "file-not-found", "git:HEAD:specs/none.yaml"],
    ["git:HEAD:specs", "file-unreadable", "it is a folder"],
    ["git:HEAD:../../etc/passwd", "file-not-found", "no such file"],
    ["git:HEAD:specs/*.yaml", "file-not-found", "no such file"],
    ["git:HEAD::(glob)**", "file-not-found", "no such file"],
    ["git:nowhere:specs/api.yaml", "unknown-commit", "not known to Git here"],
    ["git:HEAD..HEAD:specs/api.yaml", "unknown-commit", "not known to Git here"],
    ["git:--exec=x:specs/api.yaml", "invalid-location", "no name of a revision"],
    ["git:HEAD:link.yaml", "file-unreadable", "a symbolic link that is not followed"],
    ["git:HEAD:linked/parts/pet.yaml", "file-not-found", "no such file"],
    ["git:HEAD:outside.yaml", "reference-outside-root", "leads out of the folder"],
  ])("%s is refused", (location, code, text) =>
    inRepository(async (folder) => {
      await symlink("specs/api.yaml", path.join(folder, "link.yaml"));
      await symlink("specs", path.join(folder, "linked"));
      await commitFiles(folder, {
        "outside.yaml": ROOT.replace("parts/pet.yaml", "../../etc/passwd"),
      });
      const { loaded, told } = await loadIn(folder, location);
      expect(loaded.diagnostics.map((finding) => finding.code)).toEqual([code]);
      expect(told).toContain(text);
    }),
  );

  test("is not larger than documents may be", () =>
    inRepository(async (folder) => {
      const { told } = await loadIn(folder, "git:HEAD:specs/api.yaml", { limits: { bytes: 20 } });
      expect(told).toContain("git:HEAD:specs/api.yaml: error[file-too-large]");
    }));

  test("runs no program that the repository names", () =>
    inRepository(async (folder) => {
      await commitFiles(folder, { ".gitattributes": "* diff=x filter=x\n" });
      const mark = path.join(folder, "ran");
      for (const key of ["diff.x.textconv", "filter.x.smudge", "core.fsmonitor", "core.pager"])
        await git(folder, "config", key, `touch ${mark} #`);
      const { told } = await loadIn(folder, "git:HEAD:specs/api.yaml");
      expect(told).toBe("");
      expect(existsSync(mark)).toBe(false);
    }));

  test("needs a repository", () =>
    inTemporaryFolder(async (folder) => {
      const { told } = await loadIn(folder, "git:HEAD:api.yaml");
      expect(told).toContain("the working directory is in no working tree of Git");
    }));
});

describe("a document of a URL", () => {
  let server: ScriptedServer;
  let other: ScriptedServer;
  beforeAll(async () => {
    [server, other] = await Promise.all([startServer(), startServer()]);
    server.answers.set("/specs/api.yaml", [body(ROOT, { etag: '"1"' })]);
    server.answers.set("/specs/parts/pet.yaml", [body(PART)]);
    server.answers.set("/moved", [status(301, { location: "/specs/api.yaml" })]);
    server.answers.set("/away", [status(302, { location: `${other.origin}/api.yaml` })]);
    server.answers.set("/down", [status(302, { location: "http://example.com/a" })]);
    server.answers.set("/inside", [status(302, { location: "https://10.0.0.1/a" })]);
    server.answers.set("/page", [body("<html>SECRET</html>")]);
    const referring = (reference: string): string => ROOT.replace("parts/pet.yaml", reference);
    server.answers.set("/to-other", [body(referring(`${other.origin}/pet.yaml`))]);
    server.answers.set("/to-file", [body(referring("file:///etc/passwd"))]);
    server.answers.set("/to-path", [body(referring("/etc/passwd"))]);
    other.answers.set("/pet.yaml", [body(PART)]);
    other.answers.set("/api.yaml", [body("openapi: 3.1.0\npaths: {}\n")]);
  });
  afterAll(() => {
    server.close();
    other.close();
  });

  test.each(["/specs/api.yaml", "/moved"])("%s is read with its files", async (place) => {
    const { value, diagnostics } = await loadSource(server.origin + place);
    expect(diagnostics).toEqual([]);
    expect(value?.file).toMatchObject({ path: `${server.origin}/specs/api.yaml`, etag: '"1"' });
    expect([...(value?.files.keys() ?? [])]).toContain(`${server.origin}/specs/parts/pet.yaml`);
  });

  test.each([
    ["/none", "fetch-failed", "The URL is answered with status 404."],
    ["/away", "fetch-failed", "from where nothing may be fetched"],
    ["/down", "fetch-failed", '"http://example.com", from where nothing may be fetched'],
    ["/inside", "fetch-failed", '"https://10.0.0.1", from where nothing may be fetched'],
    ["/page", "not-openapi", ""],
    ["/to-other", "remote-reference-refused", "an origin from which nothing may be fetched"],
    ["/to-file", "reference-outside-root", "an absolute path"],
    ["/to-path", "fetch-failed", "status 404"],
  ])("%s is refused", async (place, code, text) => {
    const { diagnostics } = await loadSource(server.origin + place);
    const told = printDiagnostics(diagnostics, undefined, { color: false });
    expect(diagnostics.map((finding) => finding.code)).toEqual([code]);
    expect(told).toContain(text);
  });

  test("may refer to another origin where the user allows it", async () => {
    const origins = [{ origin: other.origin }];
    for (const place of ["/to-other", "/away"]) {
      const { diagnostics } = await loadSource(server.origin + place, { origins });
      expect(diagnostics).toEqual([]);
    }
  });
});
