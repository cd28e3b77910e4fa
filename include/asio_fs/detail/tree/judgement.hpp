// SPDX-License-Identifier: BSL-1.0
#ifndef ASIO_FS_DETAIL_TREE_JUDGEMENT_HPP
#define ASIO_FS_DETAIL_TREE_JUDGEMENT_HPP

#include <asio_fs/copy_changes.hpp>
#include <asio_fs/copy_options.hpp>
#include <asio_fs/detail/tree/basic_attributes.hpp>
#include <asio_fs/detail/tree/credentials.hpp>
#include <asio_fs/detail/tree/syscalls.hpp>

// What a copy does about an entry, decided from what is known about it. No I/O happens here.

namespace asio_fs::detail {

/// What to do about an entry that is not a directory.
enum class verdict : unsigned char
{
    create,   ///< nothing has its name at the destination: make it
    replace,  ///< something has its name that has to go
    compare,  ///< bytes or targets tell: equal ones stay as with `keep`, others go as with `replace`
    keep,     ///< the content is right; the attributes are made equal
    leave,    ///< what has its name stays as it is
    leave_out ///< nothing has its name, and nothing shall get it
};

/// A verdict, and what differs at the destination as far as stat(2) tells.
struct judgement
{
    verdict what;
    copy_changes changes;
};

/// Decide about an entry.
/// @param to  What has its name at the destination; null if nothing has.
ASIO_FS_DECL judgement judge(const struct ::stat& from, const struct ::stat* to, const copy_options& options,
                             const credentials& me);

/// Say which attributes a copy that is made as `me` changes about an inode that has `have` at the
/// destination. What would be tried in vain, since the kernel forbids it to those without privileges, is not
/// among them.
ASIO_FS_DECL copy_changes attribute_changes(const basic_attributes& wanted, const basic_attributes& have,
                                            preserve_flags preserve, const credentials& me);

/// Say whether entries of this kind (the S_IFMT bits of `mode`) are copied at all.
ASIO_FS_DECL bool is_wanted(mode_t mode, preserve_flags preserve);

} // namespace asio_fs::detail

#if defined(ASIO_FS_HEADER_ONLY)
#include <asio_fs/impl/tree/judgement.ipp>
#endif

#endif
