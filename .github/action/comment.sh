#!/usr/bin/env bash
# Keeps one comment of a pull request for each subject. It knows its own comment by the first line, and by who wrote it.
set -euo pipefail

subject="$(printf '%s' "$SUBJECT" | sha256sum | cut -c 1-16)"
mark="<!-- driftline $subject -->"
body="$(mktemp)"
printf '%s\n' "$mark" > "$body"
if [ -f "$REPORT" ]; then
  cat "$REPORT" >> "$body"
else
  echo "Nothing was compared: driftline ended with $EXIT_CODE. The log of the run tells why." >> "$body"
fi

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
present="$(
  MARK="$mark" gh api --paginate "$comments" --jq \
    '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.MARK))) | .id' |
    head -n 1
)"
if [ -n "$present" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$present" --field "body=@$body"
elif [ ! -f "$REPORT" ]; then
  # A comment that says nothing is of use only in place of one that is out of date.
  echo "There is no report to comment with: driftline ended with $EXIT_CODE."
else
  gh api --silent --method POST "$comments" --field "body=@$body"
fi
