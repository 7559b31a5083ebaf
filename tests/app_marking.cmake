kaskad_test(app_marking SOURCES app_marking_test.cpp app_propose_test.cpp ROOMS app demo intake PRIVATE nlohmann_json::nlohmann_json)
kaskad_test(app_ranks SOURCES app_ranks_test.cpp ROOMS app)
