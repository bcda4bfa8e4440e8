import { describe, expect, it } from "vitest";
import { loadSource } from "../../../generator/document/load.js";
import { emitApi } from "../../../generator/emit/emit.js";
import type { ApiModel } from "../../../generator/model/api-model.js";
import { runStages } from "../../../generator/stages.js";
import { startSecondThread } from "../../../generator/thread/second-thread.js";

const DOCUMENT = "test/golden/body-kinds/document.yaml";

describe("the second thread", () => {
  const thread = startSecondThread();

  it("reads and prints what this one would", async () => {
    const source = await thread.load(DOCUMENT);
    expect(source).toEqual(await loadSource(DOCUMENT));
    const model = modelOf(source.value);
    const files = await thread.print({ model, runtime: "../runtime" });
    expect(files).toEqual(emitApi(model, "../runtime"));
  });

  it("tells of a bug, and goes on", async () => {
    const model = modelOf((await thread.load(DOCUMENT)).value);
    const wrong = { ...model, clientName: "not a name" };
    await expect(thread.print({ model: wrong, runtime: "." })).rejects.toThrow("is no identifier");
    expect(await thread.print({ model, runtime: "." })).not.toEqual([]);
  });
});

function modelOf(source: Parameters<typeof runStages>[0] | undefined): ApiModel {
  const model = source === undefined ? undefined : runStages(source, {}).model;
  if (model === undefined) throw new Error(`${DOCUMENT} has no model`);
  return model;
}
