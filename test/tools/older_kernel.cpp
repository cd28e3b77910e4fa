// SPDX-License-Identifier: BSL-1.0

// older_kernel PROGRAM [ARGUMENT...]
//
// Runs a program for which system calls that Linux has had since 6.6 only do not exist: fchmodat2, statmount,
// getxattrat and its kin.

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <iterator>

int main(int argc, char** argv)
{
    if (argc < 2)
    {
        std::fprintf(stderr, "usage: %s PROGRAM [ARGUMENT...]\n", argv[0]);
        return 2;
    }

    // The same numbers on every architecture.
    constexpr unsigned fchmodat2 = 452, statmount = 457, setxattrat = 463, removexattrat = 466;
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, fchmodat2, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, statmount, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, setxattrat, 0, 2),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, removexattrat, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter = {static_cast<unsigned short>(std::size(program)), program};

    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
    {
        std::fprintf(stderr, "older_kernel: seccomp filters cannot be used here: %s\n", std::strerror(errno));
        return 77;
    }
    ::execvp(argv[1], argv + 1);
    std::fprintf(stderr, "older_kernel: %s: %s\n", argv[1], std::strerror(errno));
    return 127;
}
