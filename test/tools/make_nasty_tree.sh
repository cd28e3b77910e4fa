#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# make_nasty_tree.sh DIR SEED [N]
#
# Builds, deterministically from SEED, a directory tree that is hard to copy
# faithfully.  DIR must not exist or be empty.  N (default 400) scales the
# random part and the wide directory (4*N entries).  Needs python3 only.
# Best run as root: without it, device nodes, foreign owners, trusted.* and
# security.* attributes are left out (a note on stderr says what was skipped).
#
# Environment:
#   NASTY_LARGE_MB   size of the one large dense file (default 32)
#   NASTY_HUGE_MB    size of the largest sparse file (default 5120, past 4 GiB;
#                    try 1048576: rsync and cpio then read a TiB of zeros)
#   NASTY_XATTR_MAX  largest extended attribute value (default 3000: fits ext4
#                    with 4k blocks; xfs takes 65536, btrfs about 16000)
#   NASTY_FLAGS=1    also set inode flags (immutable, append, nodump, noatime)
#                    on the files under flags/; undo before deleting:
#                    chattr -R -ia DIR/flags
#   NASTY_SKIP       comma list of parts to leave out, of: names deep links
#                    symlinks special modes owners sparse xattrs acls times
#                    wide sizes large random
# Prints nothing on stdout; exit status 0 when the tree is built.
set -eu
[ $# -ge 2 ] || { sed -n '3,23s/^# \{0,1\}//p' "$0" >&2; exit 2; }
exec python3 - "$@" <<'PY'
import os, sys, random, stat, struct, socket, errno, fcntl

top, seed = sys.argv[1], sys.argv[2]
N = int(sys.argv[3]) if len(sys.argv) > 3 else 400
LARGE = int(os.environ.get("NASTY_LARGE_MB", "32")) << 20
HUGE = int(os.environ.get("NASTY_HUGE_MB", "5120")) << 20
XMAX = int(os.environ.get("NASTY_XATTR_MAX", "3000"))
FLAGS = os.environ.get("NASTY_FLAGS") == "1"
SKIP = set(filter(None, os.environ.get("NASTY_SKIP", "").split(",")))
ROOT = os.geteuid() == 0
os.umask(0o022)
skipped = {}

def rnd(*key):
    return random.Random(":".join([seed] + [str(k) for k in key]))

def skip(what, e):
    skipped.setdefault((what, errno.errorcode.get(e.errno, str(e.errno))), 0)
    skipped[(what, errno.errorcode.get(e.errno, str(e.errno)))] += 1

os.makedirs(top, exist_ok=True)
if os.listdir(top):
    sys.exit(f"make_nasty_tree: {top} is not empty")
topfd = os.open(top, os.O_RDONLY | os.O_DIRECTORY)

# ---- primitives: every call is relative to a directory descriptor, so that
# ---- paths longer than PATH_MAX work.  meta[] is applied at the end.
meta = {}          # (st_dev, st_ino) -> dict(mode=, uid=, gid=, times=, xattrs=, acls=, flags=)

def b(n):
    return n if isinstance(n, bytes) else os.fsencode(n)

def key(d, n):
    s = os.stat(b(n), dir_fd=d, follow_symlinks=False)
    return (s.st_dev, s.st_ino)

def note(d, n, **kw):
    meta.setdefault(key(d, n), {}).update(kw)

def sub(d, n, mode=0o755):
    os.mkdir(b(n), 0o700, dir_fd=d)
    note(d, n, mode=mode)
    return os.open(b(n), os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=d)

def mkfile(d, n, data=b"", mode=0o644, **kw):
    fd = os.open(b(n), os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600, dir_fd=d)
    try:
        off = 0
        while off < len(data):
            off += os.write(fd, data[off:off + (1 << 20)])
    finally:
        os.close(fd)
    note(d, n, mode=mode, **kw)

def mkspecial(d, n, kind, mode=0o640, dev=0):
    try:
        os.mknod(b(n), kind | 0o600, dev, dir_fd=d)
    except OSError as e:
        return skip("mknod " + oct(kind), e)
    note(d, n, mode=mode)

def symlink(d, n, target):
    os.symlink(b(target), b(n), dir_fd=d)
    meta.setdefault(key(d, n), {})

def hardlink(d1, n1, d2, n2):
    try:
        os.link(b(n1), b(n2), src_dir_fd=d1, dst_dir_fd=d2, follow_symlinks=False)
    except OSError as e:
        skip("link", e)

def sparse(d, n, size, extents, prealloc=None):
    """extents: list of (offset, length) of random data."""
    fd = os.open(b(n), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600, dir_fd=d)
    r = rnd("sparse", n)
    try:
        os.ftruncate(fd, size)
        for off, ln in extents:
            os.pwrite(fd, r.randbytes(ln), off)
        if prealloc:
            try:
                libc_fallocate(fd, *prealloc)
            except OSError as e:
                skip("fallocate", e)
    except OSError as e:
        skip("sparse size", e)
    finally:
        os.close(fd)
    note(d, n, mode=0o644)

def libc_fallocate(fd, mode, off, ln):
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    libc.fallocate.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_longlong, ctypes.c_longlong]
    if libc.fallocate(fd, mode, off, ln):
        e = ctypes.get_errno()
        raise OSError(e, os.strerror(e))

