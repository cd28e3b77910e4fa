// SPDX-License-Identifier: BSL-1.0

#include "session.hpp"

#include "byte_range.hpp"
#include "status_of.hpp"
#include "target_path.hpp"
#include "validators.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/asio/write_at.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace http_server {

namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio_fs::error_code;

constexpr std::chrono::seconds patience(30);
constexpr std::size_t block_size = 128 * 1024;
constexpr std::uint64_t largest_upload = std::uint64_t(64) << 30;

class session
{
public:
    session(asio::ip::tcp::socket socket, document_root& root) : stream_(std::move(socket)), root_(root) {}

    asio::awaitable<void> run()
    {
        for (bool usable = true; usable;)
        {
            parser_.emplace();
            parser_->body_limit(largest_upload);
            answering_ = false;
            stream_.expires_after(patience);
            co_await http::async_read_header(stream_, buffer_, *parser_, asio::use_awaitable);
            usable = co_await answer();
        }
        co_await hang_up();
    }

private:
    using parser = http::request_parser<http::buffer_body>;

    const parser::value_type& request() const { return parser_->get(); }

    bool reading() const
    {
        return request().method() == http::verb::get || request().method() == http::verb::head;
    }

    // Whether the connection can be used further.
    asio::awaitable<bool> answer()
    {
        http::status status = http::status::ok;
        try
        {
            co_await handle();
        }
        catch (const asio_fs::system_error& e)
        {
            if (answering_)
                throw; // half an answer is out: only the end of the connection tells that something is wrong
            status = status_of(e.code());
        }
        if (status != http::status::ok)
            co_await refuse(status);
        co_return request().keep_alive() && parser_->is_done();
    }

    asio::awaitable<void> handle()
    {
        const auto path = target_path({request().target().data(), request().target().size()});
        if (!path)
            co_return co_await refuse(http::status::bad_request);
        if (reading())
            co_return co_await send(*path);
        if (request().method() == http::verb::put)
            co_return co_await receive(*path);
        co_await refuse(http::status::method_not_allowed);
    }

    // ---- GET and HEAD

    asio::awaitable<void> send(std::string path)
    {
        document doc = co_await root_.open(path);
        const std::uint64_t size = doc.status.size();
        byte_range range{byte_range::kind::whole, 0, size};

        auto header = answer_with(http::status::ok);
        header.set(http::field::accept_ranges, "bytes");
        describe(header, doc.status);

        switch (check(conditions_of_request(), doc.status, true))
        {
        case verdict::precondition_failed:
            co_return co_await refuse(http::status::precondition_failed);
        case verdict::not_modified:
            header.result(http::status::not_modified);
            co_return co_await write_header(header);
        case verdict::proceed:
            break;
        }
        if (request().method() == http::verb::get && range_applies(field(http::field::if_range), doc.status))
            range = parse_range(field(http::field::range), size);
        if (range.what == byte_range::kind::unsatisfiable)
        {
            header.result(http::status::range_not_satisfiable);
            header.set(http::field::content_range, "bytes */" + std::to_string(size));
            header.content_length(0);
            co_return co_await write_header(header);
        }
        if (range.what == byte_range::kind::part)
        {
            header.result(http::status::partial_content);
            const std::uint64_t last = range.first + range.length - 1;
            header.set(http::field::content_range,
                "bytes " + std::to_string(range.first) + '-' + std::to_string(last) + '/' +
                    std::to_string(size));
        }
        header.content_length(range.length);
        co_await write_header(header);
        if (request().method() == http::verb::get)
            co_await send_content(doc.file, range.first, range.length);
    }

    // Throws eof if the file is shorter than was promised.
    asio::awaitable<void> send_content(scoped_file& file, std::uint64_t offset, std::uint64_t left)
    {
        std::vector<char> block(std::min<std::uint64_t>(block_size, left));
        while (left > 0)
        {
            const std::size_t n = co_await file.async_read_some_at(offset,
                asio::buffer(block, std::min<std::uint64_t>(block.size(), left)), asio::use_awaitable);
            stream_.expires_after(patience);
            co_await asio::async_write(stream_, asio::buffer(block.data(), n), asio::use_awaitable);
            offset += n;
            left -= n;
        }
    }

    // ---- PUT

