# What every channel keeps (contract/); the matrix of misbehaving servers takes minutes: label "contract", one test for
# each network, so that they run side by side.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(contract_networks bluesky feeds mail mastodon telegram)
indelible_test(channels_contract NO_DISCOVERY
  SOURCES contract/behaviours.cpp contract/bluesky_network.cpp contract/contract_test.cpp contract/feeds_network.cpp
    contract/mail_network.cpp contract/mastodon_network.cpp contract/matrix_test.cpp contract/network.cpp contract/rig.cpp bluesky_support.cpp
    contract/telegram_network.cpp mastodon_support.cpp telegram_support.cpp ../support/test_authority.cpp
  LINK OpenSSL::Crypto indelible_channels indelible_inbox indelible_outbox indelible_sync)
target_compile_definitions(test_channels_contract PRIVATE INDELIBLE_NETWORKS="$<JOIN:${contract_networks}, >")
catch_discover_tests(test_channels_contract TEST_SPEC "~[matrix]~[names]" TEST_PREFIX "channels_contract: "
                     PROPERTIES LABELS unit TIMEOUT 300)
foreach(network IN LISTS contract_networks)
  add_test(NAME "channels_contract: matrix of ${network}" COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/contract/matrix.py
             $<TARGET_FILE:test_channels_contract> ${network})
  set_tests_properties("channels_contract: matrix of ${network}" PROPERTIES LABELS contract TIMEOUT 1800)
endforeach()
