#include "log/proof.hpp"

#include <gtest/gtest.h>

#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using base::errc;
using reference::LogKey;

std::string const leaf = "leaf 41";  // as the reference tree makes it

LeafProof example(LogKey const& log) {
  reference::Tree const tree{70};
  Checkpoint const checkpoint{log.key.name(), 70, tree.edge().root(), {}};
  return {41,
          inclusion_proof(41, 70, tree.reader()).value(),
          parse_note(log.note_of(format_checkpoint(checkpoint))).value(),
          {}};
}

TEST(LeafProof, HasTheFormOfTheSpecification) {
  LogKey const log{1};
  auto proof = example(log);
  std::string const file = format_proof(proof);
  EXPECT_TRUE(file.starts_with("c2sp.org/tlog-proof@v1\nindex 41\n" + codec::to_base64(proof.hashes[0]) + "\n"))
      << file;
  EXPECT_TRUE(file.ends_with(codec::to_base64(proof.hashes.back()) + "\n\n" + format_note(proof.checkpoint))) << file;
  proof.extra = base::Bytes{1, 2, 3};
  EXPECT_TRUE(format_proof(proof).starts_with("c2sp.org/tlog-proof@v1\nextra AQID\nindex 41\n"));
}

TEST(LeafProof, GoesThereAndBackAndVerifies) {
  LogKey const log{1};
  auto proof = example(log);
  EXPECT_EQ(parse_proof(format_proof(proof)).value(), proof);
  EXPECT_EQ(verify_proof(proof, base::as_bytes(leaf), log.key).value().size, 70u);
  proof.extra = base::Bytes{};
  EXPECT_EQ(parse_proof(format_proof(proof)).value(), proof);
  proof.extra = base::Bytes(100, 9);
  EXPECT_EQ(parse_proof(format_proof(proof)).value(), proof);
  proof.hashes.clear();
  EXPECT_EQ(parse_proof(format_proof(proof)).value(), proof);
}

TEST(LeafProof, NamesWhatIsWrong) {
  LogKey const log{1};
  auto const proof = example(log);
  auto const field = [&](LeafProof const& changed) {
    return field_of(verify_proof(changed, base::as_bytes(leaf), log.key));
  };
  EXPECT_EQ(field_of(verify_proof(proof, base::as_bytes("leaf 42"), log.key)), "root");
  EXPECT_EQ(field_of(verify_proof(proof, base::as_bytes(leaf), LogKey{2}.key)), "key");
  auto changed = proof;
  changed.index = 70;
  EXPECT_EQ(field(changed), "index");
  changed = proof;
  changed.hashes.pop_back();
  EXPECT_EQ(field(changed), "proof");
  changed = proof;
  changed.checkpoint.text[20] ^= 1;
  EXPECT_EQ(field(changed), "signature");
}

TEST(LeafProof, WithAnyByteChangedIsRefused) {
  LogKey const log{1};
  std::string const file = format_proof(example(log));
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string changed = file;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    auto const proof = parse_proof(changed);
    EXPECT_FALSE(proof && verify_proof(*proof, base::as_bytes(leaf), log.key)) << "byte " << i;
  }
}

TEST(LeafProof, RefusesEveryOtherForm) {
  LogKey const log{1};
  auto const proof = example(log);
  std::string const file = format_proof(proof);
  std::string const note = format_note(proof.checkpoint);
  std::string const first = "c2sp.org/tlog-proof@v1\n";
  std::string const hash = codec::to_base64(proof.hashes[0]) + "\n";
  for (std::string const& bad :
       std::vector<std::string>{"",
                                first,
                                first + "index 41\n",
                                first + "index 41\n\n",
                                "c2sp.org/tlog-proof@v2" + file.substr(22),
                                " " + file,
                                first + "\n" + note,
                                first + "index\n\n" + note,
                                first + "index 041\n\n" + note,
                                first + "index -1\n\n" + note,
                                first + "index 1 \n\n" + note,
                                first + "index 1\n" + note,
                                first + "Index 1\n\n" + note,
                                first + "index 1\nextra AQID\n\n" + note,
                                first + "extra A\nindex 1\n\n" + note,
                                first + "extra AQID\n\n" + note,
                                first + "extra AQID\nextra AQID\nindex 1\n\n" + note,
                                first + "index 1\nAAAA\n\n" + note,
                                first + "index 1\n" + hash + "\n\n" + note.substr(0, note.size() - 1),
                                first + "index 1\n" + hash,
                                file + "\n"})
    EXPECT_EQ(code_of(parse_proof(bad)), errc::malformed) << bad;
  std::string many = first + "index 1\n";
  for (int i = 0; i < 65; ++i) many += hash;
  EXPECT_EQ(code_of(parse_proof(many + "\n" + note)), errc::too_large);
  EXPECT_EQ(code_of(parse_proof(std::string(2 * max_note_size_bytes + 1, 'a'))), errc::too_large);
}

}  // namespace
}  // namespace abode::log