    asio::awaitable<void> receive(std::string path)
    {
        const auto before = co_await root_.status(path);
        const conditions fields = conditions_of_request();
        if (check(fields, before, false) != verdict::proceed)
            co_return co_await refuse(http::status::precondition_failed);

        upload incoming = co_await root_.create(path);
        if (beast::iequals(request()[http::field::expect], "100-continue"))
        {
            http::response<http::empty_body> go_on(http::status::continue_, request().version());
            co_await http::async_write(stream_, go_on, asio::use_awaitable);
        }
        co_await receive_content(incoming.file());
        const auto after = co_await incoming.commit(fields.if_none_match == "*");

        auto header = answer_with(before ? http::status::no_content : http::status::created);
        if (!before)
            header.content_length(0);
        describe(header, after);
        co_await write_header(header);
    }

    asio::awaitable<void> receive_content(scoped_file& file)
    {
        std::vector<char> block(block_size);
        std::uint64_t offset = 0;
        while (!parser_->is_done())
        {
            auto& body = parser_->get().body();
            body.data = block.data();
            body.size = block.size();
            error_code ec;
            stream_.expires_after(patience);
            co_await http::async_read(
                stream_, buffer_, *parser_, asio::redirect_error(asio::use_awaitable, ec));
            if (ec && ec != http::error::need_buffer)
                throw asio_fs::system_error(ec, "read");
            const std::size_t n = block.size() - body.size;
            co_await asio::async_write_at(file, offset, asio::buffer(block.data(), n), asio::use_awaitable);
            offset += n;
        }
    }

    // ---- answers

    http::response<http::empty_body> answer_with(http::status status) const
    {
        http::response<http::empty_body> header(status, request().version());
        header.keep_alive(request().keep_alive() && (parser_->is_done() || !reading()));
        return header;
    }

    static void describe(http::response<http::empty_body>& header, const asio_fs::file_status& status)
    {
        header.set(http::field::etag, entity_tag(status));
        header.set(http::field::last_modified, http_date(status.mtime().tv_sec));
    }

    asio::awaitable<void> write_header(http::response<http::empty_body>& header)
    {
        answering_ = true;
        http::response_serializer<http::empty_body> serializer(header);
        stream_.expires_after(patience);
        co_await http::async_write_header(stream_, serializer, asio::use_awaitable);
    }

    asio::awaitable<void> refuse(http::status status)
    {
        http::response<http::string_body> response(status, request().version());
        response.keep_alive(request().keep_alive() && parser_->is_done());
        if (status == http::status::method_not_allowed)
            response.set(http::field::allow, "GET, HEAD, PUT");
        response.set(http::field::content_type, "text/plain");
        response.body() = std::string(http::obsolete_reason(status)) + '\n';
        response.prepare_payload();
        if (request().method() == http::verb::head)
            response.body().clear();
        stream_.expires_after(patience);
        answering_ = true;
        co_await http::async_write(stream_, response, asio::use_awaitable);
    }

    // Takes in what the client still sends, within limits: a connection that is closed with unread data takes
    // the answer along.
    asio::awaitable<void> hang_up()
    {
        error_code ec;
        stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ec);
        stream_.expires_after(std::chrono::seconds(2));
        std::vector<char> rest(block_size);
        for (int blocks = 0; !ec && blocks < 1024; ++blocks)
            co_await stream_.async_read_some(
                asio::buffer(rest), asio::redirect_error(asio::use_awaitable, ec));
    }

    std::string_view field(http::field name) const
    {
        const auto value = request()[name];
        return {value.data(), value.size()};
    }

    conditions conditions_of_request() const
    {
        return {field(http::field::if_match), field(http::field::if_none_match),
            field(http::field::if_modified_since), field(http::field::if_unmodified_since)};
    }

    beast::tcp_stream stream_;
    document_root& root_;
    beast::flat_buffer buffer_;
    std::optional<parser> parser_;
    bool answering_ = false;
};

} // namespace

asio::awaitable<void> serve(asio::ip::tcp::socket socket, document_root& root)
{
    session connection(std::move(socket), root);
    try
    {
        co_await connection.run();
    }
    catch (const asio_fs::system_error&)
    {
        // The client has gone, is too slow, or does not speak HTTP. So the connection ends.
    }
}

} // namespace http_server
