#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# test/run.sh [PRESET...]
#
# Installs what is missing (Debian, Ubuntu), configures, builds and runs all tests of each preset (default:
# dev). The output ends with the summary of ctest; the exit status is 0 only when every test passed.
set -eu -o pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

. test/tools/packages.sh
mapfile -t boost < <(boost_packages test context program-options)
need_packages g++ cmake ninja-build pkg-config "${boost[@]}" liburing-dev \
    python3 rsync strace acl attr util-linux mount e2fsprogs xfsprogs btrfs-progs \
    doxygen python3-venv

# What could not run, and why, from the log of ctest.
reasons()
{
    awk '
        match($0, /^[0-9]+\/[0-9]+ Testing: /) { name = substr($0, RLENGTH + 1) }
        /^skipped: / { print "  " name ": " substr($0, 10) }
        /^test_.* \.\.\. skipped / { print "  " name ": " $0 }
        match($0, /Test (case|suite|module) ".*" is skipped because /) {
            text = substr($0, RSTART)
            sub(/^Test [a-z]+ /, "", text)
            sub(/ is skipped because (precondition failed: )?/, ": ", text)
            print "  " name ": " text
        }' "$1"
}

# Passes the output of ctest on as it comes, with the reasons before its summary.
with_reasons()
{
    local line held="" found
    while IFS= read -r line; do
        case $held$line in
        *"% tests passed"*) held+=$line$'\n' ;;
        *) printf '%s\n' "$line" ;;
        esac
    done
    found=$(reasons "$1")
    [ -z "$found" ] || printf 'Skipped here:\n%s\n\n' "$found"
    printf '%s' "$held"
}

[ $# -gt 0 ] || set -- dev
status=0
for preset in "$@"; do
    cmake --preset "$preset"
    cmake --build --preset "$preset" --parallel "$(nproc)"
    ctest --preset "$preset" | with_reasons "build/$preset/Testing/Temporary/LastTest.log" || status=$?
done
exit "$status"
