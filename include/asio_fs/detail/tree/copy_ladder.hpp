// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_COPY_LADDER_HPP
#define ASIO_FS_DETAIL_TREE_COPY_LADDER_HPP

#include <asio_fs/config.hpp>

#include <cstddef>
#include <cstdint>

namespace asio_fs::detail {

/// The ways of moving content, from the cheapest that some pairs of file systems offer to the one that all
/// offer.
enum class copy_step : unsigned char
{
    clone,
    copy_range,
    splice,
    read_write
};

/// Decide how the next bytes of a range travel, from the results of the calls made so far. Makes no calls
/// itself.
///
/// The driver asks next(), does that for the bytes from offset() to end(), as many of them as it likes, and
/// feeds the result back: done() or failed(). A step that cannot serve this pair of files is left for the
/// next one, at whatever offset that shows, and never returned to.
class copy_ladder
{
public:
    /// The end of a range that ends where the file does.
    static constexpr std::uint64_t to_end_of_file = static_cast<std::uint64_t>(-1);

    /// What is to be done next.
    enum class state : unsigned char
    {
        copying,     ///< take step()
        complete,    ///< the range is copied
        ended_early, ///< the source ended at offset()
        broken       ///< error() says why
    };

    /// @param first  The step to begin with. Cloning applies to whole files only.
    /// @param clone_only  Whether a file that cannot be cloned is an error.
    copy_ladder(copy_step first, std::uint64_t offset, std::uint64_t end, bool clone_only = false) noexcept
        : offset_(offset), end_(end), step_(first), clone_only_(clone_only)
    {
        settle();
    }

    state next() const noexcept { return state_; }
    copy_step step() const noexcept { return step_; }
    std::uint64_t offset() const noexcept { return offset_; }
    std::uint64_t end() const noexcept { return end_; }
    std::uint64_t remaining() const noexcept { return end_ - offset_; }
    int error() const noexcept { return error_; }

    /// Whether a step was left because the two file systems will never do it, and not because of this file.
    bool pair_is_incapable() const noexcept { return pair_is_incapable_; }

    /// The step succeeded for `bytes` bytes; 0 is what a call says at the end of the source.
    ASIO_FS_DECL void done(std::uint64_t bytes) noexcept;

    /// The step failed with the value `error` of errno.
    ASIO_FS_DECL void failed(int error) noexcept;

private:
    void settle() noexcept
    {
        if (offset_ >= end_)
            state_ = state::complete;
    }
    void fall() noexcept { step_ = static_cast<copy_step>(static_cast<unsigned char>(step_) + 1); }

    std::uint64_t offset_;
    std::uint64_t end_;
    int error_ = 0;
    copy_step step_;
    state state_ = state::copying;
    bool clone_only_;
    bool pair_is_incapable_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/copy_ladder.ipp>
#endif

#endif
