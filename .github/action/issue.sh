#!/usr/bin/env bash
# Keeps one issue with a label: opened or changed where there is drift, closed where there is none. Where something could
# not be fetched or read, nothing is known, and it stays as it is. It knows its own issue by the first line, and by who
# wrote it: whoever the token is of. Others may use the label, too; their issues are left alone.
set -euo pipefail

export GH_REPO="$GITHUB_REPOSITORY"
mark="<!-- driftline issue -->"
pages='query($owner: String!, $repository: String!, $label: String!, $endCursor: String) { repository(owner: $owner, name: $repository) { issues(labels: [$label], states: OPEN, first: 100, after: $endCursor) { nodes { number body viewerDidAuthor } pageInfo { hasNextPage endCursor } } } }'

# The number of the issue that is open; nothing where there is none.
own_issue() {
  local found
  found="$(
    MARK="$mark" gh api graphql --paginate --raw-field "query=$pages" \
      --raw-field "owner=${GITHUB_REPOSITORY%%/*}" --raw-field "repository=${GITHUB_REPOSITORY#*/}" \
      --raw-field "label=$LABEL" \
      --jq '.data.repository.issues.nodes[] | select(.viewerDidAuthor and (.body | startswith(env.MARK))) | .number'
  )"
  printf '%s' "${found%%$'\n'*}"
}

case "$EXIT_CODE" in
  0)
    issue="$(own_issue)"
    if [ -n "$issue" ]; then
      gh issue close "$issue" --comment "There is no drift any more."
    fi
    ;;
  1)
    issue="$(own_issue)"
    body="$(mktemp)"
    { printf '%s\n' "$mark"; cat "$REPORT"; } > "$body"
    if [ -n "$issue" ]; then
      gh issue edit "$issue" --body-file "$body"
    else
      # Where the label is there already, it stays as it is.
      gh label create "$LABEL" --description "What is published differs from what is pinned" || true
      gh issue create --label "$LABEL" --title "Published documents have drifted" --body-file "$body"
    fi
    ;;
  *)
    echo "Driftline ended with $EXIT_CODE, so that nothing is known: no issue is opened, changed or closed."
    ;;
esac
