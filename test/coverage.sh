#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# test/coverage.sh [LEAST]
#
# Builds the preset `coverage`, runs its tests and prints which lines of include/ and lib/ they execute. Fails
# with less than LEAST percent (default: 95), or when a test fails. Pages with every line are written to
# build/coverage/coverage/.
#
# A line counts as executed when one of the programs has executed it: what is not inline is compiled once, and a
# template in each of them.
set -eu -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
least=${1:-95}
build=build/coverage

. test/tools/packages.sh
mapfile -t boost < <(boost_packages test context program-options)
need_packages g++ cmake ninja-build pkg-config "${boost[@]}" liburing-dev gcovr \
    python3 rsync strace acl attr util-linux mount e2fsprogs xfsprogs btrfs-progs

cmake --preset coverage
cmake --build --preset coverage --parallel "$(nproc)"

# What earlier runs have executed does not count.
find "$build" -name '*.gcda' -delete
status=0
ctest --preset coverage || status=$?

mkdir -p "$build/coverage"
gcovr --root . --object-directory "$build" --filter 'include/' --filter 'lib/' --exclude-throw-branches \
    -j "$(nproc)" --print-summary --txt "$build/coverage/lines.txt" --json "$build/coverage/lines.json" \
    --html-details "$build/coverage/index.html" --fail-under-line "$least" "$build" || status=$?
cat "$build/coverage/lines.txt"
exit "$status"
