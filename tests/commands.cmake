kaskad_test(commands SOURCES commands_project_test.cpp commands_plan_test.cpp ROOMS app)