def acl(entries):
    """entries: list of (tag, perm, id).  Little-endian kernel format v2."""
    v = struct.pack("<I", 2)
    for tag, perm, ident in entries:
        v += struct.pack("<HHI", tag, perm, ident & 0xffffffff)
    return v

UOBJ, USER, GOBJ, GROUP, MASK, OTHER = 1, 2, 4, 8, 0x10, 0x20
NOID = 0xffffffff

def want(part):
    return part not in SKIP

# ---- names ---------------------------------------------------------------
if want("names"):
    d = sub(topfd, "names")
    names = [
        "plain", " leading space", "trailing space ", " ", "   ", "-rf", "--help", "-", "...", "..x", ".hidden",
        "new\nline", "\n", "tab\there", "cr\rhere", "bell\x07", "esc\x1b[31mred", "del\x7f", "quote'single", 'quote"double',
        "back\\slash", "back\\nslash-n", "star*", "quest?", "[brackets]", "{a,b}", "$(touch pwned)", "`touch pwned`", "$HOME",
        "a;b", "a|b", "a&b", "#hash", "~tilde", "%s%n%d", "!bang", "colon:name", "con", "nul.txt", "case", "CASE", "Case",
        "caf\u00e9", "cafe\u0301", "\u540d\u524d", "\U0001f600emoji", "\u202eright-to-left", "\u200bzero-width", "\ufeffbom",
        b"\xff\xfe-not-utf8", b"\x80", b"\xc3", b"\xc0\xaf-overlong", b"\xed\xa0\x80-surrogate",
        b"".join(bytes([c]) for c in range(1, 32) if c not in (10,)),
        "a" * 255, "\u00e9" * 127 + "z", "\U0001f600" * 63 + "xyz", b"\xff" * 255, "." + "x" * 254,
    ]
    for i, n in enumerate(names):
        n = b(n)
        assert len(n) <= 255
        r = rnd("names", i)
        k = i % 4
        if k == 0 or k == 3:
            mkfile(d, n, r.randbytes(r.randrange(0, 200)))
        elif k == 1:
            e = sub(d, n)
            mkfile(e, n, b"inside\n")
            os.close(e)
        else:
            symlink(d, n, names[(i * 7) % len(names)])
    os.close(d)

# ---- deep ----------------------------------------------------------------
deep_bottom = None
if want("deep"):
    d = sub(topfd, "deep")
    comp = ["d%02d-" % i + chr(97 + i % 26) * 180 for i in range(40)]   # about 7400 bytes
    fds = [d]
    for i, c in enumerate(comp):
        fds.append(sub(fds[-1], c, mode=0o755 if i % 3 else 0o2775))
        if i % 8 == 0:
            mkfile(fds[-1], "level%d" % i, b"level %d\n" % i)
    bottom = fds[-1]
    mkfile(bottom, "bottom", rnd("deep").randbytes(70000))
    symlink(bottom, "up", "../" * 41 + "names/plain")
    mkspecial(bottom, "fifo", stat.S_IFIFO)
    hardlink(bottom, "bottom", d, "hardlink-to-bottom")
    for i in range(150):                       # deep with short names, too
        fds.append(sub(fds[-1], "s"))
    mkfile(fds[-1], "very-bottom", b"x")
    for f in fds:
        os.close(f)

