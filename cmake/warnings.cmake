# SPDX-License-Identifier: BSL-1.0
#
# Compiler settings for the project's own code. Nothing here reaches the programs that use the library.

set(ASIO_FS_WARNINGS
    -Wall
    -Wextra
    -Wpedantic
    -Wshadow
    -Wconversion
    -Wsign-conversion
    -Wnon-virtual-dtor
    -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Optimised, `"text" + std::string` is reported inside the standard library (GCC bug 105651).
  list(APPEND ASIO_FS_WARNINGS -Wno-restrict)
endif()
if(ASIO_FS_WERROR)
  list(APPEND ASIO_FS_WARNINGS -Werror)
endif()

set(ASIO_FS_SANITIZER_FLAGS "")
if(ASIO_FS_SANITIZE)
  set(ASIO_FS_SANITIZER_FLAGS -fsanitize=${ASIO_FS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # These are reported inside Boost once the sanitizers have changed what the optimiser sees: Asio's fences,
    # values that are set on every path that reads them, the memory of coroutine frames.
    list(APPEND ASIO_FS_WARNINGS -Wno-maybe-uninitialized -Wno-mismatched-new-delete)
    if(ASIO_FS_SANITIZE MATCHES "thread")
      list(APPEND ASIO_FS_WARNINGS -Wno-tsan)
    endif()
  endif()
endif()

set(ASIO_FS_COVERAGE_FLAGS "")
if(ASIO_FS_COVERAGE)
  # Several threads count the same lines.
  set(ASIO_FS_COVERAGE_FLAGS --coverage -fprofile-update=atomic)
endif()

# Settings for a program of the project: warnings, sanitizers, no compiler extensions.
function(asio_fs_own_code target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_options(${target} PRIVATE ${ASIO_FS_WARNINGS} ${ASIO_FS_SANITIZER_FLAGS} ${ASIO_FS_COVERAGE_FLAGS})
  target_link_options(${target} PRIVATE ${ASIO_FS_SANITIZER_FLAGS} ${ASIO_FS_COVERAGE_FLAGS})
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()

# Links a program with the C++ library inside: it starts in two thirds of the time, which counts for a command that may
# have next to nothing to do. Nothing else that it is linked with may need the shared one.
function(asio_fs_start_fast target)
  if(ASIO_FS_STATIC_RUNTIME)
    target_link_options(${target} PRIVATE -static-libstdc++ -static-libgcc -Wl,--as-needed)
  endif()
endfunction()
