import { describe, expect, it } from "vitest";
import { loadDocument } from "../../../generator/load-document.js";
import { emitApi } from "../../../generator/emit/emit.js";
import { pageFiles } from "../../../generator/make-pages.js";
import type { ApiModel } from "../../../generator/model/api-model.js";
import { runStages } from "../../../generator/stages.js";
import { printTogether } from "../../../generator/thread/print-together.js";
import { startSecondThread } from "../../../generator/thread/second-thread.js";
import type { Printing } from "../../../generator/thread/tasks.js";

const DOCUMENT = "test/golden/body-kinds/document.yaml";

describe("the second thread", () => {
  const thread = startSecondThread();

  it("reads and prints what this one would", async () => {
    const source = await thread.load({ file: DOCUMENT });
    expect(source).toEqual(await loadDocument({ file: DOCUMENT }));
    const model = modelOf(source.value);
    const files = await thread.print(printing(model));
    expect(files).toEqual(emitApi(model, "../runtime"));
  });

  it("makes the pages that this one would", async () => {
    const source = (await thread.load({ file: DOCUMENT })).value;
    const { types, model } = source === undefined ? {} : runStages(source, {});
    if (types === undefined || model === undefined) throw new Error(`${DOCUMENT} has no model`);
    const settings = { clientModule: "./client.js", specification: "OpenAPI 3.1", helperPages: [] };
    const expected = await pageFiles({ types, model, ...settings });
    expect(expected.files.length).toBeGreaterThan(0);
    const input = { types, model, ...settings };
    expect(await thread.pages({ input, known: undefined })).toEqual(expected);
  });

  it("leaves alone what another one has taken", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    const shared = printing(model);
    shared.taken[1] = 1;
    const files = await thread.print(shared);
    expect(files.map((file) => file === undefined)).toEqual(
      emitApi(model, "../runtime").map((_, place) => place === 1),
    );
    expect([...shared.taken].every((taken) => taken === 1)).toBe(true);
  });

  it("gives the same files together with this one, whichever is faster", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    const expected = emitApi(model, "../runtime");
    expect(await printTogether(model, "../runtime", thread)).toEqual(expected);
    const idle = { print: () => Promise.resolve([]) };
    expect(await printTogether(model, "../runtime", idle)).toEqual(expected);
    const eager: Parameters<typeof printTogether>[2] = {
      print: (all) => {
        all.taken.fill(1);
        return Promise.resolve(expected);
      },
    };
    expect(await printTogether(model, "../runtime", eager)).toEqual(expected);
  });

  it("verifies what it prints", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    // No folder of a runtime is called so.
    await expect(thread.print({ ...printing(model), runtime: "../RUNTIME" })).rejects.toThrow(
      "no emitter prints a module that is no file of the output",
    );
  });

  it("tells of a bug, and goes on", async () => {
    const model = modelOf((await thread.load({ file: DOCUMENT })).value);
    const wrong = { ...model, clientName: "not a name" };
    await expect(thread.print(printing(wrong))).rejects.toThrow("is no identifier");
    expect(await thread.print(printing(model))).not.toEqual([]);
  });
});

function printing(model: ApiModel): Printing {
  const count = emitApi({ ...model, clientName: "Any" }, "../runtime").length;
  return { model, runtime: "../runtime", taken: new Int32Array(new SharedArrayBuffer(count * 4)) };
}

function modelOf(source: Parameters<typeof runStages>[0] | undefined): ApiModel {
  const model = source === undefined ? undefined : runStages(source, {}).model;
  if (model === undefined) throw new Error(`${DOCUMENT} has no model`);
  return model;
}
