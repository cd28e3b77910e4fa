# SPDX-License-Identifier: BSL-1.0
#
# Every example is run, and what it prints and does is checked. ASIO_FS_EXAMPLES lists them.

get_property(examples GLOBAL PROPERTY ASIO_FS_EXAMPLES)
if(ASIO_FS_PYTHON)
  set(example_test "${ASIO_FS_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/example/run.py")
  foreach(example IN LISTS examples)
    set(module test_programs)
    if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/example/test_${example}.py")
      set(module test_${example})
    endif()
    asio_fs_add_script(example.${example} example 300 ${example_test} $<TARGET_FILE:example_${example}>
                       ${module}.${example})
  endforeach()
  if(TARGET example_http_server)
    asio_fs_add_script(example.http_server.no_io_uring example 300 $<TARGET_FILE:refuse_io_uring> ${example_test}
                       $<TARGET_FILE:example_http_server> test_http_server)
  endif()
endif()
