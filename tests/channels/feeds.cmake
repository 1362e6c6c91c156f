indelible_test(channels_feeds
  SOURCES feeds_channel_test.cpp feeds_digest_test.cpp feeds_files_test.cpp feeds_items_test.cpp feeds_text_test.cpp
  LINK indelible_channels indelible_inbox)
target_compile_definitions(test_channels_feeds PRIVATE INDELIBLE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
