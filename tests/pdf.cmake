find_package(qpdf 11 REQUIRED)
kaskad_test(pdf
  SOURCES pdf_test.cpp pdf_layout_test.cpp pdf_merge_test.cpp pdf_pages_test.cpp pdf_parts_test.cpp pdf_content_test.cpp
          pdf_structure_test.cpp pdf_samples.cpp pdf_structure.cpp pdf_tools.cpp
  ROOMS   pdf
  PRIVATE qpdf::libqpdf PkgConfig::HARFBUZZ)
target_compile_definitions(pdf_test PRIVATE POINTERHOLDER_TRANSITION=4)
