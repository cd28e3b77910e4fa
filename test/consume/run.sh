#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# run.sh install BUILD_TREE SCRATCH       installs the library from a build tree into SCRATCH/prefix
# run.sh find_package SCRATCH             builds and runs a program against that install tree, moved elsewhere
# run.sh pkg_config SCRATCH               the same with a compiler and pkg-config only
# run.sh add_subdirectory SOURCE SCRATCH  builds and runs a program that contains the source tree
#
# CXX chooses the compiler, ASIO_FS_CMAKE_ARGS adds arguments for the consumer's configure step.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
compiler=${CXX:-c++}
read -r -a extra <<<"${ASIO_FS_CMAKE_ARGS:-}"

# build_and_run DIRECTORY ARGUMENT...
build_and_run()
{
    local build=$1
    shift
    rm -rf "$build"
    cmake -S "$here/cmake" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_COMPILER="$compiler" \
        "${extra[@]}" "$@"
    cmake --build "$build"
    "$build/consumer" </dev/null
}

case ${1:-} in
install)
    rm -rf "$3/prefix" "$3/moved"
    cmake --install "$2" --prefix "$3/prefix"
    # An install tree may be moved: from here on it is only found in another place.
    mv "$3/prefix" "$3/moved"
    ;;
find_package)
    build_and_run "$2/find_package" -DCMAKE_PREFIX_PATH="$2/moved"
    ;;
pkg_config)
    if ! command -v pkg-config >/dev/null; then
        echo "skipped: pkg-config is not installed"
        exit 77
    fi
    pc=$(find "$2/moved" -name asio-fs-extended.pc)
    export PKG_CONFIG_PATH=${pc%/*}
    pkg-config --exists --print-errors 'asio-fs-extended >= 0.1'
    libdir=$(pkg-config --variable=libdir asio-fs-extended)
    mkdir -p "$2/pkg_config"
    # Word splitting is what pkg-config's output is made for.
    # shellcheck disable=SC2046
    "$compiler" -std=c++20 "$here/consumer.cpp" -o "$2/pkg_config/consumer" \
        $(pkg-config --cflags --libs asio-fs-extended) -Wl,-rpath,"$libdir"
    "$2/pkg_config/consumer" </dev/null
    ;;
add_subdirectory)
    build_and_run "$3/add_subdirectory" -DASIO_FS_SOURCE_DIR="$2"
    ;;
*)
    sed -n '4,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
