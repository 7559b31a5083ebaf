kaskad_test(identify SOURCES identify_low_test.cpp identify_index_test.cpp ROOMS identify)
