import { openAsBlob } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import {
  ClientError,
  isApiError,
  SFTPGo,
  SFTPGoSession,
  TokenApi,
  uploadFile,
  type DirEntry,
} from "../../generated/sftpgo/index.js";

const [source, target = "/backup"] = process.argv.slice(2);
if (source === undefined) throw new Error("Usage: backup.ts FOLDER [FOLDER ON THE SERVER]");

const baseUrl = setting("SFTPGO_URL");
const session = new SFTPGoSession({
  api: new TokenApi({ baseUrl }),
  account: "user",
  credentials: { username: setting("SFTPGO_USERNAME"), password: setting("SFTPGO_PASSWORD") },
});
const sftpgo = new SFTPGo({ baseUrl, auth: { BearerAuth: session.accessToken } });

const count = { sent: 0, unchanged: 0, failed: 0 };
try {
  await backUp(source, target);
} finally {
  // A token that cannot be revoked ends by itself.
  await session.logout().catch(() => undefined);
}
console.log(`${count.sent} sent, ${count.unchanged} unchanged, ${count.failed} failed`);
if (count.failed > 0) process.exitCode = 1;

/** Sends what has changed in a folder, and in those within it. Nothing is deleted; links are left out. */
async function backUp(folder: string, remote: string): Promise<void> {
  const there = await entriesOf(remote);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const from = path.join(folder, entry.name);
    const to = path.posix.join(remote, entry.name);
    if (entry.isDirectory()) await backUp(from, to);
    else if (entry.isFile()) await send(from, to, there.get(entry.name));
  }
}

/** What the server has in a folder, by name; nothing where there is no such folder. */
async function entriesOf(remote: string): Promise<ReadonlyMap<string, DirEntry>> {
  try {
    const entries = await sftpgo.user.getUserDirContents({ path: remote });
    return new Map(entries.map((entry) => [entry.name, entry]));
  } catch (error) {
    if (isApiError(error, "getUserDirContents") && error.status === 404) return new Map();
    throw error;
  }
}

async function send(from: string, to: string, there: DirEntry | undefined): Promise<void> {
  const { size, mtimeMs: modified } = await stat(from);
  if (there?.size === size && seconds(Date.parse(there.last_modified)) === seconds(modified)) {
    count.unchanged += 1;
    return;
  }
  try {
    await uploadFile(sftpgo.user, to, await openAsBlob(from), { modified, mkdirParents: true });
    count.sent += 1;
    console.log(to);
  } catch (error) {
    // The other files are worth their backup.
    if (!(error instanceof ClientError)) throw error;
    count.failed += 1;
    console.error(`${to}: ${error.message}`);
  }
}

/** Many storages keep no more of a time than this. */
function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Set the environment variable ${name}.`);
  return value;
}
