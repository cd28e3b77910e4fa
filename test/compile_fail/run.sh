#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# run.sh CASE.cpp COMPILER FLAG...
#
# A mistake that users make must not compile, and the compiler must say so in few words. The case compiles when RIGHT
# is defined; otherwise the compiler's output has to contain the phrase of the line "// expect:" (an extended regular
# expression), at most three errors, and at most 120 lines.
set -u
max_errors=3
max_lines=120
case=$1
shift
output=$(mktemp)
trap 'rm -f "$output"' EXIT

fail()
{
    printf '%s: %s\n' "$(basename "$case")" "$*"
    cat "$output"
    exit 1
}

expected=$(sed -n 's|^// expect: ||p' "$case")
[ -n "$expected" ] || fail 'has no line "// expect:"'

"$@" -std=c++20 -fsyntax-only -DRIGHT "$case" >"$output" 2>&1 || fail 'does not compile without the mistake'
"$@" -std=c++20 -fsyntax-only "$case" >"$output" 2>&1 && fail 'compiles with the mistake'
grep -qE "$expected" "$output" || fail "the compiler does not say: $expected"
errors=$(grep -cE '(^|: )(fatal )?error:' "$output")
lines=$(wc -l <"$output")
[ "$errors" -le "$max_errors" ] || fail "$errors errors, $max_errors are enough"
[ "$lines" -le "$max_lines" ] || fail "$lines lines, $max_lines are enough"
printf '%s: %s errors, %s lines\n' "$(basename "$case")" "$errors" "$lines"
