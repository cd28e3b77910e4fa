// SPDX-License-Identifier: BSL-1.0
#ifndef ARSYNC_JSON_WRITER_HPP
#define ARSYNC_JSON_WRITER_HPP

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace arsync {

/// Writes JSON, value by value.
class json_writer
{
public:
    /// Begin and end an object or an array.
    /// @{
    json_writer& begin(char bracket);
    json_writer& end(char bracket);
    /// @}

    /// The name of the value that follows, within an object.
    json_writer& key(std::string_view name);

    /// A value. Bytes that are not valid UTF-8, and characters that command a terminal, are written as
    /// printable() does, from which every name can be told.
    json_writer& value(std::string_view text);
    json_writer& value(const char* text) { return value(std::string_view(text)); }
    json_writer& value(double number);

    /// An integer, or true or false.
    template <class T>
    requires std::is_integral_v<T> json_writer& value(T number)
    {
        if constexpr (std::is_same_v<T, bool>)
            return raw(number ? "true" : "false");
        else
            return raw(std::to_string(number));
    }

    /// The text. Everything that was begun must have ended.
    std::string take();

private:
    json_writer& raw(std::string_view text);
    void separate();
    void new_line();

    std::string text_;
    unsigned depth_ = 0;
    bool first_ = true; // nothing stands before the next value within its brackets
    bool after_key_ = false;
};

} // namespace arsync

#endif
