# SPDX-License-Identifier: BSL-1.0
#
# Finds liburing and defines the imported target liburing::liburing, the name that Conan's package uses, too.
# Installed beside the config package of asio-fs-extended.

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_LIBURING QUIET liburing)
endif()

find_path(liburing_INCLUDE_DIR NAMES liburing.h HINTS ${PC_LIBURING_INCLUDE_DIRS})
find_library(liburing_LIBRARY NAMES uring HINTS ${PC_LIBURING_LIBRARY_DIRS})
mark_as_advanced(liburing_INCLUDE_DIR liburing_LIBRARY)

# liburing 2.3 has no version macros, so that only its .pc file tells; without one the version stays unknown.
set(liburing_VERSION "${PC_LIBURING_VERSION}")
set(liburing_version_var "")
if(liburing_VERSION)
  set(liburing_version_var VERSION_VAR liburing_VERSION)
endif()
if(liburing_FIND_VERSION AND NOT liburing_VERSION)
  unset(liburing_FIND_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  liburing
  REQUIRED_VARS liburing_LIBRARY liburing_INCLUDE_DIR
  ${liburing_version_var}
  REASON_FAILURE_MESSAGE "install liburing 2.3 or newer (Debian: liburing-dev)")
unset(liburing_version_var)

if(liburing_FOUND AND NOT TARGET liburing::liburing)
  add_library(liburing::liburing UNKNOWN IMPORTED)
  set_target_properties(
    liburing::liburing
    PROPERTIES IMPORTED_LOCATION "${liburing_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${liburing_INCLUDE_DIR}")
endif()
