# The main window: the real one, on a practice workspace in a folder of its own, driven by the keyboard.
indelible_test(ui_window WIDGETS
  SOURCES window_fixture.cpp window_reading_test.cpp window_answering_test.cpp window_cases_test.cpp window_layout_test.cpp
          window_parts_test.cpp window_accounts_test.cpp window_coverage_test.cpp window_record_test.cpp window_proofs_test.cpp window_anchors_test.cpp
          window_attachments_test.cpp window_seal_test.cpp
  LINK indelible_ui indelible_session indelible_resources)
target_compile_definitions(test_ui_window PRIVATE TIME_SERVER="${CMAKE_SOURCE_DIR}/tests/cli/time_server.py")
