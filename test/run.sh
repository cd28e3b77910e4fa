#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# test/run.sh [PRESET...]
#
# Installs what is missing (Debian, Ubuntu), configures, builds and runs all tests of each preset (default:
# dev). The output ends with the summary of ctest; the exit status is 0 only when every test passed.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

. test/tools/packages.sh
mapfile -t boost < <(boost_packages test program-options)
need_packages g++ cmake ninja-build pkg-config "${boost[@]}" liburing-dev \
    python3 rsync strace acl attr util-linux mount e2fsprogs xfsprogs btrfs-progs

[ $# -gt 0 ] || set -- dev
status=0
for preset in "$@"; do
    cmake --preset "$preset"
    cmake --build --preset "$preset" --parallel "$(nproc)"
    ctest --preset "$preset" || status=$?
done
exit "$status"
