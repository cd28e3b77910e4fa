// SPDX-License-Identifier: BSL-1.0

#include "validators.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace http_server {

namespace {

std::optional<std::time_t> parse_date(std::string_view text)
{
    const std::string copy(text);
    std::tm parts = {};
    const char* end = ::strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (!end || *end != '\0')
        return std::nullopt;
    return ::timegm(&parts);
}

// Whether a list of entity tags names this one. A weak tag stands for it only if `weakly`.
bool lists(std::string_view field, const std::string& tag, bool weakly)
{
    while (!field.empty())
    {
        std::string_view item = field.substr(0, field.find(','));
        field.remove_prefix(item.size() == field.size() ? item.size() : item.size() + 1);
        item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
        item = item.substr(0, item.find_last_not_of(" \t") + 1);
        if (weakly && item.starts_with("W/"))
            item.remove_prefix(2);
        if (item == tag)
            return true;
    }
    return false;
}

bool matches(std::string_view field, const std::optional<asio_fs::file_status>& current, bool weakly)
{
    return current && (field == "*" || lists(field, entity_tag(*current), weakly));
}

bool modified_since(std::string_view field, const asio_fs::file_status& current, bool otherwise)
{
    const auto date = parse_date(field);
    return date ? current.mtime().tv_sec > *date : otherwise;
}

} // namespace

std::string entity_tag(const asio_fs::file_status& status)
{
    std::array<char, 80> text;
    const int size = std::snprintf(text.data(), text.size(), "\"%llx-%llx-%llx.%lx\"",
        static_cast<unsigned long long>(status.ino()), static_cast<unsigned long long>(status.size()),
        static_cast<unsigned long long>(status.mtime().tv_sec), status.mtime().tv_nsec);
    return std::string(text.data(), static_cast<std::size_t>(size));
}

std::string http_date(std::time_t time)
{
    std::tm parts = {};
    ::gmtime_r(&time, &parts);
    std::array<char, 40> text;
    const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return std::string(text.data(), size);
}

verdict check(const conditions& fields, const std::optional<asio_fs::file_status>& current, bool reading)
{
    if (!fields.if_match.empty())
    {
        if (!matches(fields.if_match, current, false))
            return verdict::precondition_failed;
    }
    else if (!fields.if_unmodified_since.empty() && current)
    {
        if (modified_since(fields.if_unmodified_since, *current, false))
            return verdict::precondition_failed;
    }

    if (!fields.if_none_match.empty())
    {
        if (matches(fields.if_none_match, current, true))
            return reading ? verdict::not_modified : verdict::precondition_failed;
    }
    else if (!fields.if_modified_since.empty() && reading && current)
    {
        if (!modified_since(fields.if_modified_since, *current, true))
            return verdict::not_modified;
    }
    return verdict::proceed;
}

bool range_applies(std::string_view if_range, const asio_fs::file_status& current)
{
    return if_range.empty() || if_range == entity_tag(current) ||
           if_range == http_date(current.mtime().tv_sec);
}

} // namespace http_server