# ---- hard links ----------------------------------------------------------
if want("links"):
    d = sub(topfd, "links")
    dirs = [sub(d, "dir%d" % i) for i in range(6)]
    r = rnd("links")
    for g in range(24):
        first = (r.choice(dirs), "g%02d-0" % g)
        kind = g % 6
        if kind == 3:
            symlink(*first, "target-of-group-%d" % g)
        elif kind == 4:
            mkspecial(*first, stat.S_IFIFO)
        elif kind == 5 and ROOT:
            mkspecial(*first, stat.S_IFCHR, dev=os.makedev(7, g))
        else:
            mkfile(*first, r.randbytes(r.randrange(0, 9000)))
        for j in range(1, r.randrange(2, 9)):
            hardlink(*first, r.choice(dirs), "g%02d-%d" % (g, j))
    # names that sort so that a link comes before, after and around its group
    mkfile(d, "zz-first-created", b"same inode\n")
    hardlink(d, "zz-first-created", d, "aa-created-last")
    hardlink(d, "zz-first-created", topfd, "top-level-link")
    # same content, same mtime, but two inodes: must stay two
    mkfile(d, "twin-a", b"twin\n"); mkfile(d, "twin-b", b"twin\n")
    for x in dirs + [d]:
        os.close(x)

# ---- symlinks ------------------------------------------------------------
if want("symlinks"):
    d = sub(topfd, "symlinks")
    e = sub(d, "realdir"); mkfile(e, "f", b"f\n"); os.close(e)
    mkfile(d, "realfile", b"r\n")
    for n, t in [("dangling", "no/such/file"), ("absolute", "/etc/passwd"), ("abs-missing", "/nonexistent/x"),
                 ("self", "self"), ("loop-a", "loop-b"), ("loop-b", "loop-a"), ("to-dir", "realdir"),
                 ("to-dir-slash", "realdir/"), ("to-file", "realfile"), ("dot", "."), ("dotdot", ".."),
                 ("escape", "../../../../../../../../etc"), ("parent-loop", "../symlinks"), ("root", "/"),
                 ("newline", "tar\nget"), ("space", " "), ("double-slash", "realdir//f"), ("non-utf8", b"\xff\xfe"),
                 ("long-4095", "x/" * 2047 + "y"), ("len-59", "s" * 59), ("len-60", "s" * 60), ("len-61", "s" * 61),
                 ("len-255", "s" * 255), ("proc-magic", "/proc/self/root")]:
        try:
            symlink(d, n, t)
        except OSError as ex:
            skip("symlink " + n, ex)
    for i in range(45):
        symlink(d, "chain%02d" % i, "chain%02d" % (i + 1) if i < 44 else "realfile")
    os.close(d)

# ---- special files -------------------------------------------------------
if want("special"):
    d = sub(topfd, "special")
    mkspecial(d, "fifo", stat.S_IFIFO, 0o600)
    mkspecial(d, "fifo-777", stat.S_IFIFO, 0o777)
    cwd = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    os.fchdir(d)
    try:
        s = socket.socket(socket.AF_UNIX); s.bind("socket"); s.close()
        note(d, "socket", mode=0o660)
    except OSError as ex:
        skip("socket", ex)
    os.fchdir(cwd); os.close(cwd)
    mkspecial(d, "socket-mknod", stat.S_IFSOCK, 0o755)
    if ROOT:
        for n, k, M, m in [("null", stat.S_IFCHR, 1, 3), ("whiteout-0-0", stat.S_IFCHR, 0, 0), ("chr-max", stat.S_IFCHR, 4095, 1048575),
                           ("chr-256", stat.S_IFCHR, 4, 256), ("blk-loop", stat.S_IFBLK, 7, 0), ("blk-big", stat.S_IFBLK, 259, 65536),
                           ("blk-0-0", stat.S_IFBLK, 0, 0)]:
            mkspecial(d, n, k, 0o660, os.makedev(M, m))
    os.close(d)

