// SPDX-License-Identifier: BSL-1.0

// A library to preload: every thread and every child process stays on a CPU of its own, in turn.
//
// The kernels of some virtual machines keep threads that wake each other on one CPU while the other is busy
// (sched_vcpu_pack). Whether two threads help is then a matter of luck, and not of the program that is measured.
// All programs of a comparison are run with this, or none. It needs nothing of the C++ library: loading that would
// cost a C program more than its own start.

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

namespace {

using start_routine = void* (*)(void*);
using create_function = int (*)(pthread_t*, const pthread_attr_t*, start_routine, void*);
using fork_function = pid_t (*)();
using get_function = int (*)(pid_t, std::size_t, cpu_set_t*);

// The CPUs that the program was given; what pinning changes must not change what the program finds.
cpu_set_t allowed;
std::atomic<unsigned> next_cpu{0};

template <class Function>
Function real(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

void pin(unsigned turn)
{
    const auto count = static_cast<unsigned>(CPU_COUNT(&allowed));
    if (count < 2)
        return;
    turn %= count;
    for (unsigned cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    {
        if (!CPU_ISSET(cpu, &allowed) || turn-- != 0)
            continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        static const auto set = real<int (*)(pid_t, std::size_t, const cpu_set_t*)>("sched_setaffinity");
        set(0, sizeof one, &one);
        return;
    }
}

// The first thread takes the first CPU as soon as there is a second one.
unsigned take_turn()
{
    unsigned turn = next_cpu.fetch_add(1);
    if (turn == 0)
    {
        pin(0);
        turn = next_cpu.fetch_add(1);
    }
    return turn;
}

struct thread_start
{
    start_routine run;
    void* argument;
    unsigned turn;
};

void* pinned_thread(void* given)
{
    const thread_start start = *static_cast<thread_start*>(given);
    std::free(given);
    pin(start.turn);
    return start.run(start.argument);
}

// A program started by one that was pinned has one CPU left: what all of them may use is in PERF_CPUS ("0,1").
[[gnu::constructor]] void begin()
{
    CPU_ZERO(&allowed);
    const char* list = std::getenv("PERF_CPUS");
    while (list != nullptr && *list != '\0')
    {
        char* end = nullptr;
        const unsigned long cpu = std::strtoul(list, &end, 10);
        if (end == list)
            break;
        if (cpu < CPU_SETSIZE)
            CPU_SET(cpu, &allowed);
        list = *end == ',' ? end + 1 : end;
    }
    if (CPU_COUNT(&allowed) == 0)
        real<get_function>("sched_getaffinity")(0, sizeof allowed, &allowed);
}

} // namespace

extern "C" {

int pthread_create(
    pthread_t* thread, const pthread_attr_t* attributes, start_routine run, void* argument) noexcept
{
    static const auto create = real<create_function>("pthread_create");
    auto* const start = static_cast<thread_start*>(std::malloc(sizeof(thread_start)));
    if (start == nullptr)
        return EAGAIN;
    *start = {run, argument, take_turn()};
    const int error = create(thread, attributes, pinned_thread, start);
    if (error != 0)
        std::free(start);
    return error;
}

pid_t fork() noexcept
{
    static const auto real_fork = real<fork_function>("fork");
    const unsigned turn = take_turn();
    const pid_t child = real_fork();
    if (child == 0)
        pin(turn);
    return child;
}

int sched_getaffinity(pid_t, std::size_t size, cpu_set_t* set) noexcept
{
    if (size < sizeof allowed)
    {
        errno = EINVAL;
        return -1;
    }
    std::memset(set, 0, size);
    std::memcpy(set, &allowed, sizeof allowed);
    return 0;
}

int sched_setaffinity(pid_t, std::size_t, const cpu_set_t*) noexcept
{
    return 0;
}

int pthread_setaffinity_np(pthread_t, std::size_t, const cpu_set_t*) noexcept
{
    return 0;
}

} // extern "C"
