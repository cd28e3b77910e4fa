// SPDX-License-Identifier: BSL-1.0
//
// acl get FILE...              prints access control lists, as getfacl does
// acl modify ENTRIES FILE...   adds or changes entries, as `setfacl -m` does: user:daemon:rw,group:42:r
// acl remove ENTRIES FILE...   removes entries; what they grant is disregarded: user:daemon:-

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include <asio_fs.hpp>

namespace asio = boost::asio;
using asio_fs::acl;
using asio_fs::acl_entry;
using asio_fs::acl_tag;
using asio_fs::acl_type;
using asio_fs::extended_file;

namespace {

asio::awaitable<void> get(std::string path)
{
    extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open(path, extended_file::read_only, asio::use_awaitable);
    const acl access = co_await file.async_acl_get_fd(asio::use_awaitable);
    std::string text = access.to_text();
    const asio_fs::file_status status = co_await file.async_statx(asio::use_awaitable);
    if (status.is_directory())
    {
        const acl inherited = co_await file.async_acl_get_fd(acl_type::default_, asio::use_awaitable);
        asio_fs::acl_text_options options;
        options.prefix = "default:";
        text += inherited.to_text(options);
    }
    std::cout << "# file: " << path << '\n' << text << '\n';
}

asio::awaitable<void> change(std::string path, bool add, const acl& entries)
{
    extended_file file(co_await asio::this_coro::executor);
    co_await file.async_open(path, extended_file::read_only, asio::use_awaitable);
    acl list = co_await file.async_acl_get_fd(asio::use_awaitable);

    for (const acl_entry& entry : entries)
    {
        if (add)
            list.set(entry);
        else
            list.erase(entry.tag, entry.id);
    }
    // Whoever names users or groups needs a mask. One that was asked for stays; otherwise it grants what they do.
    if (!(add && entries.find(acl_tag::mask)) && (list.find(acl_tag::mask) || list.size() > 3))
        list.calc_mask();
    co_await file.async_acl_set_fd(list, asio::use_awaitable);
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view command = argc > 1 ? argv[1] : "";
    const int first = command == "get" ? 2 : 3;
    if ((command != "get" && command != "modify" && command != "remove") || argc <= first)
    {
        std::cerr << "usage: acl get FILE... | modify ENTRIES FILE... | remove ENTRIES FILE...\n";
        return 2;
    }
    int status = 0;
    try
    {
        acl entries;
        if (command != "get")
            entries = acl::from_text(argv[2]); // names are looked up before the loop runs: that may block

        asio::io_context ctx;
        for (int i = first; i < argc; ++i)
        {
            const std::string path = argv[i];
            asio::co_spawn(ctx, command == "get" ? get(path) : change(path, command == "modify", entries),
                [&status, path](std::exception_ptr failure) {
                    try
                    {
                        if (failure)
                            std::rethrow_exception(failure);
                    }
                    catch (const std::exception& e)
                    {
                        std::cerr << path << ": " << e.what() << '\n';
                        status = 1;
                    }
                });
        }
        ctx.run();
    }
    catch (const std::exception& e)
    {
        std::cerr << e.what() << '\n';
        status = 1;
    }
    return status;
}
