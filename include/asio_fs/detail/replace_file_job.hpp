// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_REPLACE_FILE_JOB_HPP
#define ASIO_FS_DETAIL_REPLACE_FILE_JOB_HPP

#include <asio_fs/detail/tree/location.hpp>
#include <asio_fs/detail/tree/stop_flag.hpp>
#include <asio_fs/error.hpp>
#include <asio_fs/replace_file_options.hpp>
#include <asio_fs/unique_fd.hpp>

#include <boost/asio/buffer.hpp>

#include <sys/stat.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asio_fs::detail {

// Puts a complete new file under a name, in one step.
class replace_file_job
{
public:
    // Without `nameless`, the file has a temporary name from the beginning, as it must on some file systems.
    replace_file_job(location to, std::vector<asio::const_buffer> content,
                     const replace_file_options& options, const stop_flag& stop, bool nameless = true)
        : to_(std::move(to)), content_(std::move(content)), options_(options), stop_(stop),
          nameless_(nameless)
    {}

    // Does it, in this thread. Returns what failed, or operation_canceled.
    ASIO_FS_DECL error_code run();

private:
    // A name that goes at the end, unless it was given up.
    struct temporary
    {
        int dir = -1;
        std::string name = {};

        temporary() = default;
        temporary(const temporary&) = delete;
        temporary& operator=(const temporary&) = delete;
        ASIO_FS_DECL ~temporary();
    };

    // All return 0 or an errno.
    ASIO_FS_DECL int create(const std::string& name, temporary& temp);
    ASIO_FS_DECL int write_content();
    ASIO_FS_DECL int keep_attributes(const std::string& name);
    ASIO_FS_DECL int keep_xattrs(const std::string& name);
    ASIO_FS_DECL int publish(const std::string& name, temporary& temp);
    ASIO_FS_DECL int link_as(const std::string& name) noexcept;
    template <class Make>
    int with_new_name(const std::string& name, temporary& temp, Make make);

    location to_;
    std::vector<asio::const_buffer> content_;
    replace_file_options options_;
    const stop_flag& stop_;
    bool nameless_;

    unique_fd dir_;
    unique_fd file_;
    std::optional<struct ::stat> old_; // what has the name, if anything
    bool keeps_ = false;               // that is a file whose attributes can be kept
};

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/replace_file_job.ipp>
#endif

#endif
