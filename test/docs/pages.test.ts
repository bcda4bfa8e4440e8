import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { methodName } from "../services/support/client.js";
import { repository } from "../support/repository.js";
import { factsOf, shownProperties, tells } from "./support/expected.js";
import { linkProblems, unreachable } from "./support/links.js";
import { lintProblems } from "./support/lint.js";
import { operationSections } from "./support/operation-sections.js";
import { blocksIn, codeBlocks, pageOf, shownText } from "./support/page-files.js";
import { sectionText } from "./support/sections.js";
import { DOCUMENTED_SERVICES } from "./support/services.js";
import { shownSignatures, signaturesOf } from "./support/signatures.js";

/* What holds for every page of the reference: links, layout, and that it tells all that the document says. */

describe.each(DOCUMENTED_SERVICES)("$service", ({ service, document, pages }) => {
  const sections = operationSections(pages);
  const classes = readClasses(service);

  it("has a page for each class and each model, and a first one", () => {
    const models = modelNames(service).map((name) => `models/${name}.md`);
    const expected = ["README.md", ...[...classes.keys()].map((name) => `${name}.md`), ...models];
    expect(pages.map(({ path }) => path).sort()).toEqual(expected.sort());
  });

  it("has a section for each method, with its signatures, and for nothing else", () => {
    const methods = [...classes].flatMap(([name, signatures]) =>
      [...signatures].map(([method, texts]) => [`${name}.md#${method}`, texts] as const),
    );
    const shown = [...sections].map(([key, { nodes, page }]) => [
      key,
      blocksIn(nodes, page)
        .filter(({ language }) => language === "typescript")
        .flatMap(({ text }) => shownSignatures(text)),
    ]);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(methods));
  });

  it("leads to pages and anchors that are there, and nowhere else", () => {
    expect(linkProblems(pages)).toEqual([]);
  });

  it("can be read from its first page on", () => {
    const methods = [...sections.values()].map(({ page, anchor = "?" }) => `${page}#${anchor}`);
    expect(unreachable(pages, "README.md", methods)).toEqual([]);
  });

  it("is laid out as markdownlint wants it", () => {
    expect(lintProblems(pages)).toEqual([]);
  }, 120_000);

  it("says of each block of code what it is", () => {
    const languages = pages.flatMap(codeBlocks).map(({ language }) => language);
    const known = ["ts", "typescript", "json", "http", "sh", "text"];
    expect([...new Set(languages)].filter((language) => !known.includes(language))).toEqual([]);
  });

  it("tells of each operation all that the document has", () => {
    const missing = document.operations.flatMap((operation) => {
      const method = `#${methodName(operation.operationId)}`;
      const [section] = [...sections].flatMap(([key, one]) => (key.endsWith(method) ? [one] : []));
      const text = section === undefined ? "" : sectionText(section);
      return factsOf(operation, document)
        .filter((fact) => !tells(text, fact.text))
        .map((fact) => `${operation.operationId}: ${fact.what} ${fact.text}`);
    });
    expect(missing).toEqual([]);
  });

  it("tells of each model all its properties", () => {
    const texts = new Map(pages.map(({ path, tree }) => [plain(path), shownText(tree)]));
    const missing = Object.entries(document.schemas).flatMap(([name, schema]) => {
      const told = MODEL_NAMES.map((end) => texts.get(plain(`models/${name}${end}.md`)) ?? "");
      if (told.every((text) => text === "")) return [`${name}: no page`];
      return shownProperties(schema, document)
        .filter((property) => !tells(told.join("\n"), property))
        .map((property) => `${name}: ${property}`);
    });
    expect(missing).toEqual([]);
  });
});

