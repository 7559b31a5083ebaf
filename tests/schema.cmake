kaskad_test(schema SOURCES schema_test.cpp ROOMS schema)
kaskad_test(report_data SOURCES report_data_test.cpp ROOMS app schema)
