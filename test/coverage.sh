#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# test/coverage.sh [LEAST]
#
# Installs what is missing (Debian, Ubuntu), builds the preset `coverage`, runs its tests and prints which lines of
# include/ and lib/ they execute, as `cmake --workflow --preset coverage` does; but the lines are printed also when
# tests fail. Fails with less than LEAST percent (default: 95), or when a test fails. Pages with every line are written
# to build/coverage/coverage/.
set -eu -o pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

. test/tools/packages.sh
mapfile -t boost < <(boost_packages test context program-options)
need_packages g++ cmake ninja-build pkg-config "${boost[@]}" liburing-dev gcovr \
    python3 rsync strace acl attr util-linux mount e2fsprogs xfsprogs btrfs-progs

cmake --preset coverage -DASIO_FS_COVERAGE_LEAST="${1:-95}"
cmake --build --preset coverage --parallel "$(nproc)"
status=0
ctest --preset coverage || status=$?
cmake --build --preset coverage_report || status=$?
exit "$status"