describe("pages that are wrong", () => {
  const readme =
    "# Read\n\nSee [A](A.md#a), [B](models/B.md) and [the web](https://example.org/#x).\n";
  const fine = {
    "README.md": readme,
    "A.md": '# A\n\n<a id="a"></a>\n\n## x\n',
    "models/B.md": "# B\n",
  };

  it.each([
    { what: "nothing", files: {}, said: [] },
    {
      what: "a link to no page",
      files: { "A.md": "# Ah\n\n[b](B.md) [b](models/B.md)\n" },
      said: ["README.md:3: A.md#a leads to no anchor", "A.md:3: B.md leads to no page"],
    },
    {
      what: "links out of a folder",
      files: { "models/B.md": "# B\n\n[a](../A.md#a) [a](A.md) [b](../../A.md) [b](#b) [c](#c)\n" },
      said: [
        "models/B.md:3: A.md leads to no page",
        "models/B.md:3: ../../A.md leads to no page",
        "models/B.md:3: #c leads to no anchor",
      ],
    },
    {
      what: "links of other kinds",
      files: {
        "models/B.md":
          '# B\n\n![i](javascript:alert) <a href="data:x">x</a> [d]\n\n[d]: file:///etc/x\n\n<mailto:a@b.c>\n',
      },
      said: [
        "models/B.md:3: javascript:alert has a scheme that pages do not link",
        "models/B.md:3: data:x has a scheme that pages do not link",
        "models/B.md:5: file:///etc/x has a scheme that pages do not link",
      ],
    },
    {
      what: "an anchor that is there twice",
      files: { "A.md": '# A\n\n<a id="a"></a>\n\n## x\n\n<a id="a"></a>\n' },
      said: ["A.md: the anchor a is there twice"],
    },
  ])("by links: $what", ({ files, said }) => {
    const pages = Object.entries({ ...fine, ...files }).map(([path, text]) => pageOf(path, text));
    expect(linkProblems(pages)).toEqual(said);
  });

  it("because nobody comes to them", () => {
    const pages = Object.entries({ ...fine, "C.md": "# C\n" });
    const parsed = pages.map(([path, text]) => pageOf(path, text));
    expect(unreachable(parsed, "README.md", ["A.md#a", "A.md#x"])).toEqual(["C.md", "A.md#x"]);
  });

  it("by their layout", () => {
    const text = "# A\n\ntwo  \nlines\n\n### x\n\n<b>x</b>\n\n| a | b |\n| --- | --- |\n| 1 |\n";
    const said = lintProblems([pageOf("A.md", text)]).map((one) => one.slice(0, 11));
    expect(said).toEqual(["A.md:6: MD0", "A.md:8: MD0", "A.md:12: MD"]);
  });

  it("because a word is missing, or only part of another", () => {
    const page = pageOf(
      "A.md",
      "# A\n\n| a\\|b `X-Rate-Limit` |\n| --- |\n| <!-- id --> `min_id` 200 |\n",
    );
    const text = shownText(page.tree);
    const words = ["X-Rate-Limit", "a|b", "200", "min_id", "id", "X-Rate", "20"];
    expect(words.filter((word) => !tells(text, word))).toEqual(["id", "X-Rate", "20"]);
  });

  it("because a signature is not that of the method", () => {
    const source = `class A { /** It. */ get(a: B<"x">, b?: C): D { return 1; } both(a: 1): 1; both(a: 2): 2;
      both(a: number): number { return a; } }`;
    const methods = signaturesOf(source);
    expect(shownSignatures(`get(\n  a: B<"x">,\n  b?: C,\n): D;`)).toEqual(methods.get("get"));
    expect(shownSignatures("both(a: 1): 1;\nboth(a: 2): 2;")).toEqual(methods.get("both"));
    expect(shownSignatures(`get(a: B<"y">, b?: C): D;`)).not.toEqual(methods.get("get"));
  });
});

/** What a type is called beside its schema: a global has its name, or requests have another type than answers. */
const MODEL_NAMES = ["", "Model", "Input", "ModelInput"];

/** The classes of a client with the signatures of their methods. */
function readClasses(service: string): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const folder = repository(`generated/${service}`);
  const files = readdirSync(folder).filter((name) => name.endsWith("-api.ts"));
  return new Map(
    files.map((name) => {
      const text = readFileSync(`${folder}/${name}`, "utf8");
      const [className = ""] = /(?<=^export class )\w+/m.exec(text) ?? [];
      return [className, signaturesOf(text)];
    }),
  );
}

function modelNames(service: string): readonly string[] {
  const text = readFileSync(repository(`generated/${service}/models.ts`), "utf8");
  return [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name = ""]) => name);
}

/** A name as far as writing it in another case does not change it. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d./]/g, "");
}
