kaskad_test(demo
  SOURCES demo_test.cpp
  ROOMS   demo)
