kaskad_test(app SOURCES app_test.cpp app_reports_test.cpp app_words_test.cpp app_bundle_test.cpp ROOMS app PRIVATE nlohmann_json::nlohmann_json)
target_compile_definitions(app_test PRIVATE KASKAD_PROGRAM="$<TARGET_FILE:kaskad>")
add_dependencies(app_test kaskad)
