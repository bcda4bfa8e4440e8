import { describe, expect, it } from "vitest";
import { formatRest } from "../../../generator/output/format.js";
import { formatTogether } from "../../../generator/thread/format-together.js";
import type { Batch } from "../../../generator/thread/tasks.js";

const files = ["a", "bb", "ccc"].map((name) => ({
  path: `${name}.ts`,
  text: `export  const ${name} = 1`,
}));
const formatted = files.map(({ path, text }) => ({
  path,
  text: `${text.replace("  ", " ")};\n`,
}));
const nobody = (): Int32Array => new Int32Array(new SharedArrayBuffer(3 * 4));

describe("files that several threads format", () => {
  it("are formatted by the one that takes them first, the longest first", async () => {
    const taken = nobody();
    const order: number[] = [];
    const mine = await formatRest(files, taken, () => {
      order.push(taken.indexOf(0), taken.lastIndexOf(0));
      return Promise.resolve();
    });
    expect(mine).toEqual(formatted);
    expect(order).toEqual([0, 2, 0, 1, 0, 0]);
    expect([...taken]).toEqual([1, 1, 1]);
  });

  it("are left alone by the others", async () => {
    const taken = nobody();
    taken[1] = 1;
    expect(await formatRest(files, taken)).toEqual([formatted[0], undefined, formatted[2]]);
    expect(await formatRest(files, taken)).toEqual([undefined, undefined, undefined]);
  });

  it("come back in their order, each once", async () => {
    const counts = new Map<string, number>();
    const thread = {
      format: async (batch: Batch) => {
        const theirs = await formatRest(batch.files, batch.taken);
        for (const file of theirs)
          if (file !== undefined) counts.set(file.path, (counts.get(file.path) ?? 0) + 1);
        return theirs;
      },
    };
    expect(await formatTogether(files, thread)).toEqual(formatted);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
  });

  it("fail where a text is no TypeScript", async () => {
    const broken = [{ path: "a.ts", text: "export const = 1" }];
    await expect(formatRest(broken, nobody())).rejects.toThrow(/Unexpected token/);
  });
});
