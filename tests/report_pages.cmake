kaskad_test(report_pages
  SOURCES report_pages_test.cpp pdf_structure.cpp pdf_tools.cpp
  ROOMS   pdf
  PRIVATE qpdf::libqpdf)
target_compile_definitions(report_pages_test PRIVATE POINTERHOLDER_TRANSITION=4 KASKAD_PROGRAM="$<TARGET_FILE:kaskad>")
add_dependencies(report_pages_test kaskad)
