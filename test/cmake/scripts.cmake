# SPDX-License-Identifier: BSL-1.0
#
# Tests that are scripts. Exit status 77 means: cannot run here, the reason is in the output.

# asio_fs_add_script(NAME LABEL TIMEOUT COMMAND...)
function(asio_fs_add_script name label timeout)
  add_test(NAME ${name} COMMAND ${ARGN})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT ${timeout} SKIP_RETURN_CODE 77)
endfunction()

asio_fs_add_script(lint lint 60 "${CMAKE_CURRENT_SOURCE_DIR}/lint.sh")

# ---- the documentation follows the code --------------------------------------------------------------

add_executable(operations_table doc/operations_table.cpp)
target_link_libraries(operations_table PRIVATE asio-fs-extended)
asio_fs_own_code(operations_table)
asio_fs_add_script(doc.operations doc 60 "${CMAKE_CURRENT_SOURCE_DIR}/doc/operations_table.sh"
                   $<TARGET_FILE:operations_table>)
find_program(ASIO_FS_PYTHON python3)
mark_as_advanced(ASIO_FS_PYTHON)
if(ASIO_FS_PYTHON)
  asio_fs_add_script(doc.members doc 60 "${ASIO_FS_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/doc/members.py"
                     "${PROJECT_SOURCE_DIR}")
endif()

# ---- mistakes that must not compile -------------------------------------------------------------------

# The compiler is given what strace_probe, an ordinary user of the library, is compiled with.
foreach(
  case IN
  ITEMS
    compile_fail/copied_file.cpp
    compile_fail/handler_signature.cpp
    compile_fail/narrower_executor.cpp
    compile_fail/no_buffers.cpp
    compile_fail/no_executor.cpp
    compile_fail/no_place_to_run.cpp
    compile_fail/no_token.cpp
    compile_fail/no_token_in_as_result.cpp
    compile_fail/not_a_file.cpp
    compile_fail/open_flags.cpp
    compile_fail/path.cpp
    compile_fail/read_into_const.cpp
    compile_fail/sync_read_into_const.cpp)
  cmake_path(GET case STEM name)
  add_test(
    NAME compile_fail.${name}
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/compile_fail/run.sh" "${CMAKE_CURRENT_SOURCE_DIR}/${case}"
            "${CMAKE_CXX_COMPILER}" "-I$<JOIN:$<TARGET_PROPERTY:strace_probe,INCLUDE_DIRECTORIES>,;-I>"
            "-D$<JOIN:$<TARGET_PROPERTY:strace_probe,COMPILE_DEFINITIONS>,;-D>"
    COMMAND_EXPAND_LISTS)
  set_tests_properties(compile_fail.${name} PROPERTIES LABELS compile_fail TIMEOUT 300)
endforeach()

# ---- the engine seen from outside --------------------------------------------------------------------

add_executable(strace_probe engine/strace_probe.cpp)
target_link_libraries(strace_probe PRIVATE asio-fs-extended)
asio_fs_own_code(strace_probe)
asio_fs_add_script(engine.strace engine 120 "${CMAKE_CURRENT_SOURCE_DIR}/engine/strace.sh" $<TARGET_FILE:strace_probe>)
asio_fs_add_script(engine.no_memlock engine 600 "${CMAKE_CURRENT_SOURCE_DIR}/engine/memlock.sh"
                   $<TARGET_FILE:test_engine>)

find_program(ASIO_FS_PYTHON python3)
mark_as_advanced(ASIO_FS_PYTHON)
if(ASIO_FS_PYTHON)
  # The compiled library knows nothing of handler tracking: this program brings its own.
  add_executable(tracking_probe engine/tracking_probe.cpp)
  target_include_directories(tracking_probe PRIVATE "${PROJECT_SOURCE_DIR}/include")
  target_link_libraries(tracking_probe PRIVATE Boost::headers Threads::Threads liburing::liburing)
  target_compile_definitions(tracking_probe PRIVATE BOOST_ASIO_HAS_IO_URING BOOST_ASIO_ENABLE_HANDLER_TRACKING)
  asio_fs_own_code(tracking_probe)
  asio_fs_add_script(engine.tracking engine 60 "${ASIO_FS_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/engine/tracking.py"
                     $<TARGET_FILE:tracking_probe>)
