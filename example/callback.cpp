// SPDX-License-Identifier: BSL-1.0
//
// callback FILE: prints the size of a file and its first line. The handler of each step starts the next one.

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>

#include <array>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::error_code;

namespace {

class first_line
{
public:
    first_line(asio::io_context& ctx, std::string path) : path_(std::move(path)), file_(ctx) {}

    void start()
    {
        file_.async_open(path_, asio_fs::extended_file::read_only, [this](error_code ec) { opened(ec); });
    }

    bool failed() const { return failed_; }

private:
    void opened(error_code ec)
    {
        if (ec)
            return fail(ec);
        file_.async_statx([this](error_code e, const asio_fs::file_status& status) { known(e, status); });
    }

    void known(error_code ec, const asio_fs::file_status& status)
    {
        if (ec)
            return fail(ec);
        std::cout << status.size() << " bytes\n";
        file_.async_read_some_at(
            0, asio::buffer(begin_), [this](error_code e, std::size_t size) { read(e, size); });
    }

    void read(error_code ec, std::size_t size)
    {
        if (ec && ec != asio::error::eof)
            return fail(ec);
        const std::string_view begin(begin_.data(), size);
        std::cout << begin.substr(0, begin.find('\n')) << '\n';
    }

    void fail(error_code ec)
    {
        failed_ = true;
        std::cerr << path_ << ": " << ec.message() << '\n';
    }

    std::string path_;
    asio_fs::extended_file file_;
    std::array<char, 4096> begin_;
    bool failed_ = false;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
    {
        std::cerr << "usage: callback FILE\n";
        return 2;
    }
    asio::io_context ctx;
    first_line job(ctx, argv[1]); // outlives ctx.run(), and with it every handler that refers to it
    job.start();
    ctx.run();
    return job.failed() ? 1 : 0;
}
