indelible_test(channels_telegram
  SOURCES telegram_channel_test.cpp telegram_cursor_test.cpp telegram_errors_test.cpp telegram_listener_test.cpp telegram_parser_test.cpp
    telegram_send_test.cpp telegram_support.cpp
  LINK indelible_channels)
