#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# Rules that no compiler checks: every header, every test and every operation is in its list, Asio's internals
# are left alone, each file names its licence. One line for each breach; exit status 0 when there is none.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2

status=0
complain()
{
    printf '%s\n' "$*"
    status=1
}

while IFS= read -r file; do
    grep -qE "^[[:space:]]*${file//./\\.}[[:space:]]*\$" cmake/headers.cmake || complain "not in cmake/headers.cmake: $file"
done < <(find include -name '*.hpp' -o -name '*.ipp' | sort)

while IFS= read -r file; do
    grep -qF "${file#test/}" test/CMakeLists.txt test/cmake/*.cmake || complain "not in test/CMakeLists.txt: $file"
done < <(find test -name '*.cpp' -not -path 'test/consume/*' | sort)

# Every operation is in the table. seek has no asynchronous form, and is none.
while IFS= read -r file; do
    name=$(basename "$file" .hpp)
    [ "$name" != seek ] || continue
    sed -n '/using all_operations/,/>;/p' include/asio_fs/op/all.hpp | grep -qw "$name" \
        || complain "not in all_operations of op/all.hpp: $file"
done < <(grep -lE 'static constexpr op_info info\b' include/asio_fs/op/*.hpp)

while IFS= read -r line; do
    complain "includes Asio's internals: $line"
done < <(grep -rnE '#[[:space:]]*include[[:space:]]*[<"]boost/asio/detail/' include lib test example perf doc)

while IFS= read -r file; do
    head -n 3 "$file" | grep -q 'SPDX-License-Identifier: BSL-1.0' || complain "names no licence: $file"
done < <(find CMakeLists.txt cmake include lib test test_package example perf doc .ci -type f \
    \( -name '*.[hi]pp' -o -name '*.cpp' -o -name '*.sh' -o -name '*.py' -o -name '*.cmake' -o -name 'CMakeLists.txt' \
    -o -path '.ci/*' \) -not -path '*/build/*' -not -name '__pycache__' 2>/dev/null | sort)

exit "$status"
