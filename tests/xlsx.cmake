kaskad_test(xlsx SOURCES xlsx_test.cpp ROOMS xlsx)