# ---- modes and owners ----------------------------------------------------
if want("modes"):
    d = sub(topfd, "modes")
    for m in (0, 0o1, 0o4, 0o111, 0o200, 0o400, 0o444, 0o600, 0o644, 0o777, 0o1777, 0o2755, 0o2644, 0o4755, 0o4000, 0o6755, 0o7777):
        mkfile(d, "f%04o" % m, b"mode\n", mode=m)
    for m in (0, 0o111, 0o300, 0o500, 0o555, 0o700, 0o777, 0o1777, 0o2775, 0o4755, 0o7777):
        e = sub(d, "d%04o" % m, mode=m)
        mkfile(e, "child", b"child\n", mode=0o640)
        f = sub(e, "subdir", mode=0o555); mkfile(f, "leaf", b"leaf\n", mode=0); os.close(f)
        os.close(e)
    os.close(d)
if want("owners") and ROOT:
    d = sub(topfd, "owners")
    for u, g in [(0, 1), (1, 0), (1000, 1000), (65534, 65534), (65535, 65535), (65536, 70000), (2147483648, 2147483648), (4294967294, 4294967294)]:
        for m in (0o644, 0o4755, 0o2755, 0o6711):
            n = "u%d-g%d-%04o" % (u, g, m)
            mkfile(d, n, b"", mode=m); note(d, n, uid=u, gid=g)
        n = "dir-u%d-g%d" % (u, g)
        e = sub(d, n, mode=0o2750); note(d, n, uid=u, gid=g); mkfile(e, "child", b"c"); os.close(e)
        n = "lnk-u%d-g%d" % (u, g)
        symlink(d, n, "x"); note(d, n, uid=u, gid=g)
    os.close(d)

# ---- sparse --------------------------------------------------------------
if want("sparse"):
    d = sub(topfd, "sparse")
    K, M = 1 << 10, 1 << 20
    sparse(d, "all-hole-16M", 16 * M, [])
    sparse(d, "holes-both-ends", 9 * M + 123, [(4 * M, M)])
    sparse(d, "data-first", 8 * M, [(0, 64 * K)])
    sparse(d, "data-last", 8 * M + 1, [(8 * M - 64 * K + 1, 64 * K)])
    sparse(d, "one-byte-each-end-huge", HUGE + 1, [(0, 1), (HUGE, 1)])
    sparse(d, "alternate-4k", 4 * M, [(i * 8 * K, 4 * K) for i in range(512)])
    sparse(d, "alternate-64k", 16 * M, [(i * 128 * K, 64 * K) for i in range(128)])
    sparse(d, "unaligned", 3 * M + 7, [(1 * M + 13, 100 * K + 5), (2 * M + 4097, 3)])
    sparse(d, "prealloc-keep-size", 100 * K, [(0, 100 * K)], (1, 0, 4 * M))          # FALLOC_FL_KEEP_SIZE past the end
    sparse(d, "prealloc-inside", 8 * M, [(0, K), (7 * M, K)], (0, 2 * M, 2 * M))     # unwritten extents
    sparse(d, "punched", 8 * M, [(0, 8 * M)], (3, 2 * M, 3 * M))                     # PUNCH_HOLE|KEEP_SIZE
    mkfile(d, "dense-zeros-2M", bytes(2 * M))                                        # zeros that are allocated
    mkfile(d, "zeros-in-middle", b"A" * 70000 + bytes(M) + b"Z" * 70000)
    os.close(d)

