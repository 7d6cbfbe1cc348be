#!/bin/bash
# requirements.lock: every package of the image with its version and hashes, and no address of a
# package index. Written from a fresh resolution of pyproject.toml; --check only compares.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

cp "$here/pyproject.toml" "$fresh/"
uv export --quiet --project "$fresh" --no-dev --no-header --no-annotate \
    --format requirements-txt --output-file "$fresh/requirements.lock" > /dev/null

if [ "${1:-}" = --check ]; then
    diff -u "$here/requirements.lock" "$fresh/requirements.lock" || {
        echo "requirements.lock differs from what pyproject.toml resolves to: run deploy/lock.sh" >&2
        exit 1
    }
else
    cp "$fresh/requirements.lock" "$here/requirements.lock"
fi
