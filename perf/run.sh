#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# perf/run.sh [--quick] [--only NAME,...] [--rounds N] [--output DIR] [--scratch DIR] [--no-pin]
#
# Installs what is missing (Debian, Ubuntu), builds arsync and the programs of this directory, and measures
# them beside cp, rsync, tar, find, bfs and rm. Writes DIR/result.json and DIR/result.md (default:
# build/perf). Without root it makes no file systems and measures in TMPDIR. See perf/README.md.
set -eu
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

case " $* " in
*" -h "* | *" --help "*)
    sed -n '4,8s/^# \{0,1\}//p' "$0"
    exec python3 "$top/perf/measure.py" --help
    ;;
esac

. "$top/test/tools/packages.sh"
mapfile -t boost < <(boost_packages program-options)
need_packages g++ cmake ninja-build pkg-config "${boost[@]}" liburing-dev libbenchmark-dev python3 \
    coreutils findutils rsync tar bfs util-linux mount e2fsprogs xfsprogs btrfs-progs time

# Relative directories are the caller's; a build tree of one's own stays untouched.
cmake -S "$top" -B "$top/build/perf-programs" -G Ninja -DCMAKE_BUILD_TYPE=Release -DASIO_FS_BUILD_TESTS=OFF \
    -DASIO_FS_BUILD_EXAMPLES=ON -DASIO_FS_BUILD_PERF=ON -DASIO_FS_WERROR=OFF >/dev/null
targets=(arsync perf_walk perf_remove perf_pin_threads)
ninja -C "$top/build/perf-programs" -t targets all | grep -q '^perf_engine:' && targets+=(perf_engine)
cmake --build "$top/build/perf-programs" --parallel "$(nproc)" --target "${targets[@]}"
exec python3 "$top/perf/measure.py" --bin "$top/build/perf-programs/bin" "$@"
