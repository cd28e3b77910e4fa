#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# test/matrix.sh [--list | --quick | --table | CELL...]
#
# Builds the library and a part of its tests with other compilers, other versions of Boost and other versions of
# liburing, and prints what came of it as a table. --quick takes the ends of the range only, --list names the cells,
# --table prints again what earlier runs have found.
#
# Made for Debian 12 or newer. Headers and libraries are fetched from Debian's archive and unpacked into build/matrix,
# with package lists of their own; the system's stay as they are. Compilers that Debian 12 lacks run in a Debian 13 in
# build/matrix/trixie, which needs root. Compilers that Debian 12 has are installed.
set -eu -o pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
work=$top/build/matrix
# The archive that this system installs from has the other releases as well.
mirror=${ASIO_FS_DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | head -n 1)}

# Compiler, Boost, liburing, and what is run: `brief` is the engine, fork, every operation and what is made of them, and
# without epoll the engine, which is what that concerns; `full` all of them both ways, with every completion token, and
# whole trees besides. Fork before Boost 1.92 and trees are run with epoll only. A star is for --quick.
cells=(
    "gcc-12 1.81 2.3 full *"
    "gcc-12 1.83 2.3 brief"
    "gcc-12 1.88 2.3 brief"
    "gcc-12 1.90 2.3 brief"
    "gcc-12 newest newest full *"
    "gcc-12 1.81 newest brief"
    "gcc-13 1.83 2.3 brief"
    "gcc-14 newest newest brief"
    "clang-14 1.81 2.3 brief *"
    "clang-14 newest newest brief"
    "clang-15 1.83 2.3 brief"
    "clang-16 1.88 2.3 brief"
    "clang-17 1.90 newest brief"
    "clang-18 newest newest brief"
    "clang-19 newest newest brief *"
)

# ---- what Debian has --------------------------------------------------------------------------------

apt_options=(
    -o "Dir::Etc::sourcelist=$work/apt/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o Acquire::Languages=none
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o APT::Sandbox::User=root
)

prepare_apt()
{
    [ ! -e "$work/apt/ready" ] || return 0
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
    printf "deb $mirror %s main\n" bookworm trixie forky sid >"$work/apt/sources.list"
    apt-get -q "${apt_options[@]}" update >&2
    touch "$work/apt/ready"
}

# versions_of PACKAGE [PATTERN]: which there are, the newest first.
versions_of()
{
    apt-cache "${apt_options[@]}" madison "$1" | awk '{ print $3 }' | grep -E "${2:-.}" | sort -rV
}

# unpack DIRECTORY PACKAGE=VERSION...
unpack()
{
    local into=$work/$1 deb
    shift
    [ ! -e "$into/ready" ] || return 0
    rm -rf "$into" "$work/debs"
    mkdir -p "$into" "$work/debs"
    (cd "$work/debs" && apt-get -q "${apt_options[@]}" download "$@" >&2)
    for deb in "$work"/debs/*.deb; do
        dpkg -x "$deb" "$into"
    done
    rm -rf "$work/debs"
    touch "$into/ready"
}

newest_boost()
{
    apt-cache "${apt_options[@]}" search --names-only '^libboost1\.[0-9]+-dev$' |
        sed -E 's/^libboost([0-9.]+)-dev.*/\1/' | sort -V | tail -n 1
}

newest_liburing()
{
    versions_of liburing-dev | head -n 1 | sed 's/-[^-]*$//'
}

need_boost()
{
    local version
    version=$(versions_of "libboost$1-dev" | head -n 1)
    unpack "boost-$1" "libboost$1-dev=$version"
}

# A newer liburing needs the newer headers of the kernel. The static library is taken: it asks nothing of libc that
# Debian 12 has not.
need_liburing()
{
    local version headers=()
    version=$(versions_of liburing-dev "^${1//./\\.}" | head -n 1)
    [ "$1" = 2.3 ] || headers=("linux-libc-dev=$(versions_of linux-libc-dev | head -n 1)")
    unpack "liburing-$1" "liburing-dev=$version" "${headers[@]}"
}

# ---- where a compiler runs --------------------------------------------------------------------------

