kaskad_test(estimate SOURCES estimate_test.cpp ROOMS estimate PRIVATE nlohmann_json::nlohmann_json)
