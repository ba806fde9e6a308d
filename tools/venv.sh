#!/bin/sh
# Makes .venv with the packages of one requirements file. Does nothing when nothing has changed.
# Usage: tools/venv.sh [requirements.txt|requirements-dev.txt]   PYTHON=... chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-requirements.txt}
venv_python=.venv/bin/python

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        if new_enough "$name"; then
            printf '%s' "$name"
            return
        fi
    done
    return 1
}

if ! new_enough "$venv_python"; then
    rm -rf .venv
    python=$(find_python) || fail "Python 3.11 or newer is needed, and ${PYTHON:-python3} is not;" \
        "install one and say where: make run PYTHON=/path/to/python3.11"
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "$python has no venv module; on Debian and Ubuntu: apt-get install python3-venv"
    "$python" -m venv .venv
fi

installed=.venv/installed-$wanted
cmp -s "$wanted" "$installed" && exit 0
printf 'Installing Python packages (%s) ...\n' "$wanted"
"$venv_python" -m pip install --quiet --quiet --disable-pip-version-check --requirement "$wanted" ||
    "$venv_python" -m pip install --disable-pip-version-check --requirement "$wanted" ||
    fail "The Python packages could not be installed; the reason is above."
cp "$wanted" "$installed"
# The development list holds every run-time pin too.
[ "$wanted" = requirements.txt ] || cp requirements.txt .venv/installed-requirements.txt
