import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { generate, type ClientOptions, type ClientRequest } from "../../generator/index.js";
import { runProgram } from "../cli/support.js";
import { repository } from "../support/repository.js";
import { filesBelow, PET, PETS, REQUEST, sftpgo, sorted } from "./support.js";

const FOLDER = mkdtempSync(path.join(tmpdir(), "driftline-programming-"));

afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

describe("generate", () => {
  it("gives byte for byte what the command line writes", { timeout: 120_000 }, async () => {
    const made = await generate({ ...sftpgo(), options: { name: "SFTPGo" } });
    const output = path.join(FOLDER, "sftpgo");
    const input = repository("specs/sftpgo.yaml");
    const run = await runProgram(FOLDER, [
      ...["generate", "--input", input, "--output", output, "--name", "SFTPGo"],
    ]);
    expect(run.code).toBe(0);
    const written = [...filesBelow(output)];
    expect(written.length).toBeGreaterThan(150);
    expect(sorted(made.files)).toEqual(written);
  });
});
