kaskad_test(intake SOURCES intake_parts_test.cpp intake_good_test.cpp intake_defects_test.cpp intake_robust_test.cpp intake_layouts_test.cpp intake_identity_test.cpp
  intake_region_test.cpp intake_tables.cpp intake_files_test.cpp intake_programme_test.cpp
  ROOMS intake PRIVATE fmt::fmt)
