// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_SEMAPHORE_SERVICE_IPP
#define ASIO_FS_IMPL_SEMAPHORE_SERVICE_IPP

#include <asio_fs/detail/semaphore_service.hpp>

namespace asio_fs::detail {

ASIO_FS_DECL void semaphore_service::add(semaphore_state& state)
{
    const std::lock_guard lock(mutex_);
    states_.push_back(state);
    state.service_ = this;
}

ASIO_FS_DECL void semaphore_service::remove(semaphore_state& state) noexcept
{
    semaphore_service* const service = state.service_;
    if (!service)
        return;
    const std::lock_guard lock(service->mutex_);
    service->states_.erase(service->states_.iterator_to(state));
    state.service_ = nullptr;
}

ASIO_FS_DECL void semaphore_service::shutdown()
{
    semaphore_queue waiters;
    {
        const std::lock_guard lock(mutex_);
        for (semaphore_state& state : states_)
        {
            const std::lock_guard state_lock(state.mutex_);
            state.closed_ = true;
            state.take_all(waiters);
            state.service_ = nullptr;
        }
        states_.clear();
    }
    semaphore_state::drop(waiters);
}

} // namespace asio_fs::detail

#endif
