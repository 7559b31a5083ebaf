kaskad_test(house
  SOURCES house_test.cpp house_texts_test.cpp
  ROOMS   base)
