// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_TEST_SUPPORT_FAULTS_HPP
#define ASIO_FS_TEST_SUPPORT_FAULTS_HPP

#include <ostream>

namespace asio_fs::test {

// What fails: a call of the kernel about files or threads, which gives an error, or operator new.
enum class fault_kind
{
    call,
    memory
};

inline std::ostream& operator<<(std::ostream& out, fault_kind kind)
{
    return out << (kind == fault_kind::call ? "call" : "request for memory");
}

// One call of the program or one request for memory that fails, on whichever thread it is. Only one may live.
class fault
{
public:
    // The `nth` from the beginning, counted from 1, fails with `error` as errno.
    fault(fault_kind kind, int nth, int error = 0) noexcept : kind_(kind), nth_(nth), error_(error) {}
    fault(const fault&) = delete;
    fault& operator=(const fault&) = delete;
    ~fault() { end(); }

    void begin() noexcept;

    // Gives the name of what has failed, or null if it did not come to that.
    const char* end() noexcept;

private:
    const fault_kind kind_;
    const int nth_;
    const int error_;
};

} // namespace asio_fs::test

#endif
