import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { repository } from "../../support/repository.js";
import { onPath } from "../platforms/program.js";
import { withTab, type Tab } from "./browser.js";
import { evaluate, expectTrue } from "./expectations.js";

/*
 * Looks at the site of one service as a reader does: `driftline docs` serves it, and Chromium shows it.
 *
 *   npm run test:site -- [--require-all]
 *
 * Without Chromium it steps aside, and with `--require-all` it fails.
 */

const TIMEOUT = 60_000;
const PHONE = { width: 390, height: 844, deviceScaleFactor: 1, mobile: true };
const PAGES = ["index.html", "TokenApi.html", "UsersApi.html", "models/BaseUser.html"];

const program = onPath("chromium", "chromium-browser");
if (program === undefined) {
  process.stdout.write("THE SITE WAS NOT LOOKED AT: Chromium is not here\n");
  process.exitCode = process.argv.includes("--require-all") ? 1 : 0;
} else await look(program);

async function look(chromium: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "driftline-site-"));
  const server = spawn(process.execPath, [repository("generator/bin.js"), "docs", "sftpgo"], {
    cwd: repository("."),
    stdio: ["ignore", "pipe", "inherit"],
    timeout: TIMEOUT,
  });
  const ended = once(server, "close");
  try {
    const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
    const { value: url } = (await lines.next()) as { readonly value: string | undefined };
    if (url === undefined) throw new Error("driftline docs ended without an address");
    await withTab(chromium, path.join(folder, "profile"), (tab) => read(tab, url));
    process.stdout.write(`site: ${PAGES.length} pages, the drawer and the search work\n`);
  } finally {
    server.kill("SIGINT");
    await ended;
    // Not by rmSync: it does not look again for what a process that is ending has written since.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function read(tab: Tab, url: string): Promise<void> {
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await tab.send(`${domain}.enable`);
  await tab.send("Emulation.setDeviceMetricsOverride", PHONE);
  for (const page of PAGES) {
    await open(tab, url + page);
    await expectTrue(
      tab,
      `${page} fits a phone`,
      "document.documentElement.scrollWidth <= innerWidth",
    );
  }
  await drawer(tab);
  await search(tab, url);
  expectQuiet(tab, url);
}

async function open(tab: Tab, url: string): Promise<void> {
  await tab.send("Page.navigate", { url });
  const isThere = `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`;
  await expectTrue(tab, `${url} opens`, `${isThere} && document.querySelector("h1") !== null`);
}

async function drawer(tab: Tab): Promise<void> {
  const place = 'document.querySelector("#nav").getBoundingClientRect()';
  await expectTrue(tab, "the drawer is closed", `${place}.right <= 0`);
  await evaluate(tab, 'document.querySelector("button.menu").click()');
  await expectTrue(tab, "the drawer opens", `${place}.left === 0`);
  await expectTrue(tab, "the drawer ends with the window", `${place}.bottom <= innerHeight`);
  const own = 'document.querySelector("#nav [aria-current=page]")';
  await expectTrue(tab, "the open page has the focus", `document.activeElement === ${own}`);
  const top = `${own}.getBoundingClientRect().top`;
  await expectTrue(tab, "the open page is in sight", `${top} > 0 && ${top} < innerHeight`);
  await evaluate(tab, 'document.querySelector("button.menu").click()');
  await expectTrue(tab, "the drawer closes", `${place}.right <= 0`);
}

/** Types a path, and takes the first result by the keyboard. */
async function search(tab: Tab, url: string): Promise<void> {
  await evaluate(tab, 'document.querySelector("#search").focus()');
  await tab.send("Input.insertText", { text: "/user/token" });
  const first = 'document.querySelector("#results [aria-selected=true]")';
  await expectTrue(
    tab,
    "the search finds a path",
    `${first}?.textContent.includes("getUserToken")`,
  );
  await expectTrue(
    tab,
    "results fit a phone",
    "document.documentElement.scrollWidth <= innerWidth",
  );
  const key = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
  await tab.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
  await tab.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  const target = JSON.stringify(`${url}TokenApi.html#getUserToken`);
  await expectTrue(tab, "a result leads to its operation", `location.href === ${target}`);
  const heading = 'document.getElementById("getUserToken")?.getBoundingClientRect().top';
  await expectTrue(tab, "the operation is in sight", `${heading} >= 0 && ${heading} < innerHeight`);
}

/** Nothing went wrong, and nobody else was asked for anything. */
function expectQuiet({ events }: Tab, url: string): void {
  const requests = events.flatMap(({ method, params }) =>
    method === "Network.requestWillBeSent" ? [(params?.["request"] as { url: string }).url] : [],
  );
  const elsewhere = requests.filter((each) => !each.startsWith(url));
  const complaints = events.filter(
    ({ method }) =>
      method === "Runtime.exceptionThrown" ||
      method === "Runtime.consoleAPICalled" ||
      method === "Log.entryAdded",
  );
  if (requests.length === 0) throw new Error("no request was seen");
  if (elsewhere.length > 0) throw new Error(`requests to elsewhere: ${elsewhere.join(", ")}`);
  if (complaints.length > 0) throw new Error(`in the console: ${JSON.stringify(complaints)}`);
}
