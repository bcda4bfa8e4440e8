#!/usr/bin/env bash
# Runs driftline with the inputs of the action, and tells the exit code instead of failing: later steps still have to
# comment. Annotations, the summary and the counts come from the report "github".
set -euo pipefail

report="$(mktemp -d "${RUNNER_TEMP:-/tmp}/driftline.XXXXXX")/report.md"
arguments=(
  "--fail-on=$INPUT_FAIL_ON"
  "--verdict=$INPUT_VERDICT"
  --report=github
  "--report=markdown=$report"
)
if [ -n "$INPUT_CONFIG" ]; then arguments+=("--config=$INPUT_CONFIG"); fi
while IFS= read -r line; do
  if [ -n "$line" ]; then arguments+=("--report=$line"); fi
done <<< "$INPUT_REPORTS"

# What stands after "--" is no option, whatever it begins with.
case "$INPUT_COMMAND" in
  diff)
    if [ -n "$INPUT_SERVICE" ]; then arguments+=("--service=$INPUT_SERVICE"); fi
    if [ -n "$INPUT_ACCEPT" ]; then arguments+=("--accept=$INPUT_ACCEPT"); fi
    arguments+=(-- "$INPUT_OLD" "$INPUT_NEW")
    ;;
  drift)
    # All lines of the input; read ends with 1 where it meets the end of the text.
    read -r -d '' -a services <<< "$INPUT_SERVICES" || true
    arguments+=(--)
    # To Bash before 4.4, which macOS has, an empty list is an unset variable.
    if [ "${#services[@]}" -gt 0 ]; then arguments+=("${services[@]}"); fi
    ;;
  *)
    echo "::error::The input command is diff or drift."
    echo "exit-code=2" >> "$GITHUB_OUTPUT"
    exit 0
    ;;
esac

code=0
node "$GITHUB_ACTION_PATH/generator/bin.js" "$INPUT_COMMAND" "${arguments[@]}" || code=$?
echo "exit-code=$code" >> "$GITHUB_OUTPUT"
if [ -f "$report" ]; then echo "report=$report" >> "$GITHUB_OUTPUT"; fi
if [ "$code" = 3 ]; then
  echo "::warning title=Driftline::Something could not be fetched, so that nobody knows whether it drifted."
fi
