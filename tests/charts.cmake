kaskad_test(charts
  SOURCES charts_test.cpp charts_kinds_test.cpp charts_random_test.cpp charts_golden_test.cpp charts_svg_test.cpp
          charts_samples.cpp
  ROOMS   base charts)
kaskad_test(charts_block
  SOURCES charts_block_test.cpp
  ROOMS   template)
