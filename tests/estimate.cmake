kaskad_test(estimate SOURCES estimate_test.cpp estimate_regression_test.cpp estimate_power_test.cpp estimate_degenerate_test.cpp ROOMS estimate PRIVATE nlohmann_json::nlohmann_json)
kaskad_test(estimate_mixed SOURCES estimate_mixed_test.cpp ROOMS estimate PRIVATE nlohmann_json::nlohmann_json)
kaskad_test(estimate_did SOURCES estimate_did_test.cpp ROOMS estimate PRIVATE nlohmann_json::nlohmann_json)
kaskad_test(estimate_groups SOURCES estimate_groups_test.cpp ROOMS estimate PRIVATE nlohmann_json::nlohmann_json)
