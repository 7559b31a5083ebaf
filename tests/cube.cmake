kaskad_test(cube SOURCES cube_test.cpp ROOMS cube)
