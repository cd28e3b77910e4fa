// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_WATCHED_PAGES_HPP
#define ASIO_FS_TEST_SUPPORT_WATCHED_PAGES_HPP

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <system_error>

namespace asio_fs::test {

// A page mapped twice: as a buffer that a handler owns, and as a window through which the test sees the same memory.
// The window shows what the kernel writes after the handler has let go, even where it has pinned the page long before
// and no longer needs the buffer's address.
class watched_pages
{
public:
    static constexpr std::size_t size = 4096;

    watched_pages()
    {
        const int fd = ::memfd_create("asio_fs_test", MFD_CLOEXEC);
        if (fd < 0 || ::ftruncate(fd, size) != 0)
            throw std::system_error(errno, std::system_category(), "memfd_create");
        window_ = map(fd);
        buffer_ = map(fd);
        ::close(fd);
        *window_ = untouched;
    }
    watched_pages(const watched_pages&) = delete;
    watched_pages& operator=(const watched_pages&) = delete;
    ~watched_pages()
    {
        ::munmap(buffer_, size);
        ::munmap(const_cast<unsigned char*>(window_), size);
    }

    // What the handler holds to own the buffer. When it lets go, the buffer is unmapped.
    std::shared_ptr<void> make_owner()
    {
        return std::shared_ptr<void>(buffer_, [this](void*) { let_go(); });
    }

    unsigned char* buffer() const noexcept { return buffer_; }

    // Whether the owner is gone.
    bool gone() const noexcept { return gone_; }

    // Whether nothing has been written since the beginning or, if it is gone, since the owner went.
    bool is_untouched() const noexcept { return *window_ == untouched; }

    unsigned char first_byte() const noexcept { return *window_; }

private:
    static constexpr unsigned char untouched = 0xEE;

    static unsigned char* map(int fd)
    {
        void* p = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (p == MAP_FAILED)
            throw std::system_error(errno, std::system_category(), "mmap");
        return static_cast<unsigned char*>(p);
    }

    void let_go() noexcept
    {
        gone_ = true;
        *window_ = untouched;
        // The addresses stay taken: in another mapping that got them, a late write would not be seen.
        ::mmap(buffer_, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    }

    volatile unsigned char* window_;
    unsigned char* buffer_;
    bool gone_ = false;
};

} // namespace asio_fs::test

#endif
