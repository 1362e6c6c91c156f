indelible_test(channels_practice
  SOURCES practice_world_test.cpp practice_server_test.cpp practice_channel_test.cpp
  LINK indelible_channels indelible_resources)
