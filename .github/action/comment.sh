#!/usr/bin/env bash
# Keeps one comment of a pull request for each subject. It knows its own comment by the first line, and by who wrote it:
# whoever the token is of.
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

pages='query($owner: String!, $repository: String!, $number: Int!, $endCursor: String) { repository(owner: $owner, name: $repository) { pullRequest(number: $number) { comments(first: 100, after: $endCursor) { nodes { databaseId body viewerDidAuthor } pageInfo { hasNextPage endCursor } } } } }'
found="$(
  MARK="$mark" gh api graphql --paginate --raw-field "query=$pages" \
    --raw-field "owner=${GITHUB_REPOSITORY%%/*}" --raw-field "repository=${GITHUB_REPOSITORY#*/}" \
    --field "number=$PULL_REQUEST" \
    --jq '.data.repository.pullRequest.comments.nodes[] | select(.viewerDidAuthor and (.body | startswith(env.MARK))) | .databaseId'
)"
present="${found%%$'\n'*}"
if [ -n "$present" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$present" --field "body=@$body"
elif [ ! -f "$REPORT" ]; then
  # A comment that says nothing is of use only in place of one that is out of date.
  echo "There is no report to comment with: driftline ended with $EXIT_CODE."
else
  gh api --silent --method POST "repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments" --field "body=@$body"
fi
