#!/usr/bin/env bash
# Keeps one issue with a label: opened or changed where there is drift, closed where there is none. Where something could
# not be fetched or read, nothing is known, and it stays as it is.
set -euo pipefail

export GH_REPO="$GITHUB_REPOSITORY"
issue="$(gh issue list --label "$LABEL" --state open --limit 1 --json number --jq '.[].number')"
case "$EXIT_CODE" in
  0)
    if [ -n "$issue" ]; then
      gh issue close "$issue" --comment "There is no drift any more."
    fi
    ;;
  1)
    if [ -n "$issue" ]; then
      gh issue edit "$issue" --body-file "$REPORT"
    else
      gh label create "$LABEL" --force --description "What is published differs from what is pinned"
      gh issue create --label "$LABEL" --title "Published documents have drifted" --body-file "$REPORT"
    fi
    ;;
  *)
    echo "Driftline ended with $EXIT_CODE, so that nothing is known: no issue is opened, changed or closed."
    ;;
esac
