kaskad_test(app_waves SOURCES app_waves_test.cpp ROOMS app)
