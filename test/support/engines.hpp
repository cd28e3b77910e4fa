// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_ENGINES_HPP
#define ASIO_FS_TEST_SUPPORT_ENGINES_HPP

#include <asio_fs/capabilities.hpp>
#include <asio_fs/configure_engine.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ostream>

namespace asio_fs::test {

enum class engine_choice
{
    ring,      // and nothing by the initiating function
    workers,   // the same
    defaults   // as a program gets it
};

inline std::ostream& operator<<(std::ostream& out, engine_choice e)
{
    return out << (e == engine_choice::ring ? "ring" : e == engine_choice::workers ? "workers" : "defaults");
}

// Rows of a data test case: every test by every engine.
inline const auto engines = boost::unit_test::data::make({engine_choice::ring, engine_choice::workers, engine_choice::defaults});

inline engine_options options_for(engine_choice e)
{
    engine_options options;
    if (e == engine_choice::defaults)
        return options;
    options.use_io_uring = e == engine_choice::ring;
    options.attempt_inline = inline_policy::never;
    return options;
}

// An io_context whose engine is chosen. Where io_uring is refused, the ring's rows run on workers as well: that is
// what a program would get.
struct context : asio::io_context
{
    explicit context(engine_choice e) { configure_engine(*this, options_for(e)); }
    context(engine_choice e, int hint) : asio::io_context(hint) { configure_engine(*this, options_for(e)); }
};

inline bool ring_available()
{
    asio::io_context ctx;
    const capability_list list = capabilities(ctx);
    return std::any_of(list.begin(), list.end(), [](const capability& c) { return c.engine == engine_kind::ring; });
}

// For tests that make sense on a ring only.
struct needs_ring
{
    boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id) const
    {
        boost::test_tools::assertion_result result(ring_available());
        result.message() << "io_uring is refused here";
        return result;
    }
};

} // namespace asio_fs::test

#endif
