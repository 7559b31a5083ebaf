kaskad_test(
    charts SOURCES charts_test.cpp charts_random_test.cpp charts_golden_test.cpp charts_samples.cpp ROOMS base charts)
