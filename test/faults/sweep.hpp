// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_FAULTS_SWEEP_HPP
#define ASIO_FS_TEST_FAULTS_SWEEP_HPP

#include "support/descriptors.hpp"
#include "support/faults.hpp"

#include <boost/test/unit_test.hpp>

#include <exception>
#include <new>
#include <optional>
#include <ostream>
#include <utility>

#include <unistd.h>

namespace asio_fs::test {

// What went wrong in one turn of a sweep, for the log.
struct turn
{
    fault_kind kind;
    int nth;
    int error;
    const char* failed;

    friend std::ostream& operator<<(std::ostream& out, const turn& t)
    {
        return out << t.failed << ", which is " << (t.kind == fault_kind::call ? "call " : "request ")
                   << t.nth << ", fails with " << t.error;
    }
};

// Whether no more descriptors are open than before; threads that nobody joins may need a moment to close theirs.
inline bool no_more_descriptors_than(std::size_t before)
{
    for (int i = 0; i != 1000 && open_descriptors() > before; ++i)
        ::usleep(1000);
    return open_descriptors() <= before;
}

// Does something again and again: its first call fails, the second, and so on until it makes no more of them.
//
// `run` is given the fault, which it begins when it likes, and returns what `check` is given next; it may throw
// bad_alloc if memory was to fail: then `check` is given nothing. No descriptor stays open.
template <class Run, class Check>
void sweep(fault_kind kind, int error, Run run, Check check)
{
    std::optional<decltype(run(std::declval<fault&>()))> outcome;
    const std::size_t descriptors = open_descriptors();
    for (int nth = 1;; ++nth)
    {
        std::exception_ptr thrown;
        fault one(kind, nth, error);
        outcome.reset();
        try
        {
            outcome.emplace(run(one));
        }
        catch (...)
        {
            thrown = std::current_exception();
        }
        const turn what{kind, nth, error, one.end()};
        if (!what.failed)
        {
            BOOST_TEST(!thrown);
            return;
        }
        BOOST_TEST_CONTEXT(what)
        {
            if (thrown && kind == fault_kind::memory)
                BOOST_CHECK_THROW(std::rethrow_exception(thrown), std::bad_alloc);
            else
                BOOST_TEST(!thrown);
            BOOST_TEST(no_more_descriptors_than(descriptors));
            check(outcome);
        }
    }
}

} // namespace asio_fs::test

#endif
