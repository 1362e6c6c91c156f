indelible_test(ui_kit WIDGETS
  SOURCES kit_theme_test.cpp kit_words_test.cpp kit_thread_list_model_test.cpp kit_conversation_model_test.cpp
          kit_record_test.cpp kit_thread_list_view_test.cpp kit_message_list_view_test.cpp kit_widgets_test.cpp kit_samples.cpp
  LINK indelible_ui indelible_resources)

# Paints the parts of the window into PNG files, to be looked at beside the design: ui_kit_gallery FOLDER
add_executable(ui_kit_gallery kit_gallery_main.cpp kit_samples.cpp)
target_link_libraries(ui_kit_gallery PRIVATE indelible_ui indelible_resources indelible_test_support)
target_precompile_headers(ui_kit_gallery REUSE_FROM indelible_pch_tests_widgets)
