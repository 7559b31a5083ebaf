kaskad_test(indicators SOURCES indicators_test.cpp ROOMS indicators)
