indelible_test(channels_bluesky
  SOURCES bluesky_chat_test.cpp bluesky_context_test.cpp bluesky_cursor_test.cpp bluesky_errors_test.cpp
    bluesky_facets_test.cpp bluesky_fetch_test.cpp bluesky_messages_test.cpp bluesky_parser_test.cpp
    bluesky_post_test.cpp bluesky_send_test.cpp bluesky_session_test.cpp bluesky_sign_in_test.cpp bluesky_support.cpp
    bluesky_tid_test.cpp
  LINK indelible_channels)
