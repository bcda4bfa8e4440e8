import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { repository } from "./support/repository.js";

/*
 * The tables of docs/client.md have every option of the code, and its defaults: those that the doc comments tell.
 */

const PAGE = readFileSync(repository("docs/client.md"), "utf8");

/** What a table is about, by its first heading: interfaces by file. `reconnect.` stands before members of one. */
const TABLES: Readonly<Record<string, readonly (readonly [file: string, name: string])[]>> = {
  "option of a client": [["runtime/options.ts", "ClientOptions"]],
  "option of a call": [["runtime/options.ts", "CallOptions"]],
  "member of `retry`": [["runtime/retry.ts", "RetryOptions"]],
  "option of a list": [
    ["runtime/pages.ts", "PagesOptions"],
    ["runtime/link-pages.ts", "LinkPagesOptions"],
  ],
  "option of a session": [["runtime/token-keeper.ts", "TokenKeeperOptions"]],
  "option of `OAuth2Session`": [["runtime/oauth2.ts", "OAuth2SessionOptions"]],
  "option of a stream": [
    ["runtime/event-stream.ts", "EventStreamOptions"],
    ["runtime/reconnection.ts", "ReconnectOptions"],
  ],
  "option of a JSON stream": [["runtime/json-stream.ts", "JsonStreamOptions"]],
  "option of `deviceLogin`": [["runtime/device-login.ts", "DeviceLoginOptions"]],
  "option of an upload": [["services/peertube-upload.ts", "ResumableUploadOptions"]],
  "option of a download": [["runtime/download.ts", "DownloadOptions"]],
};

interface Row {
  readonly names: readonly string[];
  /** Empty where the table has no such column. */
  readonly preset: string;
}

describe.each(Object.entries(TABLES))("%s", (heading, interfaces) => {
  const members = new Map(interfaces.flatMap(([file, name]) => membersOf(file, name)));
  const rows = rowsOf(heading);

  it("has all of them", () => {
    const told = rows.flatMap(({ names }) => names);
    expect([...told].sort()).toEqual([...members.keys()].sort());
  });

  it("has their defaults", () => {
    const wrong = rows.filter(({ names, preset }) =>
      numbersIn(preset).some((number) =>
        names.some((name) => !isDefault(number, members.get(name))),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

/** The rows of the table with this heading. */
function rowsOf(heading: string): readonly Row[] {
  const lines = PAGE.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  expect(start, heading).toBeGreaterThan(0);
  const hasDefaults = lines[start]?.split("|")[2]?.trim() === "default";
  const end = lines.indexOf("", start);
  return lines.slice(start + 2, end).map((line) => {
    const [, first = "", second = ""] = line.split("|");
    const names = [...first.matchAll(/`(?:reconnect\.)?(\w+)`/g)].map((match) => match[1] ?? "");
    return { names, preset: hasDefaults ? second : "" };
  });
}

/** The members of an interface, with what is said of each. */
function membersOf(file: string, name: string): readonly (readonly [string, string])[] {
  const text = readFileSync(repository(`templates/${file}`), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return source.statements
    .filter(ts.isInterfaceDeclaration)
    .filter((statement) => statement.name.text === name)
    .flatMap(({ members }) => [...members])
    .map((member) => [member.name?.getText() ?? "", member.getFullText()] as const);
}

function numbersIn(text: string): readonly string[] {
  return text.match(/[\d,]*\d/g) ?? [];
}

function isDefault(number: string, comment = ""): boolean {
  return new RegExp(`Default:? (?:[^.]*\\b)?${number}\\b`).test(
    comment.replace(/\s*\n\s*\*\s*/g, " "),
  );
}
