import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { OAuth2Session } from "../../templates/runtime/oauth2.js";
import { repository } from "../support/repository.js";
import { fileStorage } from "./support/file-storage.js";
import { CLIENTS, useOAuthServer, USER } from "./support/oauth-server.js";

const server = useOAuthServer();
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "driftline-tokens-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

it("two processes that share a file keep a session whose refresh tokens are good once", async () => {
  const file = path.join(folder, "tokens.json");
  const storage = fileStorage(file);
  const session = new OAuth2Session(
    { password: { tokenUrl: "/oauth/token", scopes: {} } },
    { baseUrl: server.url, client: CLIENTS.public, storage },
  );
  await session.login(USER);

  const script = repository("test/runtime/support/renewing-process.ts");
  const run = promisify(execFile);
  const start = (): Promise<unknown> =>
    run(process.execPath, [
      "--import",
      "tsx",
      script,
      server.url,
      CLIENTS.public.client_id,
      file,
      "30",
    ]);
  await Promise.all([start(), start()]);

  const tokens = await session.tokens();
  expect(server.knows(tokens?.refresh_token)).toBe(true);
  const used = server.asked("refresh_token").map(({ refresh_token }) => refresh_token);
  expect(used.length).toBeGreaterThanOrEqual(30);
  expect(new Set(used).size).toBe(used.length);
  expect(await readdir(folder)).toEqual(["tokens.json"]);
}, 60_000);
