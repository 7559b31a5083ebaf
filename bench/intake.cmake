# Not a loop of Google Benchmark: one reading a process, so that its peak of memory is its own.
add_executable(kaskad_intake_bench intake_bench.cpp)
target_link_libraries(kaskad_intake_bench PRIVATE kaskad_intake fmt::fmt)
kaskad_warnings(kaskad_intake_bench)
add_executable(kaskad_cube_bench cube_bench.cpp)
target_link_libraries(kaskad_cube_bench PRIVATE kaskad_cube fmt::fmt)
kaskad_warnings(kaskad_cube_bench)
