// What holds for any claims, any choice of what is shown, any bytes that are altered and any statuses. Each seed is
// printed when it fails.
#include <gtest/gtest.h>

#include <random>

#include "codec/text.hpp"
#include "unit/credential/proof_world.hpp"

namespace abode::credential {
namespace {

using Dice = std::mt19937_64;

std::size_t below(Dice& dice, std::size_t limit) {
  return dice() % limit;
}

/// An issuer who hides anything anywhere, by chance, and a holder who shows some of it: makes the payload, the
/// disclosures that are shown, and what a verifier is to see.
class AnyIssuer {
 public:
  explicit AnyIssuer(std::uint64_t seed) : dice_(seed) {}

  /// `is_shown`: whether all that leads here is shown.
  std::pair<json::object, json::object> object(int depth, bool is_shown) {
    json::object issued;
    json::object seen;
    json::array digests;
    for (std::size_t i = below(dice_, 5); i > 0; --i) {
      std::string const name = "n" + std::to_string(i);
      bool const is_hidden = coin();
      bool const shows = is_shown && (!is_hidden || coin());
      auto const [value, visible] = any(depth, shows);
      if (is_hidden)
        digests.emplace_back(hide(json::array{salt(), name, value}, shows));
      else
        issued[name] = value;
      if (shows) seen[name] = visible;
    }
    while (below(dice_, 3) == 0) digests.emplace_back(digest_of(salt()));  // decoys
    if (!digests.empty() || coin()) issued["_sd"] = digests;
    return {issued, seen};
  }
  std::vector<std::string> shown() {
    std::ranges::shuffle(shown_, dice_);
    return shown_;
  }

 private:
  bool coin() { return below(dice_, 2) == 0; }
  std::string salt() { return "s" + std::to_string(dice_()); }

  std::pair<json::value, json::value> any(int depth, bool is_shown) {
    if (depth == 0 || below(dice_, 3) == 0) {
      json::value const leaf = coin() ? json::value(below(dice_, 100)) : json::value(salt());
      return {leaf, leaf};
    }
    if (coin()) return object(depth - 1, is_shown);
    json::array issued;
    json::array seen;
    for (std::size_t i = below(dice_, 4); i > 0; --i) {
      bool const is_hidden = coin();
      bool const shows = is_shown && (!is_hidden || coin());
      auto const [value, visible] = any(depth - 1, shows);
      issued.push_back(is_hidden ? json::object{{"...", hide(json::array{salt(), value}, shows)}} : value);
      if (shows) seen.push_back(visible);
    }
    return {issued, seen};
  }

  std::string hide(json::array const& content, bool shows) {
    std::string text = codec::to_base64url(base::as_bytes(json::serialize(content)));
    std::string digest = digest_of(text);
    if (shows) shown_.push_back(std::move(text));
    return digest;
  }

  Dice dice_;
  std::vector<std::string> shown_;
};

TEST(DisclosureProperty, WhatIsShownIsSeenAndNothingElse) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    AnyIssuer issuer{seed};
    auto const [payload, seen] = issuer.object(4, true);
    auto const shown = issuer.shown();
    if (shown.size() > max_disclosures) continue;
    auto const read = disclose(payload, shown);
    ASSERT_TRUE(read) << read.error().detail;
    ASSERT_EQ(read->all, seen) << json::serialize(payload);
    if (shown.empty()) continue;
    // Twice the same, or one that belongs nowhere, spoils all of it.
    auto more = shown;
    more.push_back(shown.front());
    EXPECT_FALSE(disclose(payload, more));
    more.back() = codec::to_base64url(base::as_bytes(json::serialize(json::array{"s", "of nothing", seed})));
    EXPECT_FALSE(disclose(payload, more));
  }
}

class ProofProperty : public ::testing::Test, protected test::ProofWorld {};

TEST_F(ProofProperty, OfWhichACharacterIsAlteredAreNeverValid) {
  auto made = lasting();
  made.holder_key = holder_key.public_key();
  std::string const good = signed_by_holder(issue(made));
  Verifier verifier{trust, lists(0)};
  ASSERT_EQ(verifier.verify(good, challenge, now).verdict, Verdict::valid);
  constexpr std::uint64_t seed = 20261127;
  Dice dice{seed};
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=";
  for (int round = 0; round < 2000; ++round) {
    std::string text = good;
    std::size_t const place = below(dice, text.size());
    char const letter = letters[below(dice, letters.size())];
    if (text[place] == letter) continue;
    text[place] = letter;
    ASSERT_NE(verifier.verify(text, challenge, now).verdict, Verdict::valid)
        << "seed " << seed << ": place " << place << " is " << letter;
    text = good;
    text.erase(place, 1);
    ASSERT_NE(verifier.verify(text, challenge, now).verdict, Verdict::valid)
        << "seed " << seed << ": place " << place << " is gone";
  }
}

TEST_F(ProofProperty, ShowAnyOfTheirClaimsByThemselves) {
  std::string const text = issue(proof());
  auto const parts = split_sd_jwt(text).value();
  Verifier verifier{trust, {}};
  constexpr std::uint64_t seed = 7;
  Dice dice{seed};
  for (int round = 0; round < 200; ++round) {
    std::set<std::string> names;
    for (auto const& texts : {proof().person, proof().address, proof().residence})
      for (auto const& [name, value] : texts)
        if (below(dice, 2) == 0) names.insert(name);
    auto const found = verifier.verify(show_only(text, names), std::nullopt, now);
    ASSERT_EQ(found.verdict, Verdict::valid) << found.why;
    std::set<std::string> seen;
    for (auto const& texts : {found.proof->person, found.proof->address, found.proof->residence})
      for (auto const& [name, value] : texts) seen.insert(name);
    ASSERT_EQ(seen, names) << "seed " << seed << ", round " << round;
  }
}

TEST(StatusListProperty, HoldsWhatWasSetLastAndIsReadAgain) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Dice dice{seed};
    unsigned const bits = 1U << below(dice, 4);
    std::size_t const entries = 1 + below(dice, 3000);
    StatusList list{bits, entries};
    std::vector<std::uint8_t> model(list.size());
    for (std::size_t i = below(dice, 2000); i > 0; --i) {
      std::size_t const index = below(dice, entries);
      auto const value = static_cast<std::uint8_t>(below(dice, std::size_t{1} << bits));
      list.set(index, value);
      model[index] = value;
    }
    auto const read = StatusList::decode(bits, list.encode()).value();
    ASSERT_EQ(read.size(), model.size());
    for (std::size_t i = 0; i < model.size(); ++i) ASSERT_EQ(read.at(i), model[i]) << i;
  }
}

}  // namespace
}  // namespace abode::credential
