import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fillText } from "../../../generator/docs/templates.js";
import { repository } from "../../support/repository.js";

const FOLDER = repository("templates/services");
const PAGES = readdirSync(FOLDER).filter((file) => /-.*\.md$/.test(file));

/** What services are called by those who made them; their users may call them otherwise. */
const OWN_NAMES = /(?<![\w./])(?:mastodon|peertube|sftpgo)(?![\w-]|\.example)/i;

describe("the page of a helper", () => {
  it.each(PAGES)("fits a service of any name: %s", (file) => {
    const values = { module: '"./social/index.js"', client: "Social", variable: "social" };
    const text = fillText(file, readFileSync(`${FOLDER}/${file}`, "utf8"), values);
    const [, program = ""] = /```ts\n([^]*?)```/.exec(text) ?? [];
    expect(program).toMatch(/\bSocial\b/);
    expect(program).toMatch(/\bsocial\b/);
    expect(program).not.toMatch(OWN_NAMES);
  });
});
