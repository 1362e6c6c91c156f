# What every channel keeps (contract/); the matrix of misbehaving servers takes minutes: label "contract".
indelible_test(channels_contract NO_DISCOVERY
  SOURCES contract/behaviours.cpp contract/bluesky_network.cpp contract/contract_test.cpp contract/feeds_network.cpp contract/mail_network.cpp contract/matrix_test.cpp
    contract/network.cpp contract/rig.cpp bluesky_support.cpp
  LINK indelible_channels indelible_inbox indelible_outbox indelible_sync)
catch_discover_tests(test_channels_contract TEST_SPEC "~[matrix]" TEST_PREFIX "channels_contract: "
                     PROPERTIES LABELS unit TIMEOUT 300)
catch_discover_tests(test_channels_contract TEST_SPEC "[matrix]" TEST_PREFIX "channels_contract: " TEST_LIST matrix_tests
                     PROPERTIES LABELS contract TIMEOUT 1200)