# ---- extended attributes -------------------------------------------------
if want("xattrs"):
    d = sub(topfd, "xattrs")
    r = rnd("xattrs")
    for sz in [0, 1, 2, 31, 255, 256, 1000, 2000, 3000, 4000, 8192, 16000, 65536]:
        if sz <= XMAX:
            mkfile(d, "user-size-%d" % sz, b"x", xattrs={"user.v": r.randbytes(sz)})
    mkfile(d, "many", b"", xattrs={"user.k%03d" % i: b"v%d" % i for i in range(60)})
    mkfile(d, "long-name", b"", xattrs={"user." + "n" * 250: b"1"})
    mkfile(d, "odd-names", b"", xattrs={"user.new\nline": b"1", "user.eq=uals": b"2", "user.sp ace": b"3", "user.caf\u00e9": b"4",
                                        "user.a.b.c": b"5", b"user.\xff": b"6"})
    mkfile(d, "binary-value", b"", xattrs={"user.bin": bytes(range(256)), "user.nul": b"a\0b\0", "user.b64": b"0sQUJD", "user.hex": b"0x00"})
    e = sub(d, "dir"); note(d, "dir", xattrs={"user.ondir": b"dir"}); mkfile(e, "c", b"", xattrs={"user.inner": b"1"}); os.close(e)
    mkfile(d, "readonly-with-xattr", b"ro", mode=0o444, xattrs={"user.ro": b"1"})
    mkfile(d, "mode0-with-xattr", b"ro", mode=0, xattrs={"user.zero": b"1"})
    if ROOT:
        cap = struct.pack("<IIIII", 0x02000001, 1 << 13, 0, 0, 0)            # cap_net_raw+ep, v2
        mkfile(d, "file-capability", b"#!/bin/sh\n", mode=0o755, xattrs={"security.capability": cap}); note(d, "file-capability", uid=1000, gid=1000)
        mkfile(d, "file-capability-ro", b"#!/bin/sh\n", mode=0o555, xattrs={"security.capability": cap})
        mkfile(d, "suid-and-capability", b"", mode=0o4755, xattrs={"security.capability": cap})
        mkfile(d, "trusted", b"t", xattrs={"trusted.t": b"1", "trusted.overlay.opaque2": b"y"})
        mkfile(d, "security-other", b"t", xattrs={"security.nasty": b"label"})
        symlink(d, "symlink-trusted", "trusted"); note(d, "symlink-trusted", xattrs={"trusted.onlink": b"L"})
        mkspecial(d, "fifo-trusted", stat.S_IFIFO); note(d, "fifo-trusted", xattrs={"trusted.onfifo": b"F"})
        mkspecial(d, "dev-trusted", stat.S_IFCHR, dev=os.makedev(1, 7)); note(d, "dev-trusted", xattrs={"trusted.ondev": b"D"})
    mkfile(d, "linked-a", b"shared\n", xattrs={"user.shared": b"1"}); hardlink(d, "linked-a", d, "linked-b")
    os.close(d)

# ---- ACLs ----------------------------------------------------------------
if want("acls"):
    d = sub(topfd, "acls")
    A = "system.posix_acl_access"; DF = "system.posix_acl_default"
    one = acl([(UOBJ, 6, NOID), (USER, 4, 1000), (GOBJ, 4, NOID), (MASK, 4, NOID), (OTHER, 0, NOID)])
    narrow = acl([(UOBJ, 7, NOID), (USER, 7, 1000), (USER, 0, 65534), (GOBJ, 7, NOID), (GROUP, 6, 1001), (MASK, 1, NOID), (OTHER, 4, NOID)])
    big = acl([(UOBJ, 7, NOID)] + [(USER, i % 8, 2000 + i) for i in range(60)] + [(GOBJ, 5, NOID)] + [(GROUP, i % 8, 3000 + i) for i in range(60)] + [(MASK, 7, NOID), (OTHER, 5, NOID)])
    dflt = acl([(UOBJ, 7, NOID), (USER, 7, 1000), (GOBJ, 5, NOID), (MASK, 7, NOID), (OTHER, 0, NOID)])
    mkfile(d, "one-user", b"", acls={A: one})
    mkfile(d, "narrow-mask", b"", acls={A: narrow})
    mkfile(d, "suid-acl", b"", mode=0o4755, acls={A: one})
    mkfile(d, "big-acl", b"", acls={A: big})
    for n, m in (("dir-default", 0o755), ("dir-sgid-default", 0o2770), ("dir-default-ro", 0o555)):
        e = sub(d, n, mode=m); note(d, n, acls={DF: dflt})
        mkfile(e, "no-acl-child", b"must not inherit\n", mode=0o600)
        f = sub(e, "no-acl-subdir", mode=0o700); mkfile(f, "g", b"", mode=0o640); os.close(f)
        mkfile(e, "acl-child", b"", acls={A: one})
        mkspecial(e, "fifo-no-acl", stat.S_IFIFO, 0o600)
        os.close(e)
    e = sub(d, "dir-both"); note(d, "dir-both", acls={A: narrow, DF: dflt}); os.close(e)
    e = sub(d, "dir-access-only"); note(d, "dir-access-only", acls={A: one}); os.close(e)
    os.close(d)

