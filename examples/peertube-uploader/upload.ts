import { openAsBlob } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  ClientError,
  PeerTube,
  PeerTubeSession,
  SessionApi,
  uploadVideo,
  type UploadState,
  type UploadStore,
} from "../../generated/peertube/index.js";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("Usage: upload.ts FILE");

const baseUrl = setting("PEERTUBE_URL");
const session = new PeerTubeSession({ api: new SessionApi({ baseUrl }) });
const peertube = new PeerTube({ baseUrl, auth: { OAuth2: session.accessToken } });

// The first Ctrl+C ends the upload, so that it can go on later; the second one ends the program.
const interrupt = new AbortController();
process.once("SIGINT", () => {
  interrupt.abort();
});

try {
  await session.login({
    username: setting("PEERTUBE_USERNAME"),
    password: setting("PEERTUBE_PASSWORD"),
    otp: process.env["PEERTUBE_OTP"], // only where the account has a second factor
  });
  await send(file);
} catch (error) {
  if (interrupt.signal.aborted) fail("\nInterrupted. The same command goes on from here.", 130);
  else if (error instanceof ClientError) fail(`\n${error.message}`, 1);
  else throw error;
} finally {
  // What cannot be revoked ends by itself.
  await session.logout().catch(() => undefined);
}

async function send(file: string): Promise<void> {
  const [channel] = (await peertube.myUser.getUserInfo()).videoChannels ?? [];
  if (channel === undefined) throw new Error("This account has no channel to publish in.");
  const { name, base } = path.parse(file);
  // 3 is private: look at the video before you publish it.
  const body = { name, filename: base, channelId: channel.id, privacy: 3 } as const;
  const { video } = await uploadVideo(
    peertube.video,
    { file: await openAsBlob(file), body },
    { store: storeOf(`${file}.upload.json`), onProgress: show, signal: interrupt.signal },
  ).send();
  console.log(`\n${new URL(`/w/${video.shortUUID}`, baseUrl).href}`);
}

/** Keeps how far the upload is in a file beside the video. There is no credential in it. */
function storeOf(place: string): UploadStore {
  return {
    load: async () =>
      JSON.parse(await readFile(place, "utf8").catch(() => "null")) as UploadState | null,
    save: (state) =>
      state === undefined ? rm(place, { force: true }) : writeFile(place, JSON.stringify(state)),
  };
}

function show(sent: number, total: number): void {
  process.stdout.write(`\r${Math.floor((100 * sent) / total)} %`);
}

function fail(message: string, exitCode: number): void {
  console.error(message);
  process.exitCode = exitCode;
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Set the environment variable ${name}.`);
  return value;
}
