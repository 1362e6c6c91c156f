indelible_test(channels_mail
  SOURCES mail_attachment_test.cpp mail_bounce_test.cpp mail_channel_test.cpp mail_idle_test.cpp mail_oauth_test.cpp mail_parser_test.cpp mail_rules_test.cpp ../support/test_authority.cpp
  LINK indelible_channels OpenSSL::Crypto)
