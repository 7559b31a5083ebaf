kaskad_test(values SOURCES values_test.cpp ROOMS values)
