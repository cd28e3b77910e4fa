#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# verify_tree.sh [options] SRC DST
#
# Prints nothing and exits 0 only when the two trees are identical: names,
# content, type, mode, owner, group, mtime to the nanosecond, hard-link
# structure, symlink targets, device numbers, extended attributes (ACLs and
# file capabilities included) and sparse allocation.  The roots themselves are
# compared too.  Otherwise one line a difference and exit 1; exit 2 when
# something could not be read.  Needs python3 only; run it as root, or
# trusted.* attributes and unreadable files escape it.
#
#   --ignore=CLASS,...   leave a class out.  Classes: missing extra type
#                        content size mode owner mtime hardlink shared symlink
#                        rdev xattr acl cap alloc+ alloc- (atime flags when asked for)
#                        alloc+  DST holds clearly more data blocks than SRC
#                                (holes were filled)
#                        alloc-  DST holds clearly fewer (zeros became holes)
#                        shared  SRC and DST name the same inode, or DST is
#                                linked to something outside DST
#   --atime  --flags     compare access times / inode flags as well
#   --summary            print counts a class, not lines
#   --max=N              stop printing after N lines (the exit status stands)
#   --ignore-xattr=NAME  leave out attributes whose name starts with NAME
# On xfs trusted.SGI_ACL_* (its second view of the ACLs) is left out; on any
# other file system it counts as junk that a copier carried along.
set -eu
[ $# -ge 2 ] || { sed -n '3,27s/^# \{0,1\}//p' "$0" >&2; exit 2; }
exec python3 - "$@" <<'PY'
import os, sys, stat, errno, struct, fcntl, collections, signal
signal.signal(signal.SIGPIPE, signal.SIG_DFL)

ignore, ignx, opts, args = set(), [], set(), []
maxlines = 1 << 60
for a in sys.argv[1:]:
    if a.startswith("--ignore="): ignore |= set(a[9:].split(","))
    elif a.startswith("--ignore-xattr="): ignx.append(os.fsencode(a[15:]))
    elif a.startswith("--max="): maxlines = int(a[6:])
    elif a in ("--atime", "--flags", "--summary"): opts.add(a[2:])
    elif a.startswith("--"): sys.exit(2)
    else: args.append(a)
if len(args) != 2:
    sys.exit(2)
sys.setrecursionlimit(20000)
counts = collections.Counter()
printed = 0
bad = False          # something could not be read

def show(p):
    p = os.fsdecode(p) or "."
    p = p if len(p) < 120 else p[:50] + "..." + p[-60:]
    return ascii(p)[1:-1]

def diff(cls, path, text=""):
    global printed, bad
    if cls == "error":
        bad = True
    elif cls in ignore:
        return
    counts[cls] += 1
    printed += 1
    if "summary" not in opts and printed <= maxlines:
        print(f"{cls:9s} {show(path)}  {text}".rstrip())

# An entry: everything lstat says, and what else can be read through
# /proc/self/fd/<dirfd>/<name>, which works at any depth.
class Tree:
    def __init__(self, top):
        self.top = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
        self.xfs = fstype(self.top) == "xfs"
        self.groups = collections.defaultdict(list)     # (dev, ino) -> paths, non-directories
        self.nlink = {}

def lst(d, n):
    return os.stat(n, dir_fd=d, follow_symlinks=False)

def fstype(fd):
    dev = os.fstat(fd).st_dev
    best = ""
    try:
        for l in open("/proc/self/mountinfo"):
            f = l.split()
            if f[2] == "%d:%d" % (os.major(dev), os.minor(dev)):
                best = f[f.index("-") + 1]
    except OSError:
        pass
    return best

def xattrs(d, n, path, xfs):
    p = b"/proc/self/fd/%d/" % d + n
    out = {}
    try:
        for a in os.listxattr(p, follow_symlinks=False):
            ab = os.fsencode(a)
            if any(ab.startswith(i) for i in ignx):
                continue
            if ab.startswith(b"trusted.SGI_ACL_") and xfs:      # xfs shows its ACLs twice
                continue
            v = os.getxattr(p, a, follow_symlinks=False)
            if a.startswith("system.posix_acl_"):       # order of equal tags means nothing
                v = b"".join([v[:4]] + sorted(v[i:i + 8] for i in range(4, len(v), 8)))
            out[ab] = v
    except OSError as e:
        if e.errno not in (errno.ENOTSUP, errno.EPERM):
            diff("error", path, f"xattr: {e.strerror}")
    return out

def flags(d, n, st):
    if not (stat.S_ISREG(st.st_mode) or stat.S_ISDIR(st.st_mode)):
        return 0
    try:
        fd = os.open(n, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=d)
    except OSError:
        return 0
    try:
        f = struct.unpack("I", fcntl.ioctl(fd, 0x80086601, b"\0" * 8)[:4])[0]
        return f & (0x10 | 0x20 | 0x40 | 0x80 | 0x8 | 0x800000)   # i a d A S C
    except OSError:
        return 0
    finally:
        os.close(fd)

def ropen(d, n):
    fl = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.open(n, fl | os.O_NOATIME, dir_fd=d)
    except PermissionError:
        return os.open(n, fl, dir_fd=d)

def segments(fd, size):
    out, pos = [], 0
    while pos < size:
        try:
            s = os.lseek(fd, pos, os.SEEK_DATA)
            e = os.lseek(fd, s, os.SEEK_HOLE)
        except OSError as x:
            if x.errno == errno.ENXIO:
                break
            return [(0, size)]
        out.append((s, min(e, size)))
        pos = e
    return out

def union(a, b):
    out = []
    for s, e in sorted(a + b):
        if out and s <= out[-1][1]:
            out[-1] = (out[-1][0], max(e, out[-1][1]))
        else:
            out.append((s, e))
    return out

def cmp_file(sd, sn, dd, dn, path, ss, ds):
    if ss.st_size != ds.st_size:
        diff("size", path, f"{ss.st_size} != {ds.st_size}")
        return
    if ss.st_size == 0:
        return
    try:
        a = ropen(sd, sn)
    except OSError as e:
        return diff("error", path, f"open in SRC: {e.strerror}")
    try:
        b = ropen(dd, dn)
    except OSError as e:
        os.close(a)
        return diff("error", path, f"open in DST: {e.strerror}")
    try:
        for fd in (a, b):        # clean cached pages over unwritten extents look like data
            try: os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
            except OSError: pass
        sa, sb = segments(a, ss.st_size), segments(b, ds.st_size)
        for s, e in union(sa, sb):
            while s < e:
                n = min(1 << 20, e - s)
                x, y = os.pread(a, n, s), os.pread(b, n, s)
                if x != y:
                    i = next((i for i, (p, q) in enumerate(zip(x, y)) if p != q), min(len(x), len(y)))
                    diff("content", path, f"first difference at byte {s + i}")
                    return
                if not x:
                    break
                s += len(x)
        na, nb = sum(e - s for s, e in sa), sum(e - s for s, e in sb)
        slack = max(128 << 10, na // 10)
        if nb > na + slack:
            diff("alloc+", path, f"data {na} -> {nb}, size {ss.st_size}")
        elif na > nb + slack:
            diff("alloc-", path, f"data {na} -> {nb}, size {ss.st_size}")
    except OSError as e:
        diff("error", path, f"read: {e.strerror}")
    finally:
        os.close(a); os.close(b)

def stamp(ns):
    return "%d.%09d" % divmod(ns, 10**9)

def cmp_meta(sd, sn, dd, dn, path, ss, ds):
    if ss.st_uid != ds.st_uid or ss.st_gid != ds.st_gid:
        diff("owner", path, f"{ss.st_uid}:{ss.st_gid} != {ds.st_uid}:{ds.st_gid}")
    if not stat.S_ISLNK(ss.st_mode) and stat.S_IMODE(ss.st_mode) != stat.S_IMODE(ds.st_mode):
        diff("mode", path, f"{stat.S_IMODE(ss.st_mode):04o} != {stat.S_IMODE(ds.st_mode):04o}")
    if ss.st_mtime_ns != ds.st_mtime_ns:
        diff("mtime", path, f"{stamp(ss.st_mtime_ns)} != {stamp(ds.st_mtime_ns)}")
    if "atime" in opts and ss.st_atime_ns != ds.st_atime_ns:
        diff("atime", path, f"{stamp(ss.st_atime_ns)} != {stamp(ds.st_atime_ns)}")
    xs, xd = xattrs(sd, sn, path, S.xfs), xattrs(dd, dn, path, D.xfs)
    for k in sorted(set(xs) | set(xd)):
        cls = "acl" if k.startswith(b"system.posix_acl") else "cap" if k == b"security.capability" else "xattr"
        if k not in xd: diff(cls, path, f"{show(k)} missing")
        elif k not in xs: diff(cls, path, f"{show(k)} added")
        elif xs[k] != xd[k]: diff(cls, path, f"{show(k)} differs")
    if "flags" in opts:
        fs, fd = flags(sd, sn, ss), flags(dd, dn, ds)
        if fs != fd:
            diff("flags", path, f"{fs:#x} != {fd:#x}")

def kind(m):
    return {stat.S_IFREG: "file", stat.S_IFDIR: "directory", stat.S_IFLNK: "symlink", stat.S_IFIFO: "fifo",
            stat.S_IFSOCK: "socket", stat.S_IFCHR: "char device", stat.S_IFBLK: "block device"}.get(stat.S_IFMT(m), "?")

def remember(t, st, path):
    k = (st.st_dev, st.st_ino)
    t.groups[k].append(path)
    t.nlink[k] = st.st_nlink

def names(fd):
    return sorted(os.fsencode(x) for x in os.listdir(fd))

def one_sided(t, d, n, path):         # so that link groups stay whole
    st = lst(d, n)
    if not stat.S_ISDIR(st.st_mode):
        remember(t, st, path)

try:
    S, D = Tree(args[0]), Tree(args[1])
except OSError as e:
    print(f"error     {e.filename}: {e.strerror}")
    sys.exit(2)

def walk(sd, sn, dd, dn, path, ss, ds):
    if stat.S_IFMT(ss.st_mode) != stat.S_IFMT(ds.st_mode):
        diff("type", path, f"{kind(ss.st_mode)} != {kind(ds.st_mode)}")
        return
    if stat.S_ISDIR(ss.st_mode):
        try:
            a = os.open(sn, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=sd)
            b = os.open(dn, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=dd)
        except OSError as e:
            diff("error", path, f"open directory: {e.strerror}")
            return
        cmp_meta(sd, sn, dd, dn, path, ss, ds)
        na, nb = names(a), names(b)
        inb = set(nb)
        for n in na:
            p = path + b"/" + n if path else n
            if n not in inb:
                diff("missing", p, kind(lst(a, n).st_mode)); one_sided(S, a, n, p)
            else:
                walk(a, n, b, n, p, lst(a, n), lst(b, n))
        ina = set(na)
        for n in nb:
            if n not in ina:
                p = path + b"/" + n if path else n
                diff("extra", p, kind(lst(b, n).st_mode)); one_sided(D, b, n, p)
        os.close(a); os.close(b)
        return
    remember(S, ss, path); remember(D, ds, path)
    if (ss.st_dev, ss.st_ino) == (ds.st_dev, ds.st_ino):
        diff("shared", path, "SRC and DST are the same inode")
    if stat.S_ISLNK(ss.st_mode):
        x, y = os.readlink(sn, dir_fd=sd), os.readlink(dn, dir_fd=dd)
        if x != y:
            diff("symlink", path, f"{show(x)} != {show(y)}")
    elif stat.S_ISREG(ss.st_mode):
        cmp_file(sd, sn, dd, dn, path, ss, ds)
    elif stat.S_ISCHR(ss.st_mode) or stat.S_ISBLK(ss.st_mode):
        if ss.st_rdev != ds.st_rdev:
            diff("rdev", path, f"{os.major(ss.st_rdev)},{os.minor(ss.st_rdev)} != {os.major(ds.st_rdev)},{os.minor(ds.st_rdev)}")
    cmp_meta(sd, sn, dd, dn, path, ss, ds)

try:
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
except Exception:
    pass
walk(S.top, b".", D.top, b".", b"", lst(S.top, b"."), lst(D.top, b"."))

both = {p for g in S.groups.values() for p in g} & {p for g in D.groups.values() for p in g}
def canon(t):
    return {p: min(q for q in g if q in both) for g in t.groups.values() for p in g if p in both}
cs, cd = canon(S), canon(D)
for p in sorted(both):
    if cs[p] != cd[p]:
        diff("hardlink", p, f"linked with {show(cs[p]) if cs[p] != p else 'nothing before it'} != {show(cd[p]) if cd[p] != p else 'nothing before it'}")
for k, g in D.groups.items():
    p = min(g)
    if D.nlink[k] > len(g) and not any(S.nlink[q] > len(h) and p in h for q, h in S.groups.items() if p in h):
        diff("shared", p, f"{D.nlink[k]} links, {len(g)} of them inside DST")
if "summary" in opts:
    for c, n in sorted(counts.items()):
        print(f"{c} {n}")
elif printed > maxlines:
    print(f"... {printed - maxlines} more")
sys.exit(2 if bad else 1 if counts else 0)
PY
