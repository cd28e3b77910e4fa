# SPDX-License-Identifier: BSL-1.0
#
# The install tree: headers, the library where there is one, a CMake config package and a pkg-config file.

include(CMakePackageConfigHelpers)

set(ASIO_FS_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/asio-fs-extended")

install(
  TARGETS asio-fs-extended
  EXPORT asio-fs-extended-targets
  FILE_SET HEADERS
  FILE_SET inner
  FILE_SET definitions)
install(
  EXPORT asio-fs-extended-targets
  NAMESPACE asio-fs-extended::
  DESTINATION "${ASIO_FS_CMAKE_DIR}")

configure_package_config_file(
  cmake/asio-fs-extended-config.cmake.in "${PROJECT_BINARY_DIR}/asio-fs-extended-config.cmake"
  INSTALL_DESTINATION "${ASIO_FS_CMAKE_DIR}"
  NO_SET_AND_CHECK_MACRO)
set(arch_independent "")
if(NOT ASIO_FS_SEPARATE_COMPILATION)
  set(arch_independent ARCH_INDEPENDENT)
endif()
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/asio-fs-extended-config-version.cmake" COMPATIBILITY SameMinorVersion ${arch_independent})
install(
  FILES "${PROJECT_BINARY_DIR}/asio-fs-extended-config.cmake"
        "${PROJECT_BINARY_DIR}/asio-fs-extended-config-version.cmake" cmake/Findliburing.cmake
  DESTINATION "${ASIO_FS_CMAKE_DIR}")

# The .pc file finds its own place, so that an install tree can be moved.
set(pc_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH ASIO_FS_PC_PREFIX "/prefix/${pc_dir}" "/prefix")
string(REGEX REPLACE "/$" "" ASIO_FS_PC_PREFIX "${ASIO_FS_PC_PREFIX}")
set(ASIO_FS_PC_CFLAGS "")
set(ASIO_FS_PC_LIBS "")
if(ASIO_FS_USE_IO_URING)
  string(APPEND ASIO_FS_PC_CFLAGS " -DBOOST_ASIO_HAS_IO_URING")
endif()
if(ASIO_FS_SEPARATE_COMPILATION)
  string(APPEND ASIO_FS_PC_CFLAGS " -DASIO_FS_SEPARATE_COMPILATION")
  string(APPEND ASIO_FS_PC_LIBS " -L\${libdir} -lasio-fs-extended")
endif()
configure_file(cmake/asio-fs-extended.pc.in "${PROJECT_BINARY_DIR}/asio-fs-extended.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/asio-fs-extended.pc" DESTINATION "${pc_dir}")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/asio-fs-extended")

if(TARGET arsync)
  set(arsync_dir "${PROJECT_SOURCE_DIR}/example/arsync")
  install(TARGETS arsync RUNTIME COMPONENT arsync)
  install(FILES "${arsync_dir}/arsync.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT arsync)
  install(
    FILES "${arsync_dir}/arsync.bash"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
    RENAME arsync
    COMPONENT arsync)
  install(FILES "${arsync_dir}/_arsync" DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" COMPONENT arsync)
endif()