endif()

# ---- the three ways to use the library ---------------------------------------------------------------

# A sanitized build tree installs the same headers as any other: tested once is enough.
if(ASIO_FS_INSTALL AND NOT ASIO_FS_SANITIZE AND NOT ASIO_FS_COVERAGE)
  set(consume "${CMAKE_CURRENT_SOURCE_DIR}/consume/run.sh")
  set(scratch "${CMAKE_CURRENT_BINARY_DIR}/consume")
  set(consume_args "")
  if(ASIO_FS_SEPARATE_COMPILATION)
    string(APPEND consume_args "-DASIO_FS_SEPARATE_COMPILATION=ON -DBUILD_SHARED_LIBS=${BUILD_SHARED_LIBS}")
  endif()
  asio_fs_add_script(consume.install consume 60 "${consume}" install "${PROJECT_BINARY_DIR}" "${scratch}")
  asio_fs_add_script(consume.find_package consume 300 "${consume}" find_package "${scratch}")
  asio_fs_add_script(consume.pkg_config consume 300 "${consume}" pkg_config "${scratch}")
  asio_fs_add_script(consume.add_subdirectory consume 300 "${consume}" add_subdirectory "${PROJECT_SOURCE_DIR}"
                     "${scratch}")
  set_tests_properties(consume.install PROPERTIES FIXTURES_SETUP install_tree)
  set_tests_properties(consume.find_package consume.pkg_config PROPERTIES FIXTURES_REQUIRED install_tree)
  set_tests_properties(consume.find_package consume.pkg_config consume.add_subdirectory
                       PROPERTIES ENVIRONMENT "CXX=${CMAKE_CXX_COMPILER};ASIO_FS_CMAKE_ARGS=${consume_args}")
  # The recipe chooses the form of the library by itself, whatever this build tree has.
  if(ASIO_FS_PYTHON AND NOT ASIO_FS_SEPARATE_COMPILATION)
    foreach(form IN ITEMS header_only static shared)
      asio_fs_add_script(consume.conan_${form} consume 600 "${CMAKE_CURRENT_SOURCE_DIR}/consume/conan.sh"
                         "${PROJECT_SOURCE_DIR}" "${scratch}/conan" ${form})
      # The first one fetches Conan for all of them.
      set_tests_properties(consume.conan_${form} PROPERTIES ENVIRONMENT "CXX=${CMAKE_CXX_COMPILER}" RESOURCE_LOCK conan)
    endforeach()
  endif()
endif()

# ---- arsync: its command line, and whole trees on real file systems ----------------------------------

if(TARGET arsync AND ASIO_FS_PYTHON)
  asio_fs_add_script(arsync arsync 600 "${ASIO_FS_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/arsync/run.py"
                     $<TARGET_FILE:arsync>)
  set(fs_cases ext4 xfs btrfs untyped overlay tmpfs_to_ext4 ext4_to_xfs xfs_to_ext4)
  if(NOT ASIO_FS_SANITIZE)
    list(APPEND fs_cases usr)
  endif()
  foreach(case IN LISTS fs_cases)
    asio_fs_add_script(fs.${case} fs 900 "${ASIO_FS_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/filesystems/copy_tree.py"
                       $<TARGET_FILE:arsync> "${CMAKE_CURRENT_BINARY_DIR}/filesystems/${case}" ${case})
  endforeach()
endif()

# ---- the driver of the measurements, without measuring; what copies lose ------------------------------

if(ASIO_FS_PYTHON)
  asio_fs_add_script(perf perf 60 "${ASIO_FS_PYTHON}" -B "${PROJECT_SOURCE_DIR}/perf/test/run.py")
  if(TARGET arsync)
    asio_fs_add_script(fidelity perf 300 "${ASIO_FS_PYTHON}" -B "${PROJECT_SOURCE_DIR}/perf/fidelity.py"
                       $<TARGET_FILE:arsync> --check --file-systems ext4,tmpfs)
  endif()
endif()
