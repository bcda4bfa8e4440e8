import { describe, expect, test } from "vitest";
import { compareOutput, type Difference } from "../../../generator/output/compare.js";
import { header } from "../../../generator/output/header.js";
import { manifestOf, type Inputs } from "../../../generator/output/manifest.js";

const THEN: Inputs = { document: "d", configuration: "c", generator: "g" };
const GENERATED = header("Pets", "1");

type Texts = Readonly<Record<string, string>>;

/** Compares what is wanted with what is there; the folder was last written as `written`, from `then`. */
function compare(
  wanted: Texts,
  present: Texts,
  written: Texts | undefined,
  now: Inputs = THEN,
): readonly Difference[] {
  const filesOf = (texts: Texts): { path: string; text: string }[] =>
    Object.entries(texts).map(([path, text]) => ({ path, text }));
  return compareOutput(
    { files: new Map(Object.entries(wanted)), manifest: manifestOf("1", now, filesOf(wanted)) },
    {
      files: new Map(Object.entries(present)),
      manifest: written === undefined ? undefined : manifestOf("1", THEN, filesOf(written)),
    },
  );
}

describe("compareOutput", () => {
  test.each<[string, Texts, Texts, Texts | undefined, Inputs, unknown]>([
    ["nothing", { a: "A" }, { a: "A" }, { a: "A" }, THEN, []],
    [
      "nothing while only the generator is newer",
      { a: "A" },
      { a: "A" },
      { a: "A" },
      { ...THEN, generator: "h" },
      [],
    ],
    ["nothing about files of others", { a: "A" }, { a: "A", b: "mine" }, { a: "A" }, THEN, []],
    [
      "a folder never generated",
      { a: "A" },
      {},
      undefined,
      THEN,
      [["a", "missing", ["never-generated"]]],
    ],
    [
      "files of others where nothing was generated",
      { a: "A" },
      { a: "mine", b: "mine" },
      undefined,
      THEN,
      [["a", "changed", ["never-generated"]]],
    ],
    [
      "a changed document",
      { a: "A2" },
      { a: "A" },
      { a: "A" },
      { ...THEN, document: "e" },
      [["a", "changed", ["document-changed"]]],
    ],
    [
      "a changed configuration",
      { a: "A2" },
      { a: "A" },
      { a: "A" },
      { ...THEN, configuration: "e" },
      [["a", "changed", ["configuration-changed"]]],
    ],
    [
      "everything changed",
      { a: "A2" },
      { a: "X" },
      { a: "A" },
      { document: "1", configuration: "2", generator: "3" },
      [
        [
          "a",
          "changed",
          ["document-changed", "configuration-changed", "generator-changed", "edited-by-hand"],
        ],
      ],
    ],
    ["an edit", { a: "A" }, { a: "X" }, { a: "A" }, THEN, [["a", "changed", ["edited-by-hand"]]]],
    [
      "an edit of a file that would be the same, beside a changed document",
      { a: "A" },
      { a: "X" },
      { a: "A" },
      { ...THEN, document: "e" },
      [["a", "changed", ["edited-by-hand"]]],
    ],
    ["a removal", { a: "A" }, {}, { a: "A" }, THEN, [["a", "missing", ["removed-by-hand"]]]],
    [
      "a new file",
      { a: "A" },
      {},
      {},
      { ...THEN, document: "e" },
      [["a", "missing", ["document-changed"]]],
    ],
    [
      "a stale file",
      {},
      { a: "A" },
      { a: "A" },
      { ...THEN, document: "e" },
      [["a", "extra", ["document-changed"]]],
    ],
    [
      "a stale file that was edited",
      {},
      { a: "X" },
      { a: "A" },
      { ...THEN, document: "e" },
      [["a", "extra", ["document-changed", "edited-by-hand"]]],
    ],
    [
      "a generated file that nobody knows",
      {},
      { a: `${GENERATED}x` },
      {},
      THEN,
      [["a", "extra", ["not-recorded"]]],
    ],
    [
      "a foreign file in the way",
      { a: "A" },
      { a: "X" },
      {},
      { ...THEN, document: "e" },
      [["a", "changed", ["document-changed", "not-recorded"]]],
    ],
    [
      "a forged manifest",
      { a: "A" },
      { a: "X" },
      { a: "X" },
      THEN,
      [["a", "changed", ["unexplained"]]],
    ],
  ])("finds %s", (_name, wanted, present, written, now, expected) => {
    const found = compare(wanted, present, written, now).map(({ path, kind, reasons }) => [
      path,
      kind,
      reasons,
    ]);
    expect(found).toEqual(expected);
  });

  test.each([
    ["1\n2\n3\n", "1\nx\n3\n", { line: 2, expected: "2", actual: "x" }],
    ["1\n2", "1", { line: 2, expected: "2", actual: undefined }],
    ["1", "1\n2", { line: 2, expected: undefined, actual: "2" }],
    ["1\n", "1\r\n", { line: 1, expected: "1", actual: "1\r" }],
  ])("shows the first line that differs between %j and %j", (wanted, present, first) => {
    expect(compare({ a: wanted }, { a: present }, { a: wanted })[0]?.first).toEqual(first);
  });
});
