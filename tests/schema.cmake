kaskad_test(schema SOURCES schema_test.cpp ROOMS schema)