# ---- times ---------------------------------------------------------------
TIMES = [(-2147483648, 0), (-2147483647, 999999999), (-1, 999999999), (-1, 0), (0, 0), (0, 1), (1, 500000000), (1000000000, 123456789),
         (1700000000, 999999999), (2147483647, 999999999), (2147483648, 1), (4294967295, 5), (4294967296, 7), (13000000000, 42), (15032385534, 999999999)]   # the last second ext4 can hold is one later
if want("times"):
    d = sub(topfd, "times")
    for i, t in enumerate(TIMES):
        mkfile(d, "file%02d" % i, b"t"); note(d, "file%02d" % i, times=t)
        e = sub(d, "dir%02d" % i); note(d, "dir%02d" % i, times=t)
        mkfile(e, "in", b""); os.close(e)
        symlink(d, "link%02d" % i, "file%02d" % i); note(d, "link%02d" % i, times=t)
        mkspecial(d, "fifo%02d" % i, stat.S_IFIFO); note(d, "fifo%02d" % i, times=t)
    os.close(d)

# ---- sizes, large, wide --------------------------------------------------
if want("sizes"):
    d = sub(topfd, "sizes")
    for s in (0, 1, 2, 59, 60, 61, 511, 512, 513, 4095, 4096, 4097, 8191, 16384, 32769, 65535, 65536, 65537, 131071, 131072, 131073,
              262143, 262145, 1048575, 1048576, 1048577, 2097153, 4194304, 4194305):
        mkfile(d, "size-%d" % s, rnd("size", s).randbytes(s))
    mkfile(d, "all-newlines", b"\n" * 5000)
    os.close(d)
if want("large"):
    d = sub(topfd, "large")
    mkfile(d, "large", rnd("large").randbytes(LARGE + 4097))
    os.close(d)
if want("wide"):
    d = sub(topfd, "wide")
    for i in range(4 * N):
        mkfile(d, "entry-%06d" % i, b"" if i % 3 else b"%d\n" % i)
    os.close(d)
    d = sub(topfd, "wide-dirs")
    for i in range(N):
        os.close(sub(d, "d%05d" % i))
    os.close(d)

# ---- flags (optional) ----------------------------------------------------
FS_IOC_SETFLAGS, FS_IOC_GETFLAGS = 0x40086602, 0x80086601
if FLAGS:
    d = sub(topfd, "flags")
    for n, f in (("immutable", 0x10), ("append", 0x20), ("nodump", 0x40), ("noatime", 0x80), ("sync", 0x8)):
        mkfile(d, n, b"flag\n", flags=f)
        e = sub(d, "dir-" + n); note(d, "dir-" + n, flags=f); mkfile(e, "in", b"in"); os.close(e)
    os.close(d)

