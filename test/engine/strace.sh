#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# strace.sh PROBE
#
# Looks from outside at how operations reach the kernel: those for which it has an opcode through io_uring_enter and
# not as system calls, or, with io_uring switched off, the other way round. Exit status 77 where strace cannot trace.
set -u

probe=$1
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

skip()
{
    printf 'skipped: %s\n' "$*"
    exit 77
}

# Leaks are looked for by other tests: the checker cannot work while somebody else traces.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"

command -v strace >/dev/null || skip 'strace is not installed'
strace -f -qq -o "$scratch/try" true 2>/dev/null || skip 'strace cannot trace here'

# The system calls by which an operation can be made.
system_calls()
{
    case $1 in
    openat) echo openat open ;;
    openat2) echo openat2 ;;
    read_at) echo preadv2 preadv readv pread64 ;;
    write_at) echo pwritev2 pwritev writev pwrite64 ;;
    statx) echo statx newfstatat ;;
    fadvise) echo fadvise64 ;;
    mkdirat) echo mkdirat mkdir ;;
    unlinkat) echo unlinkat unlink ;;
    renameat) echo renameat2 renameat rename ;;
    linkat) echo linkat link ;;
    symlinkat) echo symlinkat symlink ;;
    ftruncate | fallocate | fsync | fdatasync | sync_file_range | fsetxattr | fgetxattr) echo "$1" ;;
    esac
}

# trace MODE: the system calls between the probe's two marks, one to a line, into MODE.calls. A statx that asks no
# server is the engine's own look at what kind of file system a descriptor is on.
trace()
{
    mkdir "$scratch/$1.dir"
    timeout -k 5 60 strace -f -qq -o "$scratch/$1.log" "$probe" "$1" "$scratch/$1.dir" >"$scratch/$1.operations" ||
        { printf 'the probe has failed: %s\n' "$1"; exit 1; }
    awk '/asio_fs_probe\/begin/ { on = 1; next } /asio_fs_probe\/end/ { on = 0 }
         on && !/AT_STATX_DONT_SYNC/ && match($0, /^[0-9]+ +[a-z_0-9]+\(/) { sub(/^[0-9]+ +/, ""); sub(/\(.*/, ""); print }' \
        "$scratch/$1.log" >"$scratch/$1.calls"
}

status=0
# expect MODE yes|no NAME CALL...: at least one of these calls was made, or none.
expect()
{
    local mode=$1 wanted=$2 name=$3 call found=no
    shift 3
    for call; do
        grep -qx "$call" "$scratch/$mode.calls" && found=yes
    done
    [ "$found" = "$wanted" ] && return
    printf '%s: %s made as a system call: %s, wanted: %s\n' "$mode" "$name" "$found" "$wanted"
    status=1
}

trace workers
for operation in openat openat2 read_at write_at statx fadvise mkdirat unlinkat renameat linkat symlinkat ftruncate \
    fallocate fsync fdatasync sync_file_range fsetxattr fgetxattr; do
    # shellcheck disable=SC2046
    expect workers yes "$operation" $(system_calls "$operation")
done
expect workers no io_uring io_uring_setup io_uring_enter io_uring_register

trace ring
if [ ! -s "$scratch/ring.operations" ]; then
    [ "$status" -eq 0 ] || exit "$status"
    skip 'the kernel refuses io_uring; on workers, all is as it should be'
fi
checked=0
while IFS= read -r operation; do
    calls=$(system_calls "$operation")
    [ -n "$calls" ] || continue
    # shellcheck disable=SC2086
    expect ring no "$operation" $calls
    checked=$((checked + 1))
done <"$scratch/ring.operations"
expect ring yes io_uring_enter io_uring_enter

printf '%d operations go through io_uring_enter, and are system calls where io_uring is switched off\n' "$checked"
exit "$status"
