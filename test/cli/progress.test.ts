import { describe, expect, test } from "vitest";
import { progressLine } from "../../generator/cli/progress-line.js";
import { main } from "../../generator/cli.js";
import { observedPipeline, type ProgressStep } from "../../generator/commands/observed-pipeline.js";
import { realPipeline } from "../support/pipeline.js";
import { arrangeFolder } from "./diagnostic-cases.js";
import { inTemporaryFolder, SMALL_PIPELINE } from "./support.js";

const UP = "\u001b[1A\u001b[2K";
const EMPTY = "─".repeat(20);

/** A terminal whose time passes as the test says. */
function drawn(columns = 80): {
  readonly line: ReturnType<typeof progressLine>;
  readonly at: (milliseconds: number) => void;
  readonly text: () => string;
} {
  let [time, written] = [0, ""];
  const write = (text: string): void => void (written += text);
  const line = progressLine({ out: write, err: write, color: false, columns }, () => time);
  return { line, at: (milliseconds) => (time = milliseconds), text: () => written };
}

describe("the line that tells what a run is at", () => {
  test("says nothing of what is over soon", () => {
    const { line, at, text } = drawn();
    line.progress({ what: "reading", share: 0 });
    at(299);
    line.progress({ what: "types", share: 0.5 });
    line.clear();
    line.terminal.out("done\n");
    expect(text()).toBe("done\n");
  });

  test("replaces itself, and is gone before anything else is written", () => {
    const { line, at, text } = drawn();
    at(300);
    line.progress({ what: "reading", share: 0 });
    line.progress({ what: "types 4/6", share: 0.5 });
    line.terminal.err("warning\n");
    line.terminal.out("result\n");
    line.progress({ what: "writing", share: 7 });
    line.clear();
    line.clear();
    expect(text()).toBe(
      [
        `${EMPTY} reading\n`,
        `${UP}${"━".repeat(10)}${"─".repeat(10)} types 4/6\n`,
        `${UP}warning\n`,
        "result\n",
        `${"━".repeat(20)} writing\n`,
        UP,
      ].join(""),
    );
  });

  test("never goes over two lines", () => {
    const { line, at, text } = drawn(40);
    at(300);
    line.progress({ what: "x".repeat(100), share: 0 });
    expect(text()).toBe(`${EMPTY} ${"x".repeat(17)}…\n`);
  });
});

describe("an observed line", () => {
  test("tells each stage, and how much is done", () =>
    inTemporaryFolder(async (folder) => {
      await arrangeFolder(folder);
      const steps: ProgressStep[] = [];
      const real = realPipeline();
      const pipeline = observedPipeline(real, (step) => void steps.push(step), "writing");
      const loaded = await pipeline.loadDocument({ file: `${folder}/api.yaml` });
      if (loaded.value === undefined) throw new Error("it has a document");
      await pipeline.generateService(loaded.value, { runtime: "./runtime" });
      const texts = steps.map(({ what }) => what.replace(/.*api\.yaml/, "api.yaml"));
      expect(texts.map((text) => text.replace(/\d+ files/, "N files"))).toEqual([
        "api.yaml",
        "api.yaml: resolve 2/6",
        "api.yaml: name 3/6",
        "api.yaml: types 4/6",
        "api.yaml: model 5/6",
        "api.yaml: emit 6/6",
        "writing N files",
      ]);
      const shares = steps.map(({ share }) => share);
      expect([...shares].sort((left, right) => left - right)).toEqual(shares);
      expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    }));

  test.each([
    [{ isLively: true }, [], true],
    [{ isLively: true }, ["--json"], false],
    [{ isLively: true }, ["--quiet"], false],
    [{}, [], false],
  ])("of a terminal like %j with %j draws: %s", (terminal, flags, isExpected) =>
    inTemporaryFolder(async (folder) => {
      await arrangeFolder(folder);
      let written = "";
      const write = (text: string): void => void (written += text);
      const slow = {
        ...SMALL_PIPELINE,
        loadDocument: async (input: Parameters<typeof SMALL_PIPELINE.loadDocument>[0]) => {
          await new Promise((resolve) => setTimeout(resolve, 350));
          return SMALL_PIPELINE.loadDocument(input);
        },
      };
      const args = ["generate", "--input", `${folder}/api.yaml`, "--output", `${folder}/out`];
      await main(
        [...args, ...flags],
        { out: write, err: write, color: false, ...terminal },
        () => slow,
      );
      expect(written.includes(`${EMPTY} reading`)).toBe(isExpected);
      expect(written.includes("\u001b")).toBe(isExpected);
    }),
  );
});
