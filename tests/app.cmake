kaskad_test(app SOURCES app_test.cpp app_reports_test.cpp ROOMS app)
target_compile_definitions(app_test PRIVATE KASKAD_PROGRAM="$<TARGET_FILE:kaskad>")
add_dependencies(app_test kaskad)
