# SPDX-License-Identifier: BSL-1.0
#
# Which lines of include/ and lib/ the tests execute; the preset `coverage`. A line counts as executed when one of the
# programs has executed it: what is not inline is compiled once, and a template in each of them.

set(ASIO_FS_COVERAGE_LEAST 95 CACHE STRING "The percentage of lines with less of which coverage_report fails")
find_program(ASIO_FS_GCOVR gcovr)
mark_as_advanced(ASIO_FS_GCOVR)
if(NOT ASIO_FS_GCOVR)
  message(FATAL_ERROR "ASIO_FS_COVERAGE needs gcovr, which prints what the tests execute")
endif()
cmake_host_system_information(RESULT jobs QUERY NUMBER_OF_LOGICAL_CORES)

# What ran before the last build does not count.
add_custom_target(
  coverage_reset ALL
  COMMAND find "${PROJECT_BINARY_DIR}" -ignore_readdir_race -name "*.gcda" -delete
  COMMENT "Forgetting what earlier runs have executed"
  VERBATIM)

# Prints the lines of each file and their percentage. Pages with every line are written to coverage/.
add_custom_target(
  coverage_report
  COMMAND "${CMAKE_COMMAND}" -E make_directory "${PROJECT_BINARY_DIR}/coverage"
  COMMAND
    "${ASIO_FS_GCOVR}" --root . --object-directory "${PROJECT_BINARY_DIR}" --filter include/ --filter lib/
    --exclude-throw-branches -j ${jobs} --print-summary --txt - --json "${PROJECT_BINARY_DIR}/coverage/lines.json"
    --html-details "${PROJECT_BINARY_DIR}/coverage/index.html" --fail-under-line "${ASIO_FS_COVERAGE_LEAST}"
    "${PROJECT_BINARY_DIR}"
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
  USES_TERMINAL
  VERBATIM)
