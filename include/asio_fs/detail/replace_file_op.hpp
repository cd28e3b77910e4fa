// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_REPLACE_FILE_OP_HPP
#define ASIO_FS_DETAIL_REPLACE_FILE_OP_HPP

#include <asio_fs/detail/replace_file_job.hpp>
#include <asio_fs/dir_path.hpp>
#include <asio_fs/op/operation.hpp>

#include <boost/asio/buffer.hpp>

#include <cerrno>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace asio_fs::detail {

// A replacement as one operation, as job_op is for jobs that report.
class replace_file_op
{
public:
    using result_type = void;
    static constexpr op::op_info info{"replace_file"};

    // A job says itself what stopped it.
    static constexpr bool restartable = false;

    template <class ConstBufferSequence>
    replace_file_op(const dir_path& to, const ConstBufferSequence& content,
                    const replace_file_options& options)
        : path(to.path()), to_(to), stop_(std::make_unique<stop_flag>()),
          job_({to_.native_dir(), std::string(path.view())},
               std::vector<asio::const_buffer>(asio::buffer_sequence_begin(content),
                                               asio::buffer_sequence_end(content)),
               options, *stop_)
    {}

    int syscall() noexcept
    {
        if (const int error = to_.error())
            return -error;
        try
        {
            return -job_.run().value();
        }
        catch (const std::bad_alloc&)
        {
            return -ENOMEM;
        }
    }

    void interrupt() noexcept { stop_->request_stop(); }

    path_string path; // for what an exception says

private:
    dir_path to_; // keeps the directory open
    std::unique_ptr<stop_flag> stop_;
    replace_file_job job_;
};

} // namespace asio_fs::detail

#endif
