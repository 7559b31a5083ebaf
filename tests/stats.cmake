kaskad_test(stats
  SOURCES stats_test.cpp stats_authorities_test.cpp stats_regression_test.cpp stats_spread_test.cpp stats_multiplicity_test.cpp
  ROOMS   base stats
  PRIVATE Eigen3::Eigen)
