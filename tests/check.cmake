kaskad_test(plausibility SOURCES plausibility_test.cpp ROOMS indicators)
kaskad_test(check SOURCES check_test.cpp check_books_test.cpp ROOMS app PRIVATE nlohmann_json::nlohmann_json)
target_compile_definitions(check_test PRIVATE KASKAD_PROGRAM="$<TARGET_FILE:kaskad>")
add_dependencies(check_test kaskad)
