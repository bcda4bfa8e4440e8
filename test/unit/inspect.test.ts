import { describe, expect, it } from "vitest";
import { STAGES, type Stage } from "../../generator/commands/pipeline-port.js";
import type { Outcome } from "../../generator/diagnostics/diagnostic.js";
import { NO_PINS, usualStem, type PinnedOperation, type Pins } from "../../generator/names/pins.js";
import { inspectOperation } from "../../generator/pipeline.js";
import { documentOf, sourceOf } from "../support/generate.js";

const DOCUMENT = documentOf({
  paths: {
    "/pets": {
      get: {
        operationId: "list_pets",
        tags: ["Pets"],
        responses: {
          "200": {
            description: "",
            content: { "application/json": { schema: { type: "string" } } },
          },
        },
      },
      delete: { operationId: "clear", tags: ["Pets"], responses: { "204": { description: "" } } },
    },
  },
});

const inspect = (operation: string, stage: Stage): Outcome<unknown> =>
  inspectOperation(sourceOf(DOCUMENT), { runtime: "../runtime" }, operation, stage);

describe("inspect", () => {
  it.each(["list_pets", "listPets", "GET /pets", "get /pets"])("finds %j", (name) => {
    const { value, diagnostics } = inspect(name, "source");
    expect(value).toMatchObject({ operationId: "list_pets" });
    expect(diagnostics).toEqual([]);
  });

  it.each(["nothing", "POST /pets", ""])("tells that there is no %j", (name) => {
    const { value, diagnostics } = inspect(name, "model");
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-operation"]);
  });

  it.each<[Stage, object]>([
    ["resolve", { method: "GET", path: "/pets", operationId: "list_pets" }],
    ["name", { methodName: "listPets", typeStem: "ListPets", operation: "GET /pets" }],
    ["types", { responses: [[{ kind: "keyword", name: "string" }]] }],
    ["model", { methodName: "listPets", call: { operationId: "listPets" } }],
  ])("shows the stage %s", (stage, expected) => {
    expect(inspect("listPets", stage).value).toMatchObject(expected);
  });

  it("finds an operation by a name that it had, and tells which names are pinned", () => {
    const pinned = (className: string, methodName: string): PinnedOperation => ({
      className,
      methodName,
      typeStem: usualStem(methodName),
    });
    const pins: Pins = {
      ...NO_PINS,
      operations: new Map([
        ["GET /pets", pinned("PetsApi", "readPets")],
        ["DELETE /pets", pinned("PetsApi", "clear")],
      ]),
    };
    const found = (name: string, stage: Stage): unknown =>
      inspectOperation(sourceOf(DOCUMENT), { runtime: "../runtime", pins }, name, stage).value;
    expect(found("GET /pets", "name")).toMatchObject({ methodName: "listPets", isPinned: false });
    expect(found("clear", "name")).toMatchObject({ className: "PetsApi", isPinned: true });
    expect(found("readPets", "name")).toMatchObject({ now: pinned("PetsApi", "listPets") });
    expect(found("readPets", "model")).toMatchObject({ call: { operationId: "readPets" } });
    expect(found("readPets", "emit")).toContain("@deprecated Use {@link PetsApi.listPets}.");
    expect(found("readPets", "emit")).not.toContain("clear");
  });

  it("shows what is emitted, for this operation alone", () => {
    const { value } = inspect("listPets", "emit");
    expect(value).toContain("listPets(options?: RequestOptions)");
    expect(value).not.toContain("clear");
  });

  it.each(STAGES)("has something to show of %s", (stage) => {
    expect(inspect("clear", stage).value).toBeDefined();
  });
});