cxx_of()
{
    case $1 in
    gcc-*) printf 'g++-%s' "${1#gcc-}" ;;
    *) printf '%s' "clang++-${1#clang-}" ;;
    esac
}

# Says in `world` where a compiler is: `here`, or in the other Debian. Fails if it is nowhere.
find_compiler()
{
    local cxx
    cxx=$(cxx_of "$1")
    world=here
    command -v "$cxx" >/dev/null && return 0
    case $1 in
    clang-15 | clang-16 | clang-19) need_packages "$1" ;;
    gcc-12) need_packages g++-12 ;;
    *)
        need_trixie || return 1
        world=trixie
        [ -x "$work/trixie/usr/bin/$cxx" ]
        return
        ;;
    esac
    command -v "$cxx" >/dev/null
}

need_trixie()
{
    [ ! -e "$work/trixie/ready" ] || return 0
    [ "$(id -u)" -eq 0 ] || return 1
    need_packages mmdebstrap
    rm -rf "$work/trixie"
    mmdebstrap --mode=root --variant=apt --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --include=cmake,ninja-build,pkg-config,ccache,python3,acl,attr,g++-13,g++-14,clang-17,clang-18 \
        trixie "$work/trixie" "$mirror" >&2 || return 1
    touch "$work/trixie/ready"
}

# run_in WORLD COMMAND...
run_in()
{
    local world=$1
    shift
    if [ "$world" = here ]; then
        "$@"
        return
    fi
    mkdir -p "$work/$world$top"
    # The mounts end with the process that asked for them.
    # shellcheck disable=SC2016
    unshare --mount sh -euc '
        root=$1 top=$2
        shift 2
        mount --rbind /proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        mount --bind "$top" "$root$top"
        exec chroot "$root" "$@"' sh "$work/$world" "$top" "$@"
}

# ---- a cell -----------------------------------------------------------------------------------------

# The last column of a row: how many test cases passed, from the log of ctest.
count_passed()
{
    awk '
        match($0, /[0-9]+ test cases? out of [0-9]+ (passed|skipped)/) {
            split(substr($0, RSTART, RLENGTH), word, " ")
            if (/passed/) passed += word[1]
            else skipped += word[1]
        }
        / test cases? out of [0-9]+ failed/ { failed += $1 }
        END {
            printf "%d", passed
            if (failed) printf ", **%d failed**", failed
            if (skipped) printf ", %d skipped", skipped
        }' "$1"
}

# run_tests WORLD BUILD NAME REGEX: prints the column.
run_tests()
{
    local build=$2 log=$work/log/$3 ok=""
    rm -f "$build/Testing/Temporary/LastTest.log"
    run_in "$1" env BOOST_TEST_REPORT_LEVEL=short ctest --test-dir "$build" --timeout 300 -R "$4" \
        >>"$log.txt" 2>&1 || ok=" (**failed**)"
    cat "$build/Testing/Temporary/LastTest.log" >>"$log.tests.txt"
    printf '%s%s' "$(count_passed "$build/Testing/Temporary/LastTest.log")" "$ok"
}

alternatives()
{
    local IFS='|'
    printf '%s' "$*"
}

