#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# example/quickstart.sh [SOURCE [DESTINATION]]
#
# Installs what is missing (Debian, Ubuntu; as root or with sudo), builds arsync, copies the content of SOURCE
# (default: /usr/share) to DESTINATION (default: a temporary directory, removed at the end) and has rsync check
# that nothing is missing and nothing differs.
set -eu

case ${1:-} in
-h | --help)
    sed -n '4,8s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
[ $# -le 2 ] || { echo "usage: $0 [SOURCE [DESTINATION]]" >&2; exit 1; }

# The arguments are relative to where the caller stands.
source=$(realpath -e -- "${1:-/usr/share}")
[ -d "$source" ] || { echo "$source is not a directory" >&2; exit 1; }
scratch=""
trap '[ -z "$scratch" ] || rm -rf -- "$scratch"' EXIT
if [ $# -eq 2 ]; then
    destination=$(realpath -m -- "$2")
else
    scratch=$(mktemp -d -- "${TMPDIR:-/tmp}/asio-fs-quickstart.XXXXXX")
    destination=$scratch/copy
fi

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"

echo "== Packages"
. test/tools/packages.sh
mapfile -t boost < <(boost_packages program-options)
need_packages g++ cmake ninja-build pkg-config "${boost[@]}" liburing-dev rsync

echo "== Build"
cmake --preset release -DASIO_FS_BUILD_TESTS=OFF -DASIO_FS_BUILD_PERF=OFF -DASIO_FS_WERROR=OFF >/dev/null
cmake --build build/release --parallel "$(nproc)" --target arsync

echo "== Copy $source to $destination"
build/release/bin/arsync "$source/" "$destination/"

# What rsync would still have to change: ACLs, extended attributes and hard links included.
echo "== Check with rsync -aHAXn --itemize-changes"
difference=$(rsync -aHAXn --itemize-changes "$source/" "$destination/")
if [ -n "$difference" ]; then
    printf '%s\n' "$difference" | head -n 50
    echo "The copy differs from its source." >&2
    exit 1
fi
echo "No difference."
