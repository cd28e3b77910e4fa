// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_TREE_SMALL_FILE_SYSTEM_HPP
#define ASIO_FS_TEST_TREE_SMALL_FILE_SYSTEM_HPP

#include "support.hpp"

namespace asio_fs::test {

// A file system of a given size in memory.
class small_file_system
{
public:
    explicit small_file_system(const std::string& path, const char* options) : path_(path)
    {
        make_dir(path_);
        mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, options) == 0;
    }
    small_file_system(const small_file_system&) = delete;
    small_file_system& operator=(const small_file_system&) = delete;
    ~small_file_system()
    {
        if (mounted_)
            ::umount2(path_.c_str(), MNT_DETACH);
    }
    bool mounted() const { return mounted_; }

private:
    std::string path_;
    bool mounted_;
};

} // namespace asio_fs::test

#endif