# cell COMPILER BOOST LIBURING TESTS: builds and tests, and writes the row of the table.
cell()
{
    local compiler=$1 boost=$2 liburing=$3 tests=$4
    local name=$compiler-boost-$boost-liburing-$liburing
    local build=$work/cells/$name log=$work/log/$name.txt row="| $compiler | $boost | $liburing "
    mkdir -p "$work/cells" "$work/log" "$work/rows"
    rm -f "$log" "$work/log/$name.tests.txt"
    printf '%s\n' "$name" >&2
    if ! find_compiler "$compiler"; then
        printf '%s\n' "$row| not available | | |" >"$work/rows/$name"
        return 0
    fi
    need_boost "$boost"
    need_liburing "$liburing"

    local with_epoll=(engine fork op toolbox) without_epoll=(engine)
    case $tests in
    full)
        with_epoll+=(token tree faults faults_calls)
        without_epoll+=(op toolbox token)
        ;;
    esac
    # Without epoll, Asio itself loses what was in flight before Boost 1.92 (doc/design/engine.md).
    if [ "$(printf '%s\n' 1.92 "$boost" | sort -V | head -n 1)" = 1.92 ]; then
        without_epoll+=(fork)
    fi
    local targets=("${without_epoll[@]/#/test_}")
    targets=(refuse_io_uring "${with_epoll[@]/#/test_}" "${targets[@]/%/.no_epoll}")

    local headers=$work/liburing-$liburing/usr/include
    local library=$work/liburing-$liburing/usr/lib/x86_64-linux-gnu/liburing.a
    if ! run_in "$world" cmake -S "$top" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
        -DCMAKE_CXX_COMPILER="$(cxx_of "$compiler")" \
        -DCMAKE_CXX_FLAGS="-isystem $headers -isystem $headers/x86_64-linux-gnu" \
        -DCMAKE_PREFIX_PATH="$work/boost-$boost/usr" -Dliburing_INCLUDE_DIR="$headers" -Dliburing_LIBRARY="$library" \
        -DASIO_FS_TEST_WITH_HEADERS=ON -DASIO_FS_TEST_MATRIX=ON -DASIO_FS_BUILD_EXAMPLES=OFF -DASIO_FS_BUILD_PERF=OFF \
        -DASIO_FS_INSTALL=OFF \
        >>"$log" 2>&1 ||
        ! CCACHE_DIR=$work/ccache run_in "$world" cmake --build "$build" --parallel "$(nproc)" \
            --target "${targets[@]}" >>"$log" 2>&1; then
        printf '%s\n' "$row| **no** | | |" >"$work/rows/$name"
        return 0
    fi
    row+="| yes | $(run_tests "$world" "$build" "$name" "^($(alternatives "${with_epoll[@]}"))(\.no_io_uring)?\$")"
    row+=" | $(run_tests "$world" "$build" "$name" "^($(alternatives "${without_epoll[@]}"))\.no_epoll\$") |"
    printf '%s\n' "$row" >"$work/rows/$name"
}

# The compiler, Boost and liburing of a cell with the versions that `newest` stands for, and its tests.
resolve()
{
    local boost=$2 liburing=$3
    [ "$boost" != newest ] || boost=$newest_boost
    [ "$liburing" != newest ] || liburing=$newest_liburing
    printf '%s %s %s %s\n' "$1" "$boost" "$liburing" "$4"
}

# ---- main -------------------------------------------------------------------------------------------

. test/tools/packages.sh
prepare_apt
newest_boost=$(newest_boost)
newest_liburing=$(newest_liburing)

quick=""
list=""
run=yes
wanted=()
for argument in "$@"; do
    case $argument in
    --quick) quick=yes ;;
    --list) list=yes ;;
    --table) run="" ;;
    -*)
        sed -n '4,8s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
    *) wanted+=("$argument") ;;
    esac
done

[ -n "$list" ] || need_packages cmake ninja-build pkg-config ccache python3 acl attr util-linux
status=0
table=()
for line in "${cells[@]}"; do
    [ -z "$quick" ] || [[ $line == *"*" ]] || continue
    read -r compiler boost liburing tests _ <<<"$line"
    read -r compiler boost liburing tests < <(resolve "$compiler" "$boost" "$liburing" "$tests")
    name=$compiler-boost-$boost-liburing-$liburing
    if [ ${#wanted[@]} -gt 0 ] && [[ " ${wanted[*]} " != *" $name "* ]]; then
        continue
    fi
    if [ -n "$list" ]; then
        printf '%s\n' "$name"
        continue
    fi
    [ -z "$run" ] || cell "$compiler" "$boost" "$liburing" "$tests"
    [ ! -e "$work/rows/$name" ] || table+=("$(cat "$work/rows/$name")")
done
[ -z "$list" ] || exit 0

printf '| Compiler | Boost | liburing | compiles | tests passed | without epoll |\n|---|---|---|---|---|---|\n'
for row in "${table[@]}"; do
    printf '%s\n' "$row"
    [[ $row != *"**"* ]] || status=1
done
[ "$status" = 0 ] || printf 'The logs are in %s.\n' "$work/log" >&2
exit "$status"
