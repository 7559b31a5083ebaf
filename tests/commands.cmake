kaskad_test(commands
  SOURCES commands_project_test.cpp commands_plan_test.cpp commands_batch_test.cpp commands_template_test.cpp
  ROOMS   app
  PRIVATE nlohmann_json::nlohmann_json)
target_compile_definitions(commands_test PRIVATE KASKAD_PROGRAM="$<TARGET_FILE:kaskad>")
add_dependencies(commands_test kaskad)
