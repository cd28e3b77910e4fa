// SPDX-License-Identifier: BSL-1.0

// The separately compiled library: one translation unit with every definition that is not a template.

#include <asio_fs/src.hpp>
