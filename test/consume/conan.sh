#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
#
# conan.sh SOURCE SCRATCH FORM
#
# Makes the Conan package of the library with the distribution's Boost and liburing, without ConanCenter, and builds
# and runs test_package and a project that uses it. FORM is header_only, static or shared. Conan 2 comes from the
# Python registry and stays in SCRATCH, as does everything it writes.
#
# CXX chooses the compiler.
set -eu -o pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=$(cd "$1" && pwd)
mkdir -p "$2"
scratch=$(cd "$2" && pwd)
form=$3
compiler=${CXX:-c++}

case $form in
header_only) options=(-o 'asio-fs-extended/*:header_only=True') ;;
static) options=(-o 'asio-fs-extended/*:header_only=False' -o 'asio-fs-extended/*:shared=False') ;;
shared) options=(-o 'asio-fs-extended/*:header_only=False' -o 'asio-fs-extended/*:shared=True') ;;
*)
    sed -n '4,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac

skip()
{
    printf 'skipped: %s\n' "$*"
    exit 77
}

# ---- Conan, and nothing of the user's own ------------------------------------------------------------

if [ ! -x "$scratch/venv/bin/conan" ]; then
    rm -rf "$scratch/venv"
    python3 -m venv "$scratch/venv" >"$scratch/venv.log" 2>&1 || skip "python3 has no venv here"
    "$scratch/venv/bin/pip" --disable-pip-version-check --retries 1 --timeout 20 install -q 'conan>=2.0.9,<3' \
        >>"$scratch/venv.log" 2>&1 || skip "Conan cannot be had from the Python registry"
fi
PATH=$scratch/venv/bin:$PATH
export CONAN_HOME=$scratch/home-$form CXX=$compiler
CC=${compiler/clang++/clang}
export CC=${CC/g++/gcc}
rm -rf "$CONAN_HOME"
# Conan leaves presets in a project it is called from.
cd "$scratch"
conan profile detect --name detected
conan remote disable '*'

# ---- the distribution's Boost and liburing -----------------------------------------------------------

version=$(echo BOOST_LIB_VERSION | "$compiler" -x c++ -E -P -include boost/version.hpp - | tail -n 1 | tr -d '"' | tr _ .)
boost=$version.0
liburing=$(pkg-config --modversion liburing)
cat >"$CONAN_HOME/profiles/default" <<END
include(detected)
[settings]
compiler.cppstd=20
[conf]
tools.cmake.cmaketoolchain:generator=Ninja
[platform_requires]
boost/$boost
liburing/$liburing
END

# ---- the package, with its test_package --------------------------------------------------------------

# Conan builds test_package where it stands.
rm -rf "$scratch/test_package-$form"
cp -R "$source/test_package" "$scratch/test_package-$form"
conan create "$source" "${options[@]}" --build=missing --test-folder "$scratch/test_package-$form"

# ---- a project that uses it --------------------------------------------------------------------------

project=$scratch/project-$form
rm -rf "$project"
conan install --requires 'asio-fs-extended/[>=0.1 <0.2]' "${options[@]}" -g CMakeDeps -g CMakeToolchain -of "$project"
cmake -S "$here/cmake" -B "$project/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_TOOLCHAIN_FILE="$project/conan_toolchain.cmake"
cmake --build "$project/build"
"$project/build/consumer" </dev/null

# The config package that was found is the one the library installs, which knows the distribution's libraries.
config=$(sed -n 's/^asio-fs-extended_DIR:PATH=//p' "$project/build/CMakeCache.txt")
case $config in
"$CONAN_HOME"/*/lib/cmake/asio-fs-extended) ;;
*)
    printf 'found in the wrong place: %s\n' "$config"
    exit 1
    ;;
esac
