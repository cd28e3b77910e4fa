// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_TREE_COPY_LADDER_IPP
#define ASIO_FS_IMPL_TREE_COPY_LADDER_IPP

#include <asio_fs/detail/tree/copy_ladder.hpp>

#include <cerrno>

namespace asio_fs::detail {

ASIO_FS_DECL void copy_ladder::done(std::uint64_t bytes) noexcept
{
    if (state_ != state::copying)
        return;
    if (bytes > 0)
    {
        offset_ += bytes < remaining() ? bytes : remaining();
        settle();
    }
    // Only read(2) is believed about the end: copy_file_range says 0 for files that are made while they are
    // read.
    else if (step_ == copy_step::read_write)
        state_ = state::ended_early;
    else
        fall();
}

ASIO_FS_DECL void copy_ladder::failed(int error) noexcept
{
    if (state_ != state::copying || error == EINTR)
        return;
    if (step_ != copy_step::read_write && !clone_only_)
    {
        switch (error)
        {
        // What file systems that cannot do it say.
        case EXDEV:
        case EOPNOTSUPP:
        case ENOTTY:
        case ENOSYS:
            pair_is_incapable_ = true;
            fall();
            return;

        // What says that these two files, this offset or this moment do not allow it.
        case EINVAL:
        case EPERM:
        case EACCES:
        case EBADF:
        case ETXTBSY:
        case EISDIR:
        case ENOMEM:
        case EAGAIN:
        case EOVERFLOW:
            fall();
            return;

        default:
            break;
        }
    }
    error_ = error;
    state_ = state::broken;
}

} // namespace asio_fs::detail

#endif
