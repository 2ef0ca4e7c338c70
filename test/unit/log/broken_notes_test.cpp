// Notes under two kinds of signature, a log's (01) and a witness's (04), and every way in which somebody may break
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

#include "unit/log/outcome.hpp"
#include "unit/log/reference.hpp"

namespace abode::log {
namespace {

using reference::LogKey;
using reference::WitnessKey;

constexpr std::uint64_t seen_at = 1'700'000'000;
constexpr std::uint64_t last_second = 253'402'300'799;  // of the year 9999

std::string const text = "abode.example/log\n7\n" + std::string(43, 'A') + "=\n";

base::Bytes big_endian(std::uint64_t number) {
  base::Bytes out;
  for (unsigned shift = 64; shift > 0;) out.push_back(static_cast<std::uint8_t>(number >> (shift -= 8)));
  return out;
}

base::Bytes joined(base::Bytes first, base::ByteView second) {
  base::append(first, second);
  return first;
}

base::Bytes cut(base::Bytes bytes, std::size_t size) {
  bytes.resize(size);
  return bytes;
}

base::Bytes flipped(base::Bytes bytes, std::size_t at) {
  bytes.at(at) ^= 1;
  return bytes;
}

/// Signs as tlog-cosignature says, also at times that ours would never write.
base::Bytes cosigned_at(std::uint64_t seconds, WitnessKey const& witness, std::string const& what = text) {
  std::string const message = "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + what;
  return joined(big_endian(seconds), witness.secret.sign(base::as_bytes(message)));
}

LogKey const& log_key() {
  static LogKey const key{1};
  return key;
}
WitnessKey const& witness_key() {
  static WitnessKey const key{2};
  return key;
}

std::string good_log_line() {
  return log_key().line_under(text);
}
std::string good_witness_line() {
  return signature_line(witness_key().key, cosigned_at(seen_at, witness_key()));
}

std::string strangers(std::size_t count, std::size_t first = 0) {
  std::string lines;
  for (std::size_t i = first; i < first + count; ++i)
    lines += LogKey{static_cast<std::uint8_t>(100 + i), "stranger.example/" + std::to_string(i)}.line_under(text);
  return lines;
}

/// What comes of a note for somebody who trusts `trusted`: "accepted", "malformed", or the field of the refusal.
std::string verdict(std::string const& note, std::vector<VerifierKey> const& trusted) {
  auto const parsed = parse_note(note);
  if (!parsed) return std::string{base::name_of(parsed.error().code)};
  return field_of(verify_note(*parsed, trusted));
}

struct Case {
  std::string how;
  std::string note;
  std::string verdict;
};

void expect_verdicts(std::vector<Case> const& cases, std::vector<VerifierKey> const& trusted) {
  std::set<std::string> names;
  std::set<std::string> notes;
  for (Case const& one : cases) {
    EXPECT_TRUE(names.insert(one.how).second) << "twice: " << one.how;
    EXPECT_TRUE(notes.insert(one.note).second) << "the same as another: " << one.how;
    EXPECT_EQ(verdict(one.note, trusted), one.verdict) << one.how;
  }
}

/// Ways that are the same for both kinds of signature. `line` is good, and `sign` makes a line of a signature that need
/// not be.
template <class Sign>
std::vector<Case> cases_of_any_kind(std::string const& line, base::Bytes const& signature, Sign sign) {
  std::string const head = text + "\n";
  std::string renamed = line;
  renamed.replace(renamed.find(' ') + 1, 1, "A");  // only its name: the key id stays
  std::vector<Case> cases{
      {"good", head + line, "accepted"},
      {"twice", head + line + line, "accepted"},
      {"our key id under another name", head + renamed, "key"},
      {"good, then bad by the same key", head + line + sign(flipped(signature, 20)), "signature"},
      {"bad, then good by the same key", head + sign(flipped(signature, 20)) + line, "signature"},
      {"bad among strangers", head + strangers(3) + sign(flipped(signature, 20)) + strangers(3, 3), "signature"},
      {"all zero", head + sign(base::Bytes(signature.size())), "signature"},
      {"empty", head + sign({}), "malformed"},
      {"a byte longer", head + sign(joined(signature, base::Bytes{0})), "signature"},
      {"twice as long", head + sign(joined(signature, signature)), "signature"},
      {"17 signatures, ours last", head + strangers(16) + line, "accepted"},
      {"17 signatures, ours first", head + line + strangers(16), "accepted"},
      {"17 signatures, ours amid", head + strangers(8) + line + strangers(8, 8), "accepted"},
      {"17 signatures, ours bad", head + strangers(16) + sign(flipped(signature, 20)), "signature"},
      {"17 signatures, none ours", head + strangers(17), "key"},
      {"without the blank line", text + line, "malformed"},
      {"without the last newline", head + line.substr(0, line.size() - 1), "malformed"},
      {"without the last newline of the text", text.substr(0, text.size() - 1) + line, "malformed"},
      {"with a carriage return", head + line.substr(0, line.size() - 1) + "\r\n", "malformed"},
      {"with a newline more at the end", head + line + "\n", "malformed"},
      {"with a newline more in the text", text + "\n\n" + line, "signature"},
      {"with a line more in the text", text + "x\n\n" + line, "signature"},
      {"with a line less in the text", text.substr(text.find('\n') + 1) + "\n" + line, "signature"}};
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'B' ? 'C' : 'B';
    cases.push_back({"character " + std::to_string(i) + " changed", changed + "\n" + line, "signature"});
  }
  for (std::size_t size = 1; size < signature.size(); ++size)
    cases.push_back({"cut to " + std::to_string(size) + " bytes", head + sign(cut(signature, size)), "signature"});
  for (std::size_t at = 0; at < signature.size(); ++at)
    cases.push_back({"byte " + std::to_string(at) + " flipped", head + sign(flipped(signature, at)), "signature"});
  return cases;
}

TEST(BrokenNote, OfALogIsRefusedInEachWay) {
  auto const signature = log_key().secret.sign(base::as_bytes(text));
  auto const sign = [](base::ByteView any) { return signature_line(log_key().key, any); };
  auto cases = cases_of_any_kind(good_log_line(), signature, sign);
  std::string const head = text + "\n";
  cases.push_back({"another's name", head + LogKey{1, "other.example"}.line_under(text), "key"});
  cases.push_back({"another's key", head + LogKey{9}.line_under(text), "key"});
  cases.push_back({"another's signature under our name and id",
                   head + sign(LogKey{9}.secret.sign(base::as_bytes(text))), "signature"});
  cases.push_back({"of another text", head + log_key().line_under("hello\n"), "signature"});
  cases.push_back({"of the text and the blank line", head + log_key().line_under(head), "signature"});
  cases.push_back(
      {"of the text less its newline", head + log_key().line_under(text.substr(0, text.size() - 1)), "signature"});
  cases.push_back({"a cosignature instead", head + sign(cosigned_at(seen_at, WitnessKey{1})), "signature"});
  cases.push_back({"the bare signature of a cosignature",
                   head + sign(log_key().secret.sign(cosignature_message(base::Time{}, text))), "signature"});
  expect_verdicts(cases, {log_key().key});
  EXPECT_EQ(cases.size(), 222u);
}

TEST(BrokenNote, OfAWitnessIsRefusedInEachWay) {
  auto const signature = cosigned_at(seen_at, witness_key());
  auto const sign = [](base::ByteView any) { return signature_line(witness_key().key, any); };
  auto cases = cases_of_any_kind(good_witness_line(), signature, sign);
  std::string const head = text + "\n";
  base::Bytes const bare{signature.begin() + 8, signature.end()};
  for (std::uint64_t time : {seen_at - 1, seen_at + 2, std::uint64_t{0}, seen_at + (std::uint64_t{2} << 32),
                             last_second, last_second + 1, std::numeric_limits<std::uint64_t>::max()})
    cases.push_back(
        {"with its time changed to " + std::to_string(time), head + sign(joined(big_endian(time), bare)), "signature"});
  for (std::uint64_t time : {std::uint64_t{0}, seen_at + 1, last_second})
    cases.push_back(
        {"good at time " + std::to_string(time), head + sign(cosigned_at(time, witness_key())), "accepted"});
  for (std::uint64_t time : {last_second + 1, (std::uint64_t{1} << 63) - 1, std::uint64_t{1} << 63,
                             std::numeric_limits<std::uint64_t>::max()})
    cases.push_back({"well signed at time " + std::to_string(time) + ", over the limit",
                     head + sign(cosigned_at(time, witness_key())), "signature"});
  auto backwards = signature;
  std::reverse(backwards.begin(), backwards.begin() + 8);
  cases.push_back({"with its time little-endian", head + sign(backwards), "signature"});
  cases.push_back({"with its time at the end", head + sign(joined(bare, big_endian(seen_at))), "signature"});
  cases.push_back({"without its time", head + sign(bare), "signature"});
  cases.push_back({"of the text alone, with a time",
                   head + sign(joined(big_endian(seen_at), witness_key().secret.sign(base::as_bytes(text)))),
                   "signature"});
  cases.push_back({"of the text alone", head + sign(witness_key().secret.sign(base::as_bytes(text))), "signature"});
  cases.push_back({"another's name", head + signature_line(WitnessKey{2, "other.example"}.key, signature), "key"});
  cases.push_back(
      {"another's key", head + signature_line(WitnessKey{9}.key, cosigned_at(seen_at, WitnessKey{9})), "key"});
  cases.push_back(
      {"another's signature under our name and id", head + sign(cosigned_at(seen_at, WitnessKey{9})), "signature"});
  cases.push_back({"of another text", head + sign(cosigned_at(seen_at, witness_key(), "hello\n")), "signature"});
  cases.push_back({"by the same secret as a log", head + LogKey{2, "witness.example/w1"}.line_under(text), "key"});
  expect_verdicts(cases, {witness_key().key});
  EXPECT_EQ(cases.size(), 254u);
}

TEST(BrokenNote, OfALogAndAWitnessFallsWithEither) {
  std::string const head = text + "\n";
  std::string const log = good_log_line();
  std::string const witness = good_witness_line();
  std::string const bad_log = log_key().line_under("hello\n");
  std::string const bad_witness = signature_line(witness_key().key, cosigned_at(seen_at, witness_key(), "hello\n"));
  base::Bytes const unknown(4 + 2420, 0x5a);  // as long as a post-quantum signature
  std::string const of_the_future = "\u2014 witness.example/w1 " + codec::to_base64(unknown) + "\n";
  std::vector<Case> const cases{
      {"both good", head + log + witness, "accepted"},
      {"both good, the witness first", head + witness + log, "accepted"},
      {"only the log", head + log, "accepted"},
      {"only the witness", head + witness, "accepted"},
      {"the log good, the witness bad", head + log + bad_witness, "signature"},
      {"the witness good, the log bad", head + witness + bad_log, "signature"},
      {"both bad", head + bad_log + bad_witness, "signature"},
      {"both good and an algorithm that nobody knows", head + of_the_future + log + of_the_future + witness,
       "accepted"},
      {"only an algorithm that nobody knows", head + of_the_future, "key"},
      {"an algorithm that nobody knows, and a bad log", head + of_the_future + bad_log, "signature"},
      {"the log among 64", head + strangers(63) + log, "accepted"},
      {"a signature over the 64", head + log + strangers(64), "too-large"},
      {"both among 62 strangers", head + strangers(31) + log + strangers(31, 31) + witness, "accepted"}};
  expect_verdicts(cases, {log_key().key, witness_key().key});
}

TEST(BrokenNote, NamesEachSignerOnceAndInOrder) {
  auto const note =
      parse_note(text + "\n" + good_witness_line() + strangers(16) + good_log_line() + good_witness_line());
  EXPECT_EQ(verify_note(note.value(), std::vector{log_key().key, witness_key().key}).value(),
            (std::vector{witness_key().key, log_key().key}));
}

}  // namespace
}  // namespace abode::log
