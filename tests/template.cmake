kaskad_test(template SOURCES template_test.cpp template_check_test.cpp ROOMS template schema)
