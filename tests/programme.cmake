kaskad_test(programme_irkutsk SOURCES programme_irkutsk_test.cpp ROOMS app)
kaskad_test(programme_offices SOURCES programme_offices_test.cpp programme_broken_test.cpp ROOMS app)
