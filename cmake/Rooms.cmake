# kaskad_room(NAME SOURCES … [ROOMS …] [PUBLIC …] [PRIVATE …]): a room of the house as a static library with explicit
# dependencies. ROOMS are other rooms; PRIVATE libraries do not appear in the room's headers.
function(kaskad_room name)
  cmake_parse_arguments(room "" "" "SOURCES;ROOMS;PUBLIC;PRIVATE" ${ARGN})
  add_library(kaskad_${name} STATIC ${room_SOURCES})
  target_include_directories(kaskad_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  list(TRANSFORM room_ROOMS PREPEND kaskad_)
  target_link_libraries(kaskad_${name} PUBLIC ${room_ROOMS} ${room_PUBLIC} PRIVATE ${room_PRIVATE})
  kaskad_warnings(kaskad_${name})
endfunction()

# -Wno-restrict: GCC 12 warns of copies within std::string that cannot happen (its bug 105651).
function(kaskad_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
    -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wno-restrict -ffp-contract=off)
  if(KASKAD_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# kaskad_test(NAME SOURCES … ROOMS …): one GoogleTest program a room; its working folder is the source tree, for fixtures.
function(kaskad_test name)
  cmake_parse_arguments(test "" "" "SOURCES;ROOMS;PRIVATE" ${ARGN})
  add_executable(${name}_test ${test_SOURCES})
  list(TRANSFORM test_ROOMS PREPEND kaskad_)
  target_link_libraries(${name}_test PRIVATE ${test_ROOMS} ${test_PRIVATE} GTest::gtest GTest::gmock GTest::gtest_main)
  kaskad_warnings(${name}_test)
  add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endfunction()
