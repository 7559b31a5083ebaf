kaskad_bench(pdf SOURCES pdf_bench.cpp ${PROJECT_SOURCE_DIR}/tests/pdf_samples.cpp ROOMS pdf)
