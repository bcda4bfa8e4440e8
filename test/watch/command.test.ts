import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { inTemporaryFolder, runHere } from "../cli/support.js";
import { PET, PETS } from "../programming/support.js";
import { repository } from "../support/repository.js";

/** A program that goes on: what it has said so far, and how to wait for it. */
interface Running {
  readonly said: () => string;
  readonly until: (text: string) => Promise<void>;
  readonly end: () => Promise<number | null>;
}

function start(folder: string, args: readonly string[]): Running {
  const child = spawn(process.execPath, [repository("generator/bin.js"), ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => {
      said += data.toString();
      for (const listener of listeners) listener();
    });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    said: () => said,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.includes(text)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`It ended, and never said ${text}: ${said}`));
        });
      }),
    end: () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

async function writeProject(folder: string): Promise<void> {
  await mkdir(path.join(folder, "specs/schemas"), { recursive: true });
  await writeFile(
    path.join(folder, "driftline.yaml"),
    "services: { pets: { input: specs/api.yaml }, more: { input: specs/more.yaml } }\noutput: api\n",
  );
  await writeFile(path.join(folder, "specs/api.yaml"), PETS);
  await writeFile(path.join(folder, "specs/more.yaml"), PETS);
  await writeFile(path.join(folder, "specs/schemas/pet.yaml"), PET);
}

describe("driftline generate --watch", () => {
  it("generates again what a change touches, goes on after errors, and ends with 0", async () => {
    await inTemporaryFolder(async (folder) => {
      await writeProject(folder);
      const api = path.join(folder, "specs/api.yaml");
      const running = start(folder, ["generate", "--watch"]);
      await running.until("Press Ctrl-C to end.");
      expect(running.said()).toMatch(/^api\/runtime: \d+ written$/m);
      await writeFile(path.join(folder, "specs/schemas/pet.yaml"), PET.replace("age", "years"));
      await running.until(" in ");
      expect(running.said()).toMatch(/^\d\d:\d\d:\d\d {2}\d+ written, \d+ unchanged in [\d.]+ s$/m);
      const models = await readFile(path.join(folder, "api/pets/models.ts"), "utf8");
      expect(models).toContain("years?: number");
      await writeFile(api, PETS.replace("#/Pet", "#/Cat"));
      await running.until("nothing written in ");
      expect(running.said()).toContain("specs/api.yaml:13:");
      await writeFile(api, PETS.replace("title: Pets", "title: Animals"));
      await running.until(" unchanged in ");
      expect(await running.end()).toBe(0);
      expect(running.said()).not.toContain("    at ");
    });
  }, 60_000);

  it("begins with an error that can be mended", async () => {
    await inTemporaryFolder(async (folder) => {
      const running = start(folder, ["generate", "--watch"]);
      await running.until("Press Ctrl-C to end.");
      expect(running.said()).toContain("driftline.yaml: error[file-not-found]");
      await writeProject(folder);
      await running.until(" written in ");
      expect(await running.end()).toBe(0);
    });
  }, 60_000);

  it.each([
    [["generate", "--watch", "--input", "api.yaml"], "--input and --output belong together."],
    [["generate", "--watch", "--json"], "--watch and --json exclude each other"],
  ])("does not begin: %j", async (args, message) => {
    await inTemporaryFolder(async (folder) => {
      const { code, out, err } = await runHere(folder, args);
      expect(code).toBe(2);
      expect(out + err).toContain(message);
    });
  });
});
