#include "log/trust_policy.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "log/internal/text.hpp"

namespace abode::log {

using base::errc;
using base::result;

namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view blanks = " \t";
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(blanks); at != std::string_view::npos;
       at = line.find_first_not_of(blanks, at)) {
    std::size_t const end = std::min(line.find_first_of(blanks, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_allowed(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte == '\t' || byte == '\n' || (byte >= 0x20 && byte != 0x7f);
}

}  // namespace

/// Reads a policy line by line; each function takes the words of one line.
class PolicyReader {
 public:
  using Words = std::vector<std::string_view>;

  result<TrustPolicy> read(std::string_view text) {
    if (text.size() > max_policy_size_bytes) return fail("The policy file is too large.", errc::too_large);
    while (!text.empty()) {
      ++line_;
      auto const line = internal::take_line(text);
      if (!line) return fail("has no newline at its end. Copy the file again, whole.", errc::malformed);
      if (!std::all_of(line->begin(), line->end(), is_allowed))
        return fail("holds a control character. Write the line anew.", errc::malformed);
      auto const words = words_of(*line);
      if (words.empty() || words.front().starts_with('#')) continue;
      if (auto const taken = take(words); !taken) return taken.error();
    }
    if (!has_quorum_)
      return base::fail(errc::invalid, "The policy has no quorum. Add a line \"quorum NAME\" or \"quorum none\".",
                        "quorum");
    return std::move(policy_);
  }

 private:
  result<void> take(Words const& words) {
    if (++count_ > max_policy_lines) return fail("is one line too many for a policy.", errc::too_large);
    if (words[0] == "log") return take_log(words);
    if (words[0] == "witness") return take_witness(words);
    if (words[0] == "group") return take_group(words);
    if (words[0] == "quorum") return take_quorum(words);
    return fail("begins with \"" + std::string{words[0]} + "\". It must be log, witness, group, quorum or a comment.");
  }

  result<void> take_log(Words const& words) {
    if (words.size() != 2 && words.size() != 3) return fail("must be: log KEY [URL].");
    auto key = key_in(words[1], SignatureType::ed25519, "a log");
    if (!key) return key.error();
    policy_.logs_.push_back({{}, std::move(*key), url_in(words, 2)});
    return {};
  }

  result<void> take_witness(Words const& words) {
    if (words.size() != 3 && words.size() != 4) return fail("must be: witness NAME KEY [URL].");
    auto key = key_in(words[2], SignatureType::cosignature_v1, "a witness");
    if (!key) return key.error();
    if (auto const named = name(words[1], {false, policy_.witnesses_.size()}); !named) return named;
    policy_.witnesses_.push_back({std::string{words[1]}, std::move(*key), url_in(words, 3)});
    return {};
  }

  result<void> take_group(Words const& words) {
    if (words.size() < 4) return fail("must be: group NAME all|any|NUMBER MEMBER...");
    TrustPolicy::Group group;
    for (std::string_view const member : Words{words.begin() + 3, words.end()}) {
      auto const known = names_.find(member);
      if (known == names_.end()) return fail("names \"" + std::string{member} + "\", which no line before it defines.");
      if (!grouped_.insert(known->first).second)
        return fail("names \"" + std::string{member} + "\", which is in a group already. A member counts once.");
      group.members.push_back(known->second);
    }
    auto const threshold = threshold_in(words[2], group.members.size());
    if (!threshold)
      return fail("needs all, any or a number from 1 to the number of its members, not \"" + std::string{words[2]} +
                  "\".");
    group.threshold = *threshold;
    if (auto const named = name(words[1], {true, policy_.groups_.size()}); !named) return named;
    policy_.groups_.push_back(std::move(group));
    return {};
  }

  result<void> take_quorum(Words const& words) {
    if (words.size() != 2) return fail("must be: quorum NAME, or: quorum none.");
    if (has_quorum_) return fail("is a second quorum. Keep one.");
    has_quorum_ = true;
    if (words[1] == "none") return {};
    auto const known = names_.find(words[1]);
    if (known == names_.end()) return fail("names \"" + std::string{words[1]} + "\", which no line before it defines.");
    policy_.quorum_ = known->second;
    return {};
  }

  static std::optional<std::size_t> threshold_in(std::string_view word, std::size_t members) {
    if (word == "all") return members;
    if (word == "any") return 1;
    auto const number = internal::parse_decimal(word);
    if (!number || *number < 1 || *number > members) return std::nullopt;
    return static_cast<std::size_t>(*number);
  }

  static std::optional<std::string> url_in(Words const& words, std::size_t place) {
    return words.size() > place ? std::optional{std::string{words[place]}} : std::nullopt;
  }

  result<VerifierKey> key_in(std::string_view word, SignatureType type, char const* of) {
    auto key = VerifierKey::parse(word);
    if (!key) return fail("has no key that can be used. " + key.error().detail);
    if (key->type() != type) return fail(std::string{"has a key of a type that is not one of "} + of + ".");
    if (!keys_.insert(key->public_key()).second) return fail("has a key that stands in the file already.");
    return std::move(*key);
  }

  result<void> name(std::string_view word, TrustPolicy::Member member) {
    if (word == "none") return fail("may not use the name \"none\".");
    if (!names_.emplace(word, member).second) return fail("uses the name \"" + std::string{word} + "\" a second time.");
    return {};
  }

  base::Error fail(std::string const& what, errc code = errc::invalid) const {
    return base::fail(code, "Line " + std::to_string(line_) + " of the policy " + what);
  }

  TrustPolicy policy_;
  std::map<std::string, TrustPolicy::Member, std::less<>> names_;
  std::set<std::string> grouped_;
  std::set<base::Bytes> keys_;
  std::size_t line_ = 0;
  std::size_t count_ = 0;
  bool has_quorum_ = false;
};

result<TrustPolicy> TrustPolicy::parse(std::string_view text) {
  return PolicyReader{}.read(text);
}

TrustedKey const* TrustPolicy::log(std::string_view origin) const {
  auto const known =
      std::find_if(logs_.begin(), logs_.end(), [&](TrustedKey const& log) { return log.key.name() == origin; });
  return known == logs_.end() ? nullptr : &*known;
}

bool TrustPolicy::has_cosigned(Member const& member, std::span<VerifierKey const> cosigners) const {
  if (!member.group)
    return std::find(cosigners.begin(), cosigners.end(), witnesses_[member.place].key) != cosigners.end();
  Group const& group = groups_[member.place];
  auto const have = std::count_if(group.members.begin(), group.members.end(),
                                  [&](Member const& inner) { return has_cosigned(inner, cosigners); });
  return static_cast<std::size_t>(have) >= group.threshold;
}

bool TrustPolicy::quorum(std::span<VerifierKey const> cosigners) const {
  return !quorum_ || has_cosigned(*quorum_, cosigners);
}

result<Cosigned> verify_cosigned(SignedNote const& note, TrustPolicy const& policy) {
  auto const text = parse_checkpoint(note.text);
  if (!text) return text.error();
  TrustedKey const* const log = policy.log(text->origin);
  if (log == nullptr)
    return base::fail(errc::invalid, "The policy does not know the log " + text->origin + ".", "origin");
  auto checkpoint = verify_checkpoint(note, log->key);
  if (!checkpoint) return checkpoint.error();
  Cosigned out{std::move(*checkpoint), {}};
  for (TrustedKey const& witness : policy.witnesses()) {
    auto const line = std::find_if(note.signatures.begin(), note.signatures.end(), [&](NoteSignature const& candidate) {
      return candidate.name == witness.key.name() && candidate.key_id == witness.key.id();
    });
    if (line == note.signatures.end()) continue;
    if (auto const good = verify_note(note, {&witness.key, 1}); !good) return good.error();
    out.cosigners.push_back(witness.key);
    base::Time const seen = time_of_cosignature(*line);
    out.seen_at = std::min(out.seen_at.value_or(seen), seen);
  }
  out.quorum = policy.quorum(out.cosigners);
  return out;
}

}  // namespace abode::log
