kaskad_test(document SOURCES document_test.cpp document_typography_test.cpp ROOMS document)
