# SPDX-License-Identifier: BSL-1.0
#
# Uses ccache where it is installed, unless a launcher was chosen already.

find_program(ASIO_FS_CCACHE ccache)
mark_as_advanced(ASIO_FS_CCACHE)
if(ASIO_FS_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are only cached when their time stamps and macros may differ.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros
                                  "${ASIO_FS_CCACHE}")
endif()
