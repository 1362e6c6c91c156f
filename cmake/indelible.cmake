# SPDX-License-Identifier: GPL-3.0-or-later
# Flags and helpers that every target of the project uses.

find_program(INDELIBLE_CCACHE ccache)
if(INDELIBLE_CCACHE)
  # Without the sloppiness ccache refuses every unit that uses a precompiled header; the other two let a fresh clone in
  # another folder use what was compiled before.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
      "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 ${INDELIBLE_CCACHE})
endif()

add_library(indelible_flags INTERFACE)
target_include_directories(indelible_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(indelible_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                       $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
  # Newer ones see uninitialised members in the unused half of an expected<> that is moved.
  target_compile_options(indelible_flags INTERFACE -Wno-maybe-uninitialized)
endif()
if(INDELIBLE_WERROR)
  target_compile_options(indelible_flags INTERFACE -Werror)
endif()
target_compile_definitions(indelible_flags INTERFACE
  QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400
  $<$<CONFIG:Release,RelWithDebInfo>:_GLIBCXX_ASSERTIONS>
  INDELIBLE_VERSION="${PROJECT_VERSION}")
if(INDELIBLE_SANITIZE)
  target_compile_options(indelible_flags INTERFACE -fsanitize=${INDELIBLE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # clang 14 cannot write the marks of this check in front of coroutines.
  target_compile_options(indelible_flags INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
  target_link_options(indelible_flags INTERFACE -fsanitize=${INDELIBLE_SANITIZE})
endif()

# indelible_pch(name HEADERS <QtCore/QtCore> … [LINK Qt6::Core …])   a precompiled header that targets share
function(indelible_pch name)
  cmake_parse_arguments(ARG "" "" "HEADERS;LINK" ${ARGN})
  set(source ${CMAKE_BINARY_DIR}/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "// Compiled only for its precompiled header.\n")
  add_library(${name} OBJECT ${source})
  set_target_properties(${name} PROPERTIES AUTOMOC OFF)
  target_link_libraries(${name} PRIVATE indelible_flags Qt6::Core ${ARG_LINK})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

# indelible_library(name SOURCES a.cpp … DEPENDS base domain … LINK Qt6::Core …)
# One static library a layer folder. DEPENDS names layers that exist already, so that cycles cannot be written down.
function(indelible_library name)
  cmake_parse_arguments(ARG "WIDGETS" "" "SOURCES;DEPENDS;LINK" ${ARGN})
  add_library(indelible_${name} STATIC ${ARG_SOURCES})
  add_library(indelible::${name} ALIAS indelible_${name})
  target_link_libraries(indelible_${name} PUBLIC indelible_flags Qt6::Core ${ARG_LINK})
  foreach(dependency IN LISTS ARG_DEPENDS)
    if(NOT TARGET indelible_${dependency})
      message(FATAL_ERROR "layer '${name}' depends on '${dependency}', which is not defined before it")
    endif()
    target_link_libraries(indelible_${name} PUBLIC indelible_${dependency})
  endforeach()
  if(ARG_WIDGETS)
    target_precompile_headers(indelible_${name} REUSE_FROM indelible_pch_widgets)
  else()
    target_precompile_headers(indelible_${name} REUSE_FROM indelible_pch_core)
  endif()
endfunction()

# indelible_test(name SOURCES … LINK … [LABELS unit])   one Catch2 executable a layer, each TEST_CASE one ctest test
function(indelible_test name)
  cmake_parse_arguments(ARG "WIDGETS;NO_DISCOVERY" "" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE indelible_test_support ${ARG_LINK})
  if(ARG_WIDGETS)
    target_link_libraries(test_${name} PRIVATE indelible_test_main_widgets Qt6::Test)
    target_precompile_headers(test_${name} REUSE_FROM indelible_pch_tests_widgets)
  else()
    target_link_libraries(test_${name} PRIVATE indelible_test_main_core Qt6::Test)
    target_precompile_headers(test_${name} REUSE_FROM indelible_pch_tests)
  endif()
  if(NOT ARG_NO_DISCOVERY)
    # A sanitizer takes up to fifteen times as long.
    set(limit 120)
    if(INDELIBLE_SANITIZE)
      set(limit 900)
    endif()
    catch_discover_tests(test_${name} TEST_PREFIX "${name}: " PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${limit})
  endif()
endfunction()
