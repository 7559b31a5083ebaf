kaskad_test(base SOURCES base_test.cpp ROOMS base)
