// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_SEMAPHORE_SERVICE_HPP
#define ASIO_FS_DETAIL_SEMAPHORE_SERVICE_HPP

#include <asio_fs/detail/semaphore_state.hpp>

#include <boost/asio/execution_context.hpp>
#include <boost/intrusive/list.hpp>

#include <mutex>

namespace asio_fs::detail {

// Knows the semaphores of an execution context, to destroy what waits for them together with the context: a
// handler may own the semaphore that it waits for.
class semaphore_service : public asio::execution_context::service
{
public:
    using key_type = semaphore_service;
    static inline asio::execution_context::id id;

    explicit semaphore_service(asio::execution_context& context) : asio::execution_context::service(context)
    {}

    ASIO_FS_DECL void add(semaphore_state& state);

    // Does nothing after the end of the context.
    ASIO_FS_DECL static void remove(semaphore_state& state) noexcept;

private:
    ASIO_FS_DECL void shutdown() override;

    std::mutex mutex_; // taken before a state's
    boost::intrusive::list<
        semaphore_state, boost::intrusive::member_hook<semaphore_state, boost::intrusive::list_member_hook<>,
                                                       &semaphore_state::service_hook_>>
        states_;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/semaphore_service.ipp>
#endif

#endif
