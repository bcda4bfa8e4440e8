import {
  ClientError,
  LoginRefusedError,
  SessionExpiredError,
} from "../../generated/peertube/index.js";
import { find } from "./find.js";
import { messageOf } from "./message-of.js";
import { api, baseUrl, session } from "./server.js";

const login = find("#login", HTMLFormElement);
const code = find("#code", HTMLElement);
const videos = find("#videos", HTMLElement);
const list = find("#list", HTMLOListElement);
const more = find("#more", HTMLButtonElement);
const logout = find("#logout", HTMLButtonElement);
const status = find("#status", HTMLElement);

login.addEventListener("submit", (event) => {
  event.preventDefault();
  void attempt(logIn);
});
more.addEventListener("click", () => void attempt(showMore));
logout.addEventListener("click", () => void attempt(() => session.logout().finally(showLogin)));
void attempt(async () => {
  if (await session.tokens()) await openList();
  else showLogin();
});

async function logIn(): Promise<void> {
  const given = Object.fromEntries(new FormData(login)) as Record<string, string>;
  const { username = "", password = "", otp } = given;
  await session.login({ username, password, otp: otp === "" ? undefined : otp });
  login.reset();
  code.hidden = true;
  await openList();
}

function showLogin(): void {
  videos.hidden = true;
  login.hidden = false;
  status.textContent = "";
}

function askForCode(): void {
  code.hidden = false;
  code.querySelector("input")?.focus();
}

async function openList(): Promise<void> {
  list.replaceChildren();
  await showMore();
  login.hidden = true;
  videos.hidden = false;
  find("#heading", HTMLElement).focus();
}

async function showMore(): Promise<void> {
  const start = list.childElementCount;
  const { data, total = 0 } = await api.listMyVideos({
    start,
    count: 10,
    sort: "-createdAt",
  });
  // Whatever the server sends, it is text here, and the address is within the server.
  list.append(...data.map(({ name, shortUUID }) => item(name, `/w/${shortUUID}`)));
  more.hidden = data.length === 0 || list.childElementCount >= total;
  status.textContent = `${list.childElementCount} of ${total} videos`;
  list.children[start]?.querySelector("a")?.focus();
}

function item(text: string, path: string): HTMLLIElement {
  const link = document.createElement("a");
  link.textContent = text;
  link.href = new URL(path, baseUrl).href;
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}

/** Does one thing at a time, and says what went wrong. */
async function attempt(action: () => Promise<void>): Promise<void> {
  if (status.ariaBusy === "true") return;
  status.ariaBusy = "true";
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ClientError)) throw error;
    if (videos.hidden || error instanceof SessionExpiredError) showLogin();
    if (error instanceof LoginRefusedError && error.wantsOneTimeCode) askForCode();
    status.textContent = messageOf(error);
  } finally {
    status.ariaBusy = "false";
  }
}
