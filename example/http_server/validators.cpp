// SPDX-License-Identifier: BSL-1.0

#include "validators.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace http_server {

namespace {

namespace chrono = std::chrono;

// The calendar is that of <chrono>: the C library's looks at the local time zone, a file, even for UTC.
std::optional<std::time_t> parse_date(std::string_view text)
{
    const std::string copy(text);
    std::tm parts = {};
    const char* end = ::strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (!end || *end != '\0')
        return std::nullopt;
    const chrono::year_month_day date(chrono::year(parts.tm_year + 1900),
        chrono::month(static_cast<unsigned>(parts.tm_mon) + 1),
        chrono::day(static_cast<unsigned>(parts.tm_mday)));
    const chrono::seconds time = chrono::hours(parts.tm_hour) + chrono::minutes(parts.tm_min) +
                                 chrono::seconds(parts.tm_sec);
    return (chrono::sys_days(date).time_since_epoch() + time).count();
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
    static constexpr const char* weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const chrono::sys_seconds point{chrono::seconds(time)};
    const auto day = chrono::floor<chrono::days>(point);
    const chrono::year_month_day date(day);
    const chrono::hh_mm_ss clock(point - day);
    std::array<char, 64> text;
    const int size = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
        weekdays[chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return std::string(text.data(), static_cast<std::size_t>(size));
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
