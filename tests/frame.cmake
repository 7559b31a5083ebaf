kaskad_test(frame SOURCES frame_test.cpp ROOMS frame formula)
