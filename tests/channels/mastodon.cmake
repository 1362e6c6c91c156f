indelible_test(channels_mastodon
  SOURCES loopback_redirect_test.cpp session_keeper_test.cpp mastodon_context_test.cpp mastodon_cursor_test.cpp mastodon_errors_test.cpp
    mastodon_fetch_test.cpp mastodon_listener_test.cpp mastodon_parser_test.cpp mastodon_post_test.cpp mastodon_send_test.cpp
    mastodon_session_test.cpp mastodon_sign_in_test.cpp mastodon_support.cpp mastodon_threads_test.cpp
  LINK indelible_channels)
