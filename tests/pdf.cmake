kaskad_test(pdf SOURCES pdf_test.cpp pdf_merge_test.cpp pdf_pages_test.cpp pdf_parts_test.cpp pdf_samples.cpp pdf_tools.cpp ROOMS pdf)
