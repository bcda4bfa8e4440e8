#!/usr/bin/env bash
# Installs what driftline needs beside itself, unless that was done: by this repository, or by an earlier step.
set -euo pipefail
cd "$GITHUB_ACTION_PATH"
if [ -d node_modules/tsx ]; then exit 0; fi
npm ci --ignore-scripts --no-audit --no-fund
