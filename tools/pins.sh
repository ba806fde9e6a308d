#!/bin/sh
# requirements*.in -> requirements*.txt: exact versions, no hashes, nothing of this machine in them.
# With UPGRADE= (empty) what is pinned stays, and only what is new gets a version.
set -eu
cd "$(dirname "$0")/.."
compile() {
    CUSTOM_COMPILE_COMMAND="make pins" .venv/bin/pip-compile --quiet ${UPGRADE---upgrade} --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        --annotation-style line --output-file "$@"
}
compile requirements.txt requirements.in
compile requirements-dev.txt --constraint requirements.txt requirements-dev.in
compile requirements-node.txt requirements-node.in
