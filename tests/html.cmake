find_package(EXPAT REQUIRED)
kaskad_test(html SOURCES html_test.cpp ROOMS html template PRIVATE EXPAT::EXPAT)
