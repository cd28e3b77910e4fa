# SPDX-License-Identifier: BSL-1.0

# Everything a test program links: the shared main and the precompiled headers, in one of Asio's two
# configurations.
function(asio_fs_add_test_base name library)
  add_library(${name} OBJECT main.cpp)
  target_link_libraries(${name} PUBLIC ${library} Boost::headers)
  if(ASIO_FS_TEST_WITH_HEADERS)
    target_compile_definitions(${name} PUBLIC ASIO_FS_TEST_WITH_HEADERS)
  else()
    target_link_libraries(${name} PUBLIC Boost::unit_test_framework)
  endif()
  target_compile_definitions(
    ${name}
    PUBLIC ASIO_FS_TEST_PROJECT_VERSION="${PROJECT_VERSION}"
           ASIO_FS_TEST_TOOLS="${CMAKE_CURRENT_SOURCE_DIR}/tools"
           ASIO_FS_TEST_DOC="${PROJECT_SOURCE_DIR}/doc")
  target_include_directories(${name} PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
  asio_fs_own_code(${name})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The body of a BOOST_DATA_TEST_CASE is a template; what it captures may well be the file's own.
    target_compile_options(${name} PUBLIC -Wno-subobject-linkage)
  endif()
  target_precompile_headers(${name} PRIVATE <boost/asio.hpp> <boost/test/unit_test.hpp>)
endfunction()

asio_fs_add_test_base(test_base asio-fs-extended)

# Without epoll, Asio waits for everything through its own io_uring. The compiled library cannot serve both
# configurations: this one has its own.
if(ASIO_FS_DISABLE_EPOLL)
  if(ASIO_FS_SEPARATE_COMPILATION)
    add_library(asio-fs-extended.no_epoll STATIC EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/lib/asio_fs.cpp")
    target_include_directories(asio-fs-extended.no_epoll PUBLIC "${PROJECT_SOURCE_DIR}/include")
    asio_fs_set_usage(asio-fs-extended.no_epoll PUBLIC)
    target_compile_definitions(asio-fs-extended.no_epoll PUBLIC BOOST_ASIO_DISABLE_EPOLL)
    asio_fs_own_code(asio-fs-extended.no_epoll)
    asio_fs_add_test_base(test_base.no_epoll asio-fs-extended.no_epoll)
  else()
    asio_fs_add_test_base(test_base.no_epoll asio-fs-extended)
    target_compile_definitions(test_base.no_epoll PUBLIC BOOST_ASIO_DISABLE_EPOLL BOOST_ASIO_HAS_IO_URING)
  endif()
endif()

add_executable(refuse_io_uring tools/refuse_io_uring.cpp)
asio_fs_own_code(refuse_io_uring)
add_executable(older_kernel tools/older_kernel.cpp)
asio_fs_own_code(older_kernel)

# asio_fs_add_test(NAME [NO_EPOLL] [REFUSED] [OLDER_KERNEL] [TIMEOUT SECONDS] SOURCES FILE...)
#
# A Boost.Test program and its ctest entries:
#   NAME                 in Asio's default configuration
#   NAME.no_epoll        with NO_EPOLL: compiled again with BOOST_ASIO_DISABLE_EPOLL
#   NAME.no_io_uring     with REFUSED: the program of the first line, with io_uring refused by seccomp
#   NAME.older_kernel    with OLDER_KERNEL: the same without system calls that are new in Linux
function(asio_fs_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_EPOLL;REFUSED;OLDER_KERNEL" "TIMEOUT" "SOURCES")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 600)
  endif()
  set(tests "")
  set(variants ".")
  if(arg_NO_EPOLL AND ASIO_FS_DISABLE_EPOLL)
    list(APPEND variants ".no_epoll")
  endif()
  foreach(variant IN LISTS variants)
    string(REGEX REPLACE "^\\.$" "" suffix "${variant}")
    set(program "test_${name}${suffix}")
    add_executable(${program} ${arg_SOURCES})
    target_link_libraries(${program} PRIVATE test_base${suffix})
    asio_fs_own_code(${program})
    target_precompile_headers(${program} REUSE_FROM test_base${suffix})
    add_test(NAME ${name}${suffix} COMMAND ${program})
    list(APPEND tests ${name}${suffix})
  endforeach()
  if(arg_REFUSED)
    add_test(NAME ${name}.no_io_uring COMMAND refuse_io_uring $<TARGET_FILE:test_${name}>)
    list(APPEND tests ${name}.no_io_uring)
  endif()
  if(arg_OLDER_KERNEL)
    add_test(NAME ${name}.older_kernel COMMAND older_kernel $<TARGET_FILE:test_${name}>)
    list(APPEND tests ${name}.older_kernel)
  endif()
  # The log names each test case that is skipped, and why; test/run.sh shows these lines.
  set_tests_properties(
    ${tests} PROPERTIES LABELS unit TIMEOUT ${arg_TIMEOUT} SKIP_RETURN_CODE 77
                        ENVIRONMENT "BOOST_TEST_LOG_LEVEL=test_suite;BOOST_TEST_COLOR_OUTPUT=no")
endfunction()
