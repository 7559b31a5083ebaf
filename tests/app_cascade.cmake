kaskad_test(app_cascade SOURCES app_cascade_test.cpp ROOMS app)
