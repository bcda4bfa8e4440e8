import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { lateFlags, usualFlags } from "../../generator/optimize-late.js";
import { repository } from "../support/repository.js";

const [CURRENT = ""] = process.versions.v8.split(".");

describe("optimizing late", () => {
  it.each([
    ["20", "11"],
    ["22", "12"],
    ["24", "13"],
  ])("has flags for Node.js %s", (_node, major) => {
    expect(lateFlags(major)).not.toEqual([]);
  });

  it("has no flags for a version that nobody has tried", () => {
    expect(lateFlags("9999")).toEqual([]);
  });

  it("gives V8 back what it has itself", () => {
    const options = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
    for (const flag of usualFlags(CURRENT)) expect(options).toContain(` ${flag}\n`);
    expect(usualFlags(CURRENT)).toHaveLength(lateFlags(CURRENT).length);
  });

  it("has only flags that this V8 knows, so that nothing is complained about", () => {
    const known = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
    for (const flag of lateFlags(CURRENT))
      expect(known).toMatch(new RegExp(`^ +${flag.split("=")[0] ?? ""} `, "m"));
    const run = spawnSync(process.execPath, [repository("generator/bin.js"), "--version"], {
      encoding: "utf8",
    });
    expect(run).toMatchObject({ status: 0, stderr: "" });
  });
});
