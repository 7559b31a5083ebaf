kaskad_test(template SOURCES template_test.cpp ROOMS template)
