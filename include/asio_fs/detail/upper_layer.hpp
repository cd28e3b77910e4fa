// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_UPPER_LAYER_HPP
#define ASIO_FS_DETAIL_UPPER_LAYER_HPP

#include <asio_fs/config.hpp>

#include <boost/asio/basic_stream_file.hpp>

namespace asio_fs::detail {

// Another I/O object over the same descriptor, which lets go of it at the end of its life.
class upper_layer
{
public:
    upper_layer() = default;
    upper_layer(const upper_layer&) = delete;
    upper_layer& operator=(const upper_layer&) = delete;
    virtual ~upper_layer() = default;

    virtual void cancel() noexcept = 0;
};

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
