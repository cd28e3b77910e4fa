// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_BITMASK_HPP
#define ASIO_FS_DETAIL_BITMASK_HPP

#include <asio_fs/config.hpp>

#include <type_traits>

namespace asio_fs {
namespace detail {

// Specialised as true by the scoped enumerations whose values are the kernel's flags.
template <class E>
inline constexpr bool is_bitmask = false;

template <class E>
concept bitmask = std::is_enum_v<E> && is_bitmask<E>;

// The kernel's value.
template <class E>
    requires std::is_enum_v<E>
constexpr std::underlying_type_t<E> native(E value) noexcept
{
    return static_cast<std::underlying_type_t<E>>(value);
}

} // namespace detail

/// Combine flags as the kernel's bits.
/// @{
template <detail::bitmask E>
constexpr E operator|(E a, E b) noexcept
{
    return static_cast<E>(detail::native(a) | detail::native(b));
}

template <detail::bitmask E>
constexpr E operator&(E a, E b) noexcept
{
    return static_cast<E>(detail::native(a) & detail::native(b));
}

template <detail::bitmask E>
constexpr E operator^(E a, E b) noexcept
{
    return static_cast<E>(detail::native(a) ^ detail::native(b));
}

template <detail::bitmask E>
constexpr E operator~(E a) noexcept
{
    return static_cast<E>(~detail::native(a));
}

template <detail::bitmask E>
constexpr E& operator|=(E& a, E b) noexcept
{
    return a = a | b;
}

template <detail::bitmask E>
constexpr E& operator&=(E& a, E b) noexcept
{
    return a = a & b;
}

template <detail::bitmask E>
constexpr E& operator^=(E& a, E b) noexcept
{
    return a = a ^ b;
}
/// @}

/// Tell whether `set` contains every flag of `wanted`.
template <detail::bitmask E>
constexpr bool has(E set, E wanted) noexcept
{
    return (set & wanted) == wanted;
}

} // namespace asio_fs

#endif
