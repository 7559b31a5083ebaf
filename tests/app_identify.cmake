kaskad_test(app_identify SOURCES app_identify_test.cpp ROOMS app PRIVATE nlohmann_json::nlohmann_json)
target_compile_definitions(app_identify_test PRIVATE KASKAD_PROGRAM="$<TARGET_FILE:kaskad>")
add_dependencies(app_identify_test kaskad)
