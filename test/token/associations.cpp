// SPDX-License-Identifier: BSL-1.0

// Every operation with a handler that brings an executor, an allocator and a cancellation slot of its own.

#include "token/calls.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>

#include <cstddef>
#include <memory>
#include <new>
#include <thread>

using namespace asio_fs;
using namespace asio_fs::test;

namespace associations_test {

struct account
{
    std::size_t blocks = 0;   // taken and not given back
    std::size_t taken = 0;    // ever
};

template <class T>
struct counting_allocator
{
    using value_type = T;

    explicit counting_allocator(account& a) noexcept : books(&a) {}
    template <class U>
    counting_allocator(const counting_allocator<U>& other) noexcept : books(other.books)
    {
    }

    T* allocate(std::size_t n)
    {
        ++books->blocks;
        ++books->taken;
        return std::allocator<T>().allocate(n);
    }

    void deallocate(T* p, std::size_t n) noexcept
    {
        --books->blocks;
        std::allocator<T>().deallocate(p, n);
    }

    template <class U>
    bool operator==(const counting_allocator<U>& other) const noexcept
    {
        return books == other.books;
    }

    account* books;
};

using strand = asio::strand<asio::io_context::executor_type>;

// What the handler saw when it was called.
struct record
{
    int calls = 0;
    bool on_its_strand = false;
    std::size_t blocks = 0;
    error_code ec;
};

struct handler
{
    using executor_type = strand;
    using allocator_type = counting_allocator<void>;
    using cancellation_slot_type = asio::cancellation_slot;

    executor_type get_executor() const noexcept { return own_strand; }
    allocator_type get_allocator() const noexcept { return allocator_type(*books); }
    cancellation_slot_type get_cancellation_slot() const noexcept { return slot; }

    template <class... T>
    void operator()(error_code ec, T&&...)
    {
        ++seen->calls;
        seen->on_its_strand = own_strand.running_in_this_thread();
        seen->blocks = books->blocks;
        seen->ec = ec;
    }

    strand own_strand;
    account* books;
    asio::cancellation_slot slot;
    record* seen;
};

} // namespace associations_test

using namespace associations_test;

BOOST_AUTO_TEST_SUITE(token_associations)

BOOST_DATA_TEST_CASE(are_those_of_the_handler, engines, engine)
{
    fixture<> t(engine);
    asio::io_context elsewhere;
    const strand own_strand = asio::make_strand(elsewhere);
    for_each_call([&](const auto& c) {
        account books;
        asio::cancellation_signal signal;
        record seen;
        c.async(t, handler{own_strand, &books, signal.slot(), &seen});
        BOOST_TEST(seen.calls == 0);
        // The handler's context has nothing else to do, and does not return before the handler is there.
        elsewhere.restart();
        std::thread other([&] { elsewhere.run(); });
        t.run();
        other.join();
        BOOST_TEST(seen.calls == 1);
        BOOST_TEST(succeeded(seen.ec), seen.ec.message());
        BOOST_TEST(seen.on_its_strand);
        BOOST_TEST(books.taken > 0u);
        BOOST_TEST(seen.blocks == 0u);   // free before the handler is called
        BOOST_TEST(books.blocks == 0u);
        signal.emit(asio::cancellation_type::terminal);   // too late: reaches nothing
    });
}

BOOST_AUTO_TEST_SUITE_END()
