import { setImmediate as everythingElse } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../generator/load-document.js";
import { emitApi } from "../../../generator/emit/emit.js";
import type { WantedFiles } from "../../../generator/make-files.js";
import { pageFiles, type PagesInput } from "../../../generator/make-pages.js";
import type { ApiModel } from "../../../generator/model/api-model.js";
import { runStages } from "../../../generator/stages.js";
import { makeTogether } from "../../../generator/thread/make-together.js";
import { startSecondThread } from "../../../generator/thread/second-thread.js";
import type { Printing } from "../../../generator/thread/tasks.js";

const DOCUMENT = "test/golden/body-kinds/document.yaml";

describe("the second thread", () => {
  const thread = startSecondThread();

  it("reads and prints what this one would", async () => {
    const source = await thread.load({ file: DOCUMENT });
    expect(source).toEqual(await loadDocument({ file: DOCUMENT }));
    const model = modelOf(source.value);
    const made = await thread.make({ printing: printing(model), pages: undefined });
    expect(made).toEqual({ printed: emitApi(model, "../runtime"), pages: undefined });
  });

  it("makes the pages that this one would, and prints what is left", async () => {
    const { input, model } = await pagesOfDocument();
    const expected = await pageFiles(input);
    expect(expected.files.length).toBeGreaterThan(0);
    const pages = { input, known: undefined };
    const making = thread.make({ printing: printing(model), pages });
    expect(await making).toEqual({ printed: emitApi(model, "../runtime"), pages: expected });
  });

  it("leaves alone what another one has taken", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    const shared = printing(model);
    shared.taken[1] = 1;
    const { printed } = await thread.make({ printing: shared, pages: undefined });
    expect(printed.map((file) => file === undefined)).toEqual(
      emitApi(model, "../runtime").map((_, place) => place === 1),
    );
    expect([...shared.taken].every((taken) => taken === 1)).toBe(true);
  });

  it("gives the same files together with this one, whichever is faster", async () => {
    const { input, model } = await pagesOfDocument();
    const printed = emitApi(model, "../runtime");
    const pages = await pageFiles(input);
    const wanted: WantedFiles = {
      model,
      runtime: "../runtime",
      same: () => new Map(),
      pages: { input, known: undefined },
    };
    expect(await makeTogether(wanted, thread)).toEqual({ printed, pages });
    const idle = { make: () => Promise.resolve({ printed: [], pages }) };
    expect(await makeTogether(wanted, idle)).toEqual({ printed, pages });
    const eager: Parameters<typeof makeTogether>[1] = {
      make: ({ printing: { taken } }) => {
        taken.fill(1);
        return Promise.resolve({ printed, pages });
      },
    };
    expect(await makeTogether(wanted, eager)).toEqual({ printed, pages });
  });

  it("prints nothing of what is known", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    const files = emitApi(model, "../runtime");
    const known = new Map(files.map(({ path }) => [path, `// ${path}`]));
    const taken: number[] = [];
    const watched: Parameters<typeof makeTogether>[1] = {
      make: async ({ printing: all }) => {
        await everythingElse();
        taken.push(...all.taken);
        return { printed: [], pages: undefined };
      },
    };
    const wanted = { model, runtime: "../runtime", same: () => known, pages: undefined };
    const made = await makeTogether(wanted, watched);
    expect(made.printed).toEqual(files.map(({ path }) => ({ path, text: `// ${path}` })));
    expect(taken).toEqual(files.map(() => 1));
  });

  it("verifies what it prints", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    // No folder of a runtime is called so.
    const wrong = { ...printing(model), runtime: "../RUNTIME" };
    await expect(thread.make({ printing: wrong, pages: undefined })).rejects.toThrow(
      "no emitter prints a module that is no file of the output",
    );
  });

  it("tells of a bug, and goes on", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    const wrong = { ...model, clientName: "not a name" };
    const making = thread.make({ printing: printing(wrong), pages: undefined });
    await expect(making).rejects.toThrow("is no identifier");
    const { printed } = await thread.make({ printing: printing(model), pages: undefined });
    expect(printed).not.toEqual([]);
  });
});

function printing(model: ApiModel): Printing {
  const count = emitApi({ ...model, clientName: "Any" }, "../runtime").length;
  return { model, runtime: "../runtime", taken: new Int32Array(new SharedArrayBuffer(count * 4)) };
}

async function pagesOfDocument(): Promise<{ input: PagesInput; model: ApiModel }> {
  const source = (await loadDocument({ file: DOCUMENT })).value;
  const { types, model } = source === undefined ? {} : runStages(source, {});
  if (types === undefined || model === undefined) throw new Error(`${DOCUMENT} has no model`);
  const settings = { clientModule: "./client.js", specification: "OpenAPI 3.1", helperPages: [] };
  return { input: { types, model, ...settings }, model };
}

function modelOf(source: Parameters<typeof runStages>[0] | undefined): ApiModel {
  const model = source === undefined ? undefined : runStages(source, {}).model;
  if (model === undefined) throw new Error(`${DOCUMENT} has no model`);
  return model;
}
