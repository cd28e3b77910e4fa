# shellcheck shell=bash
# SPDX-License-Identifier: BSL-1.0
#
# Sourced by the scripts that install what they need on Debian and Ubuntu.

# need_packages PACKAGE...: installs those that are missing, as root or through sudo. The package lists are
# fetched only when something is missing.
need_packages()
{
    local package missing=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        printf 'No apt here: expecting to find installed: %s\n' "$*" >&2
        return 0
    fi
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            printf 'Missing: %s. Run this as root, or install sudo.\n' "${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    printf 'Installing: %s\n' "${missing[*]}" >&2
    "${as_root[@]}" apt-get -q update </dev/null >&2 || printf 'apt-get update failed; going on with the lists there are.\n' >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends install "${missing[@]}" </dev/null >&2
}

# boost_packages COMPONENT...: the names of Boost's packages: of the version that is installed with its headers,
# else of the newest that Debian 12 (1.81 beside an older default), Debian 13 or Ubuntu 24.04 offer.
boost_packages()
{
    local version component
    for version in 1.88 1.83 1.81; do
        if dpkg-query -W -f '${db:Status-Status}' "libboost$version-dev" 2>/dev/null | grep -qx installed; then
            break
        fi
        version=""
    done
    if [ -z "$version" ]; then
        version=1.81
        if ! grep -qs '^VERSION_ID="12"' /etc/os-release; then
            version=1.83
        fi
    fi
    printf 'libboost%s-dev\n' "$version"
    for component in "$@"; do
        printf 'libboost-%s%s-dev\n' "$component" "$version"
    done
}
