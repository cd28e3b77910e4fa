// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_STREAM_FILE_LAYER_HPP
#define ASIO_FS_DETAIL_STREAM_FILE_LAYER_HPP

#include <asio_fs/detail/upper_layer.hpp>

#include <boost/asio/basic_stream_file.hpp>

namespace asio_fs::detail {

#if defined(BOOST_ASIO_HAS_FILE)

template <class Executor>
class stream_file_layer final : public upper_layer
{
public:
    stream_file_layer(const Executor& ex, int fd) : file(ex)
    {
        // Outside of the constructor's initialiser: whoever takes a descriptor and then throws closes it.
        boost::system::error_code ec;
        file.assign(fd, ec);
        if (ec)
            throw boost::system::system_error(ec, "next_layer");
    }

    ~stream_file_layer() override
    {
        try
        {
            boost::system::error_code ignored;
            if (file.is_open())
                file.release(ignored);
        }
        catch (...)
        {
        }
    }

    void cancel() noexcept override
    {
        try
        {
            boost::system::error_code ignored;
            file.cancel(ignored);
        }
        catch (...)
        {
        }
    }

    asio::basic_stream_file<Executor> file;
};

#endif

} // namespace asio_fs::detail

#endif
