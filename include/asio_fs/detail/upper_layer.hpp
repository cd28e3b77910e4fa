// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_UPPER_LAYER_HPP
#define ASIO_FS_DETAIL_UPPER_LAYER_HPP

#include <asio_fs/config.hpp>

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

} // namespace asio_fs::detail

#endif
