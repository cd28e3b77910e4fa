#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# operations_table.sh PROGRAM: doc/operations.md is what the program prints.
set -u
document="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/doc/operations.md"

if "$1" | diff -u "$document" -; then
    exit 0
fi
echo "doc/operations.md does not follow the list of operations. To renew it:"
echo "  $1 > $document"
exit 1
