kaskad_test(plausibility SOURCES plausibility_test.cpp ROOMS indicators)
