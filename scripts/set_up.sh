#!/usr/bin/env bash
# Make a virtual environment and install this project into it, editable, in the versions of constraints.txt.
#
#   scripts/set_up.sh VENV REQUIREMENT       for example: scripts/set_up.sh .venv ".[dev]"
#   scripts/set_up.sh VENV . wheel           as users install it: a copy, which later edits don't reach
#
# Uses uv where it is installed (it also brings a Python where there is none), else venv and pip with the first
# Python 3.11 or newer that it finds, or the one that PYTHON names.
set -euo pipefail

venv=$1
requirement=$2
# uv takes an unchanged pyproject.toml for an unchanged project.
how=--editable anew=
[ "${3:-}" != wheel ] || how='' anew="--reinstall-package summarizer"

say() { printf '%s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        # Version managers leave names that don't run, so each is tried.
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then
            printf '%s' "$candidate"
            return
        fi
    done
    say "No Python 3.11 or newer was found (tried: ${PYTHON:+$PYTHON, }python3, python3.11 to python3.14, python)."
    say "Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python), or install uv,"
    say "or name one: PYTHON=/path/to/python3.12 make …"
    exit 1
}

if [ -x "$venv/bin/python" ] && ! new_enough "$venv/bin/python"; then
    say "$venv is of an older or missing Python: made anew."
    rm -rf "$venv"
fi

if command -v uv >/dev/null; then
    say "Setting up $venv with uv …"
    [ -x "$venv/bin/python" ] || uv venv --quiet --python "${PYTHON:->=3.11}" "$venv"
    # shellcheck disable=SC2086 # options, not names of files
    uv pip install --quiet --python "$venv/bin/python" --constraint constraints.txt $anew $how "$requirement"
    exit
fi

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    say "Setting up $venv with $("$python" --version) …"
    if ! "$python" -m venv --clear "$venv" >"$venv.log" 2>&1; then
        cat "$venv.log" >&2
        say "$python can't make virtual environments. On Debian and Ubuntu: apt install python3-venv"
        rm -rf "$venv" "$venv.log"
        exit 1
    fi
    rm -f "$venv.log"
fi
say "Installing into $venv (the first time takes a minute) …"
# shellcheck disable=SC2086
"$venv/bin/python" -m pip install -qq --disable-pip-version-check \
    --constraint constraints.txt $how "$requirement"
