#!/usr/bin/env bash
# Makes a release, and its tag, with what CHANGELOG.md says of the version.
set -euo pipefail
notes="$(awk -v heading="## $VERSION" '$0 == heading { found = 1; next } /^## / { found = 0 } found' CHANGELOG.md)"
gh release create "v$VERSION" --target "$GITHUB_SHA" --title "v$VERSION" --notes "$notes"
