// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_IMPL_ACL_IPP
#define ASIO_FS_IMPL_ACL_IPP

#include <asio_fs/acl.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace asio_fs {

namespace detail {

// The kernel's format: a version, and for each entry tag, permissions and id, all little-endian.
inline constexpr std::uint32_t acl_xattr_version = 2;
inline constexpr std::size_t acl_header_size = 4;
inline constexpr std::size_t acl_entry_size = 8;

inline std::uint32_t load_le(const unsigned char* p, int bytes) noexcept
{
    std::uint32_t value = 0;
    for (int i = bytes; i-- != 0;)
        value = value << 8 | p[i];
    return value;
}

inline void store_le(std::vector<unsigned char>& out, std::uint32_t value, int bytes)
{
    for (int i = 0; i != bytes; ++i)
        out.push_back(static_cast<unsigned char>(value >> 8 * i));
}

constexpr bool acl_named(acl_tag tag) noexcept { return tag == acl_tag::user || tag == acl_tag::group; }

constexpr bool acl_known(acl_tag tag) noexcept
{
    switch (tag)
    {
    case acl_tag::user_obj:
    case acl_tag::user:
    case acl_tag::group_obj:
    case acl_tag::group:
    case acl_tag::mask:
    case acl_tag::other:
        return true;
    }
    return false;
}

} // namespace detail

ASIO_FS_DECL acl::acl(std::initializer_list<acl_entry> entries) : entries_(entries) { sort(); }

ASIO_FS_DECL acl::acl(std::vector<acl_entry> entries) : entries_(std::move(entries)) { sort(); }

// The values of the tags are in the order that the kernel demands.
ASIO_FS_DECL void acl::sort()
{
    std::sort(entries_.begin(), entries_.end(),
              [](const acl_entry& a, const acl_entry& b)
              { return a.tag != b.tag ? a.tag < b.tag : a.id < b.id; });
}

ASIO_FS_DECL acl acl::from_mode(mode_t mode)
{
    const auto bits = [mode](int shift) { return static_cast<acl_perms>(mode >> shift & 7); };
    return {{acl_tag::user_obj, bits(6)}, {acl_tag::group_obj, bits(3)}, {acl_tag::other, bits(0)}};
}

ASIO_FS_DECL acl acl::from_xattr(const asio::const_buffer& value, error_code& ec)
{
    using namespace detail;
    ec = error_code(EINVAL, boost::system::system_category());
    const auto* p = static_cast<const unsigned char*>(value.data());
    if (value.size() < acl_header_size || (value.size() - acl_header_size) % acl_entry_size != 0 ||
        load_le(p, 4) != acl_xattr_version)
        return {};
    const unsigned char* const end = p + value.size();
    acl list;
    list.entries_.reserve(value.size() / acl_entry_size);
    for (p += acl_header_size; p != end; p += acl_entry_size)
    {
        acl_entry e{static_cast<acl_tag>(load_le(p, 2)), static_cast<acl_perms>(load_le(p + 2, 2))};
        if (!acl_known(e.tag) || !has(acl_perms::all, e.perms))
            return {};
        if (acl_named(e.tag))
            e.id = load_le(p + 4, 4);
        list.entries_.push_back(e);
    }
    list.sort();
    ec.clear();
    return list;
}

ASIO_FS_DECL acl acl::from_xattr(const asio::const_buffer& value)
{
    error_code ec;
    acl list = from_xattr(value, ec);
    if (ec)
        throw system_error(ec, "acl::from_xattr");
    return list;
}

ASIO_FS_DECL std::vector<unsigned char> acl::to_xattr() const
{
    std::vector<unsigned char> out;
    out.reserve(detail::acl_header_size + entries_.size() * detail::acl_entry_size);
    detail::store_le(out, detail::acl_xattr_version, 4);
    for (const acl_entry& e : entries_)
    {
        detail::store_le(out, static_cast<std::uint32_t>(e.tag), 2);
        detail::store_le(out, static_cast<std::uint32_t>(e.perms), 2);
        detail::store_le(out, detail::acl_named(e.tag) ? e.id : acl_entry::no_id, 4);
    }
    return out;
}

ASIO_FS_DECL bool acl::valid() const noexcept
{
    bool named = false;
    const acl_entry* before = nullptr;
    for (const acl_entry& e : entries_)
    {
        if (!detail::acl_known(e.tag) || !has(acl_perms::all, e.perms) ||
            detail::acl_named(e.tag) == (e.id == acl_entry::no_id))
            return false;
        if (before && before->tag == e.tag && before->id == e.id)
            return false;
        named = named || detail::acl_named(e.tag);
        before = &e;
    }
    return find(acl_tag::user_obj) && find(acl_tag::group_obj) && find(acl_tag::other) &&
           (!named || find(acl_tag::mask));
}

ASIO_FS_DECL std::optional<mode_t> acl::equiv_mode() const noexcept
{
    if (entries_.size() != 3 || !valid())
        return std::nullopt;
    mode_t mode = 0;
    for (const acl_entry& e : entries_)
        mode = mode << 3 | detail::native(e.perms);
    return mode;
}

ASIO_FS_DECL const acl_entry* acl::find(acl_tag tag, std::uint32_t id) const noexcept
{
    for (const acl_entry& e : entries_)
    {
        if (e.tag == tag && e.id == id)
            return &e;
    }
    return nullptr;
}

ASIO_FS_DECL void acl::set(const acl_entry& entry)
{
    for (acl_entry& e : entries_)
    {
        if (e.tag == entry.tag && e.id == entry.id)
        {
            e.perms = entry.perms;
            return;
        }
    }
    entries_.push_back(entry);
    sort();
}

ASIO_FS_DECL bool acl::erase(acl_tag tag, std::uint32_t id) noexcept
{
    return std::erase_if(entries_, [&](const acl_entry& e) { return e.tag == tag && e.id == id; }) != 0;
}

ASIO_FS_DECL void acl::calc_mask()
{
    acl_perms all = acl_perms::none;
    for (const acl_entry& e : entries_)
    {
        if (detail::acl_named(e.tag) || e.tag == acl_tag::group_obj)
            all |= e.perms;
    }
    set({acl_tag::mask, all});
}

ASIO_FS_DECL acl_perms acl::effective(const acl_entry& entry) const noexcept
{
    const acl_entry* const mask = find(acl_tag::mask);
    const bool masked = mask && (detail::acl_named(entry.tag) || entry.tag == acl_tag::group_obj);
    return masked ? entry.perms & mask->perms : entry.perms;
}

} // namespace asio_fs

#endif
