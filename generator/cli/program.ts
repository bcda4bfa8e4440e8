import { Command } from "commander";
import type { Terminal } from "../commands/command.js";
import { VERSION } from "../output/generator-identity.js";

const EXAMPLES = `
Examples:
  $ driftline generate                     every service of driftline.yaml
  $ driftline generate mastodon            one service
  $ driftline generate --input api.yaml --output src/api --name Example
  $ driftline generate --strict            write nothing if there is any warning
  $ driftline check                        is what is generated up to date?
  $ driftline bundle peertube              the document of a service in one piece
  $ driftline doctor --input api.yaml --write repairs.overlay.yaml
  $ driftline docs --open                  read and search the reference pages
  $ driftline inspect mastodon "GET /api/v1/accounts/{id}" --stage resolve
  $ driftline explain unsafe-integer       what a finding means and what to do about it
  $ driftline diff old.yaml new.yaml       what changed, and whom it breaks
  $ driftline diff git:main:api.yaml api.yaml --report markdown=drift.md
  $ driftline drift                        do the published documents still say the same?
  $ driftline pull mastodon                take the published document over

Exit codes:
   0  clean: nothing at the level that was asked for
   1  out of date (check), something found (doctor), drift (diff, drift)
   2  broken input or usage
   3  something could not be fetched, so that nobody knows; never together with 1 or 2
  70  a bug of driftline`;

/** The program without its commands: what all of them have in common. */
export function createProgram({ out, err }: Terminal): Command {
  const program = new Command("driftline")
    .description("Typed fetch clients from OpenAPI documents.")
    .version(VERSION)
    .option("--json", "print one JSON document with everything that was found and done")
    .option("--debug", "show the stack of an unexpected error")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", EXAMPLES)
    .showHelpAfterError("Run driftline --help for all commands and options.")
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  return program;
}
