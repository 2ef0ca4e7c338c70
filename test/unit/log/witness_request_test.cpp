#include "log/witness_request.hpp"

#include <gtest/gtest.h>

#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::errc;

TEST(WitnessRequest, GoesThereAndBack) {
  for (std::size_t hashes : {0u, 1u, 2u, 63u}) {
    WitnessRequest const request{hashes * 1000, reference::leaf_hashes(hashes), "log\n1\nroot\n\n\u2014 log AAAA\n"};
    auto const read = parse_witness_request(format_witness_request(request));
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, request);
  }
}

TEST(WitnessRequest, OfTheSpecificationIsRead) {
  auto const read = parse_witness_request(
      "old 20852014\n"
      "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
      "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
      "\n"
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->old_size, 20852014u);
  EXPECT_EQ(read->proof.size(), 2u);
  EXPECT_TRUE(read->checkpoint.starts_with("example.com/behind-the-sofa\n20852163\n"));
}

TEST(WitnessRequest, OfAnotherFormIsRefused) {
  std::string const hash = codec::to_base64(reference::nth_leaf_hash(1));
  std::string many = "old 1\n";
  for (int i = 0; i < 64; ++i) many += hash + "\n";
  for (std::string const& body :
       {std::string{}, std::string{"old 1"}, std::string{"old 1\n"}, "old 1\n" + hash + "\n", std::string{"old\n\nx"},
        std::string{"old 01\n\nx"}, std::string{"old -1\n\nx"}, std::string{"old +1\n\nx"}, std::string{"old  1\n\nx"},
        std::string{"old 1 \n\nx"}, std::string{"Old 1\n\nx"}, std::string{"old 18446744073709551616\n\nx"},
        std::string{"old 1\r\n\r\nx"}, "old 1\n" + hash + "=\n\nx", "old 1\n" + hash.substr(1) + "\n\nx",
        std::string{"old 1\nAAAA\n\nx"}, std::string{"\nold 1\n\nx"}, many + "\nx"})
    EXPECT_EQ(code_of(parse_witness_request(body)), errc::malformed) << body;
  EXPECT_TRUE(parse_witness_request("old 18446744073709551615\n\nx"));
}

}  // namespace
}  // namespace abode::log
