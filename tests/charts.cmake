kaskad_test(charts
  SOURCES charts_test.cpp charts_random_test.cpp charts_golden_test.cpp
  ROOMS   base charts)
