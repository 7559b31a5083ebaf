kaskad_test(indicators SOURCES indicators_test.cpp indicators_tasks_test.cpp ROOMS indicators)
