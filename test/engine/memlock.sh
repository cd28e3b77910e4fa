#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# memlock.sh PROGRAM [ARGUMENT...]
#
# Runs a program as a user without privileges who may lock no memory: there, the kernel refuses io_uring with ENOMEM.
# Exit status 77 where that cannot be tried.
set -u

as_nobody=()
if [ "$(id -u)" -eq 0 ]; then
    as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups --)
    "${as_nobody[@]}" true || { printf 'skipped: setpriv cannot give up privileges here\n'; exit 77; }
fi
"${as_nobody[@]}" test -x "$1" || { printf 'skipped: an ordinary user may not run %s\n' "$1"; exit 77; }

ulimit -l 0 || { printf 'skipped: the limit on locked memory cannot be set here\n'; exit 77; }
cd / || exit 2
exec "${as_nobody[@]}" "$@"
