// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_OPEN_OBJECT_HPP
#define ASIO_FS_DETAIL_OPEN_OBJECT_HPP

#include <asio_fs/unique_fd.hpp>

namespace asio_fs::detail {

// The finisher (see take_result.hpp) of operations that yield a descriptor: makes an I/O object of it.
template <class Object>
struct open_object
{
    using result_type = Object;

    // Whoever throws here has not taken the descriptor over.
    template <class Op>
    Object operator()(Op&, int fd) const
    {
        return Object(executor, fd);
    }

    Object none() const { return Object(executor); }

    // The synchronous forms.
    Object operator()(unique_fd fd) const
    {
        Object object(executor, fd.get());
        fd.release();
        return object;
    }

    typename Object::executor_type executor;
};

} // namespace asio_fs::detail

#endif
