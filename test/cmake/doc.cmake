# SPDX-License-Identifier: BSL-1.0
#
# The code that the pages show is compiled and run, and the pages show that code and no other.

set(guide "${PROJECT_SOURCE_DIR}/doc/guide")
asio_fs_add_test(guide REFUSED SOURCES "${guide}/snippets/guide.cpp" "${guide}/snippets/migration.cpp"
               "${guide}/snippets/reference.cpp")

foreach(program IN ITEMS quick_start readme)
  add_executable(guide_${program} "${guide}/snippets/${program}.cpp")
  target_link_libraries(guide_${program} PRIVATE asio-fs-extended)
  asio_fs_own_code(guide_${program})
endforeach()
asio_fs_add_script(doc.quick_start doc 60 $<TARGET_FILE:guide_quick_start> "${guide}")
set_tests_properties(doc.quick_start PROPERTIES PASS_REGULAR_EXPRESSION "[0-9]+\tquick-start\\.md\n")

if(ASIO_FS_PYTHON)
  asio_fs_add_script(doc.pages doc 60 "${ASIO_FS_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/doc/check_pages.py")
  if(ASIO_FS_DOXYFILE)
    asio_fs_add_script(doc.reference doc 120 "${ASIO_FS_PYTHON}" -B "${CMAKE_CURRENT_SOURCE_DIR}/doc/reference.py"
                       "${ASIO_FS_DOXYFILE}" "${ASIO_FS_REFERENCE_DIR}")
  endif()
endif()
