# SPDX-License-Identifier: BSL-1.0
#
# The target `reference`: Doxygen's pages of everything public, in doc/reference/html of the build tree.

set(ASIO_FS_REFERENCE_DIR "${PROJECT_BINARY_DIR}/doc/reference")
set(ASIO_FS_DOXYFILE "${ASIO_FS_REFERENCE_DIR}/Doxyfile")

# What stands in include/asio_fs/ is public; the operators of the flags and what capabilities() tells of an
# operation are it, too.
set(public_headers ${ASIO_FS_HEADERS})
list(FILTER public_headers EXCLUDE REGEX "^include/asio_fs/(detail|op)/")
list(APPEND public_headers include/asio_fs/detail/bitmask.hpp include/asio_fs/op/cancellable.hpp
     include/asio_fs/op/op_info.hpp doc/reference/README.md)
list(TRANSFORM public_headers PREPEND "\"${PROJECT_SOURCE_DIR}/")
list(TRANSFORM public_headers APPEND "\"")
list(JOIN public_headers " \\\n                         " ASIO_FS_REFERENCE_INPUT)
configure_file(doc/reference/Doxyfile.in "${ASIO_FS_DOXYFILE}" @ONLY)

find_program(ASIO_FS_DOXYGEN doxygen)
mark_as_advanced(ASIO_FS_DOXYGEN)
if(ASIO_FS_DOXYGEN)
  add_custom_target(
    reference
    COMMAND "${ASIO_FS_DOXYGEN}" "${ASIO_FS_DOXYFILE}"
    COMMENT "Writing ${ASIO_FS_REFERENCE_DIR}/html/index.html"
    VERBATIM)
endif()
