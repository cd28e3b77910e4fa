// SPDX-License-Identifier: BSL-1.0

// Every operation in the three forms: one that throws, one with an error_code, and one with a handler that
// can only be moved. All end alike, and the table has all operations and all public functions.

#include "token/calls.hpp"

#include <asio_fs/op/all.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

using namespace asio_fs;
using namespace asio_fs::test;

namespace forms_test {

struct record
{
    int calls = 0;
    error_code ec;
};

// Neither copied nor made without arguments.
struct move_only_handler
{
    explicit move_only_handler(record& r) : seen(&r, [](record*) {}) {}

    template <class... T>
    void operator()(error_code ec, T&&...)
    {
        ++seen->calls;
        seen->ec = ec;
    }

    std::unique_ptr<record, void (*)(record*)> seen;
};

template <class F>
error_code thrown_by(F f)
{
    try
    {
        f();
    }
    catch (const system_error& e)
    {
        return e.code();
    }
    return {};
}

std::string text_of(const std::filesystem::path& file)
{
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The names of what users start: async_statx, ...
std::set<std::string> names_in_public_headers()
{
    const std::regex declaration("auto\\s+(async_[a-z0-9_]+)\\(");
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(ASIO_FS_TEST_DOC "/../include/asio_fs"))
    {
        if (entry.path().extension() != ".hpp")
            continue;
        const std::string text = text_of(entry.path());
        for (std::sregex_iterator i(text.begin(), text.end(), declaration), end; i != end; ++i)
            names.insert((*i)[1]);
    }
    names.erase("async_open_path");   // protected: how async_open() does it
    return names;
}

} // namespace forms_test

using namespace forms_test;

BOOST_AUTO_TEST_SUITE(token_forms)

BOOST_AUTO_TEST_CASE(every_operation_has_a_call)
{
    op::all_operations::for_each([]<class Op>() {
        // A part of splice_to(), and of nothing else.
        if constexpr (std::is_same_v<Op, op::poll>)
            return;
        int found = 0;
        for_each_call([&](const auto& c) { found += std::string_view(c.op) == Op::info.name; });
        BOOST_TEST(found > 0, "no call in test/token/calls.hpp reaches " << Op::info.name);
    });
}

// Also what is no operation of the kernel's: whole trees, files replaced, permits waited for.
BOOST_AUTO_TEST_CASE(every_asynchronous_function_has_a_call)
{
    const std::string calls = text_of(ASIO_FS_TEST_TOOLS "/../token/calls.hpp");
    const std::set<std::string> names = names_in_public_headers();
    for (const char* known : {"async_statx", "async_copy_tree", "async_replace_file", "async_acquire"})
        BOOST_TEST(names.contains(known), known);
    for (const std::string& name : names)
        BOOST_TEST(
            calls.find(name + '(') != std::string::npos, "no call in test/token/calls.hpp of " << name);
}

BOOST_DATA_TEST_CASE(end_alike, engines, engine)
{
    fixture<> t(engine);
    for_each_call([&](const auto& c) {
        error_code ec = asio::error::would_block;
        using value = decltype(c.sync(t));
        static_assert(std::is_same_v<value, decltype(c.sync(t, ec))>);
        c.sync(t, ec);
        BOOST_TEST(succeeded(ec), ec.message());
        BOOST_TEST(thrown_by([&] { c.sync(t); }) == ec);

        record seen;
        c.async(t, move_only_handler(seen));
        BOOST_TEST(seen.calls == 0);   // never from inside the initiating function
        t.run();
        BOOST_TEST(seen.calls == 1);
        BOOST_TEST(seen.ec == ec, seen.ec.message());
    });
}

BOOST_AUTO_TEST_SUITE_END()
