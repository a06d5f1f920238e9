#!/bin/sh
# Finds a Python 3.11 or newer and hands over to tools/setup.py. PYTHON=/path/to/python make setup chooses another.
set -eu
cd "$(dirname "$0")/.."

for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3 python3.14 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        exec "$candidate" tools/setup.py
    fi
done

echo "This project needs Python 3.11 or newer and none was found." >&2
echo "Install one (Debian, Ubuntu: apt-get install python3 python3-venv) or name it: PYTHON=/path/to/python make setup" >&2
exit 1
