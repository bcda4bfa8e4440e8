import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { build, preview } from "vite";
import { close, listen } from "../platforms/server/server.js";
import { onPath } from "../platforms/platforms/program.js";
import { withTab, type Tab } from "../platforms/site/browser.js";
import { evaluate, expectTrue } from "../platforms/site/expectations.js";
import { repository } from "../support/repository.js";

/*
 * Builds the page of `examples/video-page` with Vite, and uses it in Chromium as a visitor does, by its labels.
 *
 *   npm run test:examples -- [--require-all]
 *
 * Without Chromium it steps aside, and with `--require-all` it fails.
 */

const USER = { username: "alice", password: "pass word", otp: "123456" };
const VIDEOS = Array.from({ length: 25 }, (_, index) => ({
  name: index === 3 ? "<img src=x onerror=alert(1)>" : `Walk ${index}`,
  shortUUID: `v${index}`,
}));

/** The region that says what has happened, as an expression. */
const STATUS = 'document.querySelector("[role=status]").textContent';

const program = onPath("chromium", "chromium-browser");
if (program === undefined) {
  process.stdout.write("THE PAGE WAS NOT USED: Chromium is not here\n");
  process.exitCode = process.argv.includes("--require-all") ? 1 : 0;
} else await use(program);

async function use(chromium: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "driftline-page-"));
  const peertube = createServer((request, response) => void answer(request, response));
  process.env["VITE_PEERTUBE_URL"] = await listen(peertube);
  const root = repository("examples/video-page");
  const outDir = path.join(folder, "dist");
  const settings = {
    root,
    configFile: false,
    logLevel: "warn",
    build: { outDir, emptyOutDir: true },
  } as const;
  await build(settings);
  const headers = { "content-security-policy": policy(process.env["VITE_PEERTUBE_URL"]) };
  const page = await preview({ ...settings, preview: { port: 0, host: "127.0.0.1", headers } });
  try {
    const [url = ""] = page.resolvedUrls?.local ?? [];
    await withTab(chromium, path.join(folder, "profile"), (tab) => visit(tab, url));
    process.stdout.write("page: login, one-time code, list, reload and logout work\n");
  } finally {
    await page.close();
    await close(peertube);
    // Not by rmSync: it does not look again for what a process that is ending has written since.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What the README of the example recommends. */
function policy(peertube: string): string {
  return `default-src 'none'; script-src 'self'; style-src 'self'; connect-src ${peertube}`;
}

async function visit(tab: Tab, url: string): Promise<void> {
  for (const domain of ["Page", "Runtime", "Log"]) await tab.send(`${domain}.enable`);
  await tab.send("Page.navigate", { url });
  await expectTrue(tab, "the form is there", '!document.querySelector("form").hidden');
  await fill(tab, "username", USER.username);
  await fill(tab, "password", "wrong");
  await press(tab, "Log in");
  await expectTrue(tab, "a wrong password is told", `${STATUS}.includes("do not fit together")`);
  await evaluate(tab, 'document.querySelector("input[name=password]").value = ""');
  await fill(tab, "password", USER.password);
  await press(tab, "Log in");
  await expectTrue(tab, "a code is asked for", '!document.querySelector("#code").hidden');
  await expectTrue(tab, "the page says why", `${STATUS}.startsWith("Enter the code")`);
  await expectTrue(tab, "its field has the focus", 'document.activeElement.name === "otp"');
  await fill(tab, "otp", USER.otp);
  await press(tab, "Log in");
  await expectTrue(tab, "a page is listed", `${STATUS} === "10 of 25 videos"`);
  await expectTrue(tab, "names are text", 'document.querySelector("img") === null');
  await press(tab, "Show more");
  await expectTrue(tab, "the next one, too", `${STATUS} === "20 of 25 videos"`);
  await expectTrue(tab, "it has the focus", 'document.activeElement.textContent === "Walk 10"');
  await press(tab, "Show more");
  await expectTrue(tab, "there are no more", `${STATUS} === "25 of 25 videos"`);
  await expectTrue(tab, "nor is there a way", 'document.querySelector("#more").hidden');
  const kept = `location.href === ${JSON.stringify(url)} && localStorage.length === 0`;
  await expectTrue(tab, "nothing is in the address or kept for long", kept);
  await tab.send("Page.reload");
  await expectTrue(tab, "a reload stays logged in", `${STATUS} === "10 of 25 videos"`);
  await press(tab, "Log out");
  await expectTrue(tab, "the form is back", '!document.querySelector("form").hidden');
  await expectTrue(tab, "the tokens are gone", "sessionStorage.length === 0");
  const thrown = tab.events.filter(
    ({ method, params }) =>
      method === "Runtime.exceptionThrown" ||
      (method === "Log.entryAdded" && JSON.stringify(params).includes("Content Security Policy")),
  );
  if (thrown.length > 0) throw new Error(`in the console: ${JSON.stringify(thrown)}`);
}

async function fill(tab: Tab, name: string, value: string): Promise<void> {
  await evaluate(tab, `document.querySelector("input[name=${name}]").focus()`);
  await tab.send("Input.insertText", { text: value });
}

async function press(tab: Tab, label: string): Promise<void> {
  const idle = `${STATUS.replace(".textContent", ".ariaBusy")} !== "true"`;
  await expectTrue(tab, `"${label}" can be pressed`, idle);
  const button = `Array.from(document.querySelectorAll("button")).find((one) => one.textContent === ${JSON.stringify(label)})`;
  await evaluate(tab, `${button}.click()`);
}

/** Plays PeerTube, on another origin than the page. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://peertube.test");
  const form = Object.fromEntries(new URLSearchParams(await text(request)));
  const otp = request.headers["x-peertube-otp"];
  const json = (status: number, body: object): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-headers", "authorization, x-peertube-otp");
  if (request.method === "OPTIONS") response.writeHead(204).end();
  else if (pathname === "/api/v1/oauth-clients/local")
    json(200, { client_id: "id", client_secret: "secret" });
  else if (pathname === "/api/v1/users/token" && form["password"] !== USER.password)
    json(400, { status: 400, code: "invalid_grant" });
  else if (pathname === "/api/v1/users/token" && otp !== USER.otp)
    json(401, { status: 401, code: "missing_two_factor" });
  else if (pathname === "/api/v1/users/token")
    json(200, { access_token: "access", token_type: "Bearer", expires_in: 86_400 });
  else if (request.headers.authorization !== "Bearer access") json(401, { status: 401 });
  else if (pathname === "/api/v1/users/revoke-token") json(200, {});
  else {
    const start = Number(searchParams.get("start"));
    const count = Number(searchParams.get("count"));
    json(200, { total: VIDEOS.length, data: VIDEOS.slice(start, start + count) });
  }
}
