import type ts from "typescript";
import { describe, expect, it } from "vitest";
import { pageOf, programsOf } from "./support/page-files.js";
import { PROJECTS, programComplaints } from "./support/program-types.js";
import { DOCUMENTED_SERVICES } from "./support/services.js";

/*
 * Every program of every page, as a reader copies it: it compiles for those who have the strictest compiler, and it
 * does what it is there for, against a service that knows nothing but the document.
 */

const FILES = new Map<string, ts.SourceFile | undefined>();

/** Pages that are wrong, and how. */
const BROKEN = pageOf(
  "BrokenApi.md",
  `# BrokenApi

## unknownMethod

\`\`\`ts
import { SFTPGo } from "./generated/sftpgo/index.js";

const sftpgo = new SFTPGo({ baseUrl: "https://sftpgo.example" });
console.log(await sftpgo.token.getTokens());
\`\`\`

## unused

- in a list

  \`\`\`ts
  import { SFTPGo } from "./generated/sftpgo/index.js";

  const sftpgo = new SFTPGo();
  \`\`\`

\`\`\`typescript
this is no program
\`\`\`
`,
);

describe("the compiler", () => {
  it("tells the page and the line of what is wrong", () => {
    const said = programComplaints(programsOf(BROKEN), PROJECTS["without it"], FILES);
    expect(said.map((text) => text.split("\n")[0])).toEqual([
      "BrokenApi.md:9: TS2551: Property 'getTokens' does not exist on type 'TokenApi'. Did you mean 'getToken'?",
      "BrokenApi.md:19: TS6133: 'sftpgo' is declared but its value is never read.",
    ]);
  });

  it.each(Object.entries(PROJECTS))(
    "has nothing against any program, %s",
    (_, lib) => {
      const programs = DOCUMENTED_SERVICES.flatMap(({ service, pages }) =>
        pages.flatMap(programsOf).map((one) => ({ ...one, page: `${service}/${one.page}` })),
      );
      expect(programs.length).toBeGreaterThan(600);
      expect(programComplaints(programs, lib, FILES)).toEqual([]);
    },
    120_000,
  );
});
