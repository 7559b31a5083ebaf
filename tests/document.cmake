kaskad_test(document SOURCES document_test.cpp ROOMS document)
