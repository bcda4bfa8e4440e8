#!/usr/bin/env bash
# Gives the version of package.json as the output `new`, unless npm has it. What npm does not say clearly fails.
set -euo pipefail
version="$(node -p 'require("./package.json").version')"
code=0
answer="$(npm view "driftline@$version" version --json 2> /dev/null)" || code=$?
new="$(node -e '
const [version, code, answer] = process.argv.slice(1);
// Versions of npm differ in what they say of a version that is not there: nothing, or E404.
const told = answer === "" && code === "0" ? { error: { code: "E404" } } : JSON.parse(answer);
if (told !== version && told.error?.code !== "E404") throw new Error(`npm says ${answer}`);
process.stdout.write(told === version ? "" : version);
' -- "$version" "$code" "$answer")"
echo "new=$new" >> "$GITHUB_OUTPUT"
