// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_DIR_READER_HPP
#define ASIO_FS_DETAIL_TREE_DIR_READER_HPP

#include <asio_fs/detail/tree/syscalls.hpp>
#include <asio_fs/entry_type.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace asio_fs::detail {

/// Read directories with getdents64(2) through one buffer that is used again for each of them.
class dir_reader
{
public:
    struct entry
    {
        const char* name; ///< valid until the next call of fill()
        entry_type type;  ///< unknown where the file system does not say
    };

    ASIO_FS_DECL dir_reader();

    /// Begin to read an open directory at `position`, which is 0 or was returned by position().
    ASIO_FS_DECL error_code start(int fd, std::int64_t position = 0);

    /// Read the next buffer full of entries. At the end of the directory next() gives nothing afterwards.
    ASIO_FS_DECL error_code fill();

    /// Take the next entry out of the buffer, `.` and `..` left out. Returns false when the buffer is used
    /// up.
    ASIO_FS_DECL bool next(entry& result);

    /// Whether fill() found nothing any more.
    bool at_end() const noexcept { return at_end_; }

    /// Where to go on after the last entry taken.
    std::int64_t position() const noexcept { return position_; }

private:
    static constexpr std::size_t capacity = 64 * 1024;

    std::unique_ptr<char[]> buffer_;
    std::size_t used_ = 0;
    std::size_t at_ = 0;
    std::int64_t position_ = 0;
    int fd_ = -1;
    bool at_end_ = false;
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/dir_reader.ipp>
#endif

#endif