# ---- random part ---------------------------------------------------------
if want("random"):
    r = rnd("random")
    base = sub(topfd, "random")
    dirs, files = [base], []
    alphabet = [chr(c) for c in range(33, 127) if chr(c) != "/"] + [" ", "\u00e4", "\u4e2d", "\n"]
    for i in range(N):
        d = r.choice(dirs)
        n = "%05d" % i + "".join(r.choice(alphabet) for _ in range(r.randrange(1, 25)))
        k = r.random()
        if k < .18 and len(dirs) < 200:
            dirs.append(sub(d, n, mode=r.choice([0o755, 0o700, 0o2775, 0o1777, 0o555, 0])))
            continue
        if k < .60:
            mkfile(d, n, r.randbytes(int(r.expovariate(1 / 9000.))), mode=r.randrange(0o10000))
            files.append((d, n))
            if r.random() < .2:
                note(d, n, xattrs={"user.r%d" % j: r.randbytes(r.randrange(0, 300)) for j in range(r.randrange(1, 5))})
        elif k < .75 and files:
            hardlink(*r.choice(files), d, n)
        elif k < .88:
            symlink(d, n, "".join(r.choice(["../", "x", "/", "random", "a b"]) for _ in range(r.randrange(1, 9))) or "x")
        elif k < .94:
            mkspecial(d, n, r.choice([stat.S_IFIFO, stat.S_IFSOCK]), mode=r.randrange(0o1000))
        else:
            ext = sorted(r.randrange(0, 40) * 65536 for _ in range(3))
            sparse(d, n, 41 * 65536 + r.randrange(5000), [(o, r.randrange(1, 65536)) for o in ext])
            files.append((d, n))
        if ROOT and r.random() < .3:
            note(d, n, uid=r.choice([0, 1, 33, 1000, 65534, 100000]), gid=r.choice([0, 1, 33, 1000, 65534, 100000]))
    for x in dirs:
        os.close(x)

# ---- final pass: owner, mode, xattrs, ACLs, times, deepest first ---------
done = set()
def finish(d, n, rel):
    st = os.stat(n, dir_fd=d, follow_symlinks=False)
    isdir, islnk, isreg = stat.S_ISDIR(st.st_mode), stat.S_ISLNK(st.st_mode), stat.S_ISREG(st.st_mode)
    if isdir:
        fd = os.open(n, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=d)
        for c in sorted(os.fsencode(x) for x in os.listdir(fd)):
            finish(fd, c, rel + b"/" + c)
        os.close(fd)
    k = (st.st_dev, st.st_ino)
    if k in done:
        return
    done.add(k)
    m = meta.get(k, {})
    p = b"/proc/self/fd/%d/" % d + n
    if ROOT and ("uid" in m):
        os.chown(n, m["uid"], m["gid"], dir_fd=d, follow_symlinks=False)
    for an, av in {**m.get("xattrs", {})}.items():
        try:
            os.setxattr(p, an, av, follow_symlinks=False)
        except OSError as e:
            skip("xattr " + os.fsdecode(an).split(".")[0] + "." + (" (%d bytes)" % len(av) if len(av) > 300 else ""), e)
    if not islnk and "mode" in m:
        os.chmod(n, m["mode"], dir_fd=d)
    for an, av in m.get("acls", {}).items():
        try:
            os.setxattr(p, an, av, follow_symlinks=False)
        except OSError as e:
            skip("acl", e)
    t = m.get("times")
    if t is None:
        r = rnd("time", rel.hex())
        t = (r.randrange(-10**9, 4 * 10**9), r.randrange(10**9))
    r = rnd("atime", rel.hex())
    at = r.randrange(0, 2 * 10**9) * 10**9 + r.randrange(10**9)
    try:
        os.utime(n, ns=(at, t[0] * 10**9 + t[1]), dir_fd=d, follow_symlinks=False)
    except OSError as e:
        skip("utime", e)
    if m.get("flags"):
        try:
            fd = os.open(n, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=d)
            old = struct.unpack("I", fcntl.ioctl(fd, FS_IOC_GETFLAGS, b"\0" * 8)[:4])[0]
            fcntl.ioctl(fd, FS_IOC_SETFLAGS, struct.pack("I", old | m["flags"]) + b"\0\0\0\0")
            os.close(fd)
        except OSError as e:
            skip("inode flags 0x%x" % m["flags"], e)

os.lseek(topfd, 0, os.SEEK_SET)   # btrfs lists only what was there when the directory was opened
for c in sorted(os.fsencode(x) for x in os.listdir(topfd)):
    finish(topfd, c, c)
os.fchmod(topfd, 0o751)
if want("xattrs"):
    try:
        os.setxattr(topfd, "user.top", b"top")
    except OSError as e:
        skip("xattr user.", e)
os.utime(topfd, ns=(1600000000 * 10**9 + 11, 1500000000 * 10**9 + 987654321))
os.close(topfd)
for (w, e), n in sorted(skipped.items()):
    print("make_nasty_tree: skipped %d x %s: %s" % (n, w, e), file=sys.stderr)
PY
