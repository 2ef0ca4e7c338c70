// The log's texts and CBOR, good and in other forms: keys, notes, checkpoints, policies, single proofs, entries,
// epochs.
#include <limits>

#include "codec/text.hpp"
#include "log/proof.hpp"
#include "log/trust_policy.hpp"
#include "unit/log/reference.hpp"
#include "vectors/log_vectors.hpp"

namespace abode::vectors {
namespace {

using base::Bytes;
using log::VerifierKey;
using log::reference::LogKey;
using log::reference::WitnessKey;

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t seen_at = 1'700'000'000;
constexpr std::uint64_t last_second = 253'402'300'799;  // of the year 9999

std::string name_of(log::SignatureType type) {
  return type == log::SignatureType::ed25519 ? "ed25519" : "cosignature";
}

void write_keys(std::filesystem::path const& folder) {
  LogKey const log{1};
  std::vector<Named> texts{{"a log's", log.key.format()}, {"a witness's", WitnessKey{2}.key.format()}};
  add_broken(texts, log.key.format());
  auto const of_type = [](std::uint8_t type, std::size_t size, std::string const& name) {
    Bytes key(1 + size, 7);
    key[0] = type;
    return name + "+01020304+" + codec::to_base64(key);
  };
  for (std::uint8_t const type : std::vector<std::uint8_t>{0x00, 0x02, 0x03, 0x05, 0x06, 0xff})
    texts.push_back({"of type " + std::to_string(type), of_type(type, 32, "n")});
  for (std::size_t size : {0u, 31u, 33u, 64u}) texts.push_back({"of another length", of_type(1, size, "n")});
  for (std::string const name :
       {"", " ", "a b", "a\tb", "a\u00a0b", "a\u2003b", "a\u3000b", "a\x1f", "\u00e9\U0001f600"})
    texts.push_back({"named " + name, of_type(1, 32, name)});
  for (std::string const name : {"\u00e9\U0001f600", "a\u200b", "\u2014"})  // are no spaces: good with the right id
    texts.push_back({"well named " + name, LogKey{3, name}.key.format()});
  for (std::string const text : {"", "+", "++", "a+b", "a++AQ==", "a+b+", "a+b+=", "a+b+AQ", "a+b+AR=="})
    texts.push_back({"text " + text, text});
  write(folder / "log_keys.json", patched_cases(texts, [](std::string const& text) -> json::object {
          auto const key = VerifierKey::parse(text);
          if (!key) return refusal_of(key.error());
          return {{"name", key->name()},
                  {"id", codec::to_hex(key->id())},
                  {"type", name_of(key->type())},
                  {"public_key", codec::to_base64(key->public_key())}};
        }));
}

// Notes

std::string const checkpoint_text = "abode.example/log\n7\n" + std::string(43, 'A') + "=\n";

Bytes big_endian(std::uint64_t number) {
  Bytes out;
  base::append_be(out, number);
  return out;
}

/// Signs as tlog-cosignature says, also at times that ours would never write.
std::string cosigned_at(std::uint64_t seconds, WitnessKey const& witness, std::string const& text = checkpoint_text) {
  Bytes signature = big_endian(seconds);
  base::append(signature,
               witness.secret.sign(base::as_bytes("cosignature/v1\ntime " + std::to_string(seconds) + "\n" + text)));
  return log::signature_line(witness.key, signature);
}

std::string strangers(std::size_t count) {
  std::string lines;
  for (std::size_t i = 0; i < count; ++i)
    lines +=
        LogKey{static_cast<std::uint8_t>(100 + i), "stranger.example/" + std::to_string(i)}.line_under(checkpoint_text);
  return lines;
}

std::vector<Named> notes(LogKey const& log, WitnessKey const& witness) {
  std::string const head = checkpoint_text + "\n";
  std::string const ours = log.line_under(checkpoint_text);
  std::string const theirs = cosigned_at(seen_at, witness);
  std::string const bad_log = log.line_under("hello\n");
  std::string const bad_witness = cosigned_at(seen_at, witness, "hello\n");
  Bytes const unknown(4 + 2420, 0x5a);
  std::string const future = "\u2014 witness.example/w1 " + codec::to_base64(unknown) + "\n";
  std::vector<Named> all{
      {"both", head + ours + theirs},
      {"the log", head + ours},
      {"the witness", head + theirs},
      {"the witness first", head + theirs + ours},
      {"twice", head + ours + ours + theirs + theirs},
      {"a bad log", head + bad_log},
      {"a bad witness", head + ours + bad_witness},
      {"good, then bad", head + ours + bad_log},
      {"bad, then good", head + bad_log + ours},
      {"of an algorithm that nobody knows", head + future + ours + future},
      {"only of an algorithm that nobody knows", head + future},
      {"another's name", head + LogKey{1, "other.example"}.line_under(checkpoint_text)},
      {"another's key", head + LogKey{9}.line_under(checkpoint_text)},
      {"by the witness's secret as a log", head + LogKey{2, "witness.example/w1"}.line_under(checkpoint_text)},
      {"a cosignature by the log's key", head + log::signature_line(log.key, Bytes(72, 1))},
      {"17 signatures", head + strangers(16) + ours},
      {"64 signatures", head + strangers(63) + ours},
      {"65 signatures", head + ours + strangers(64)},
      {"strangers only", head + strangers(3)},
      {"no text", "\n" + ours},
      {"nothing", ""},
      {"no signatures", head},
      {"no blank line", checkpoint_text + ours},
      {"another form", log.note_of("hello\n")},
      {"of another log", log.note_of("other.example/log\n7\n" + std::string(43, 'A') + "=\n")},
      {"with extensions", log.note_of(checkpoint_text + "more\n\u00e9\U0001f600\n")},
      {"with a tab", log.note_of(checkpoint_text + "a\tb\n")},
      {"with a carriage return", log.note_of(checkpoint_text + "a\r\n")},
      {"with a zero", log.note_of(checkpoint_text + std::string(1, '\0') + "\n")},
      {"with DEL, which is allowed", log.note_of(checkpoint_text + "\x7f\n")},
      {"with a byte-order mark", "\xef\xbb\xbf" + log.note_of(checkpoint_text)},
      {"with a newline more", log.note_of(checkpoint_text) + "\n"},
      {"of more than the limit", log.note_of(std::string(1'000'000, 'a') + "\n")},
      {"of just the limit", head + ours + std::string(1'000'000 - (head + ours).size() - 1, 'a') + "\n"}};
  for (std::string const size : {"07", "+7", "-7", "", "7 ", "18446744073709551615", "18446744073709551616", "7e0"})
    all.push_back({"of size " + size, log.note_of("abode.example/log\n" + size + "\n" + std::string(43, 'A') + "=\n")});
  for (std::string const& root :
       std::vector<std::string>{"", "AAAA", std::string(44, 'A'), std::string(43, 'A'), std::string(42, 'A') + "B="})
    all.push_back({"of root " + root, log.note_of("abode.example/log\n7\n" + root + "\n")});
  for (std::string const tail : {"\n", "x\n\ny\n", "\nx\n"})
    all.push_back({"with a tail", log.note_of(checkpoint_text + tail)});
  for (std::uint64_t const time : {std::uint64_t{0}, seen_at + 1, last_second, last_second + 1, largest >> 1, largest})
    all.push_back({"cosigned at " + std::to_string(time), head + ours + cosigned_at(time, witness)});
  add_broken(all, head + ours + theirs);
  return all;
}

json::array names_of(std::vector<VerifierKey> const& keys) {
  json::array names;
  for (VerifierKey const& key : keys) names.emplace_back(key.name());
  return names;
}

json::value to_json(log::Checkpoint const& checkpoint) {
  return {{"origin", checkpoint.origin},
          {"size", digits(checkpoint.size)},
          {"root", codec::to_base64(checkpoint.root)},
          {"extensions", json::array(checkpoint.extensions.begin(), checkpoint.extensions.end())}};
}

/// What each reader of notes says: of one that trusts both keys, of the log's key, and of a policy with the witness.
void write_notes(std::filesystem::path const& folder) {
  LogKey const log{1};
  WitnessKey const witness{2};
  std::string const policy_text = "log " + log.key.format() + "\nwitness w " + witness.key.format() + "\nquorum w\n";
  auto const policy = log::TrustPolicy::parse(policy_text).value();
  json::object file = patched_cases(notes(log, witness), [&](std::string const& text) -> json::object {
    auto const note = log::parse_note(text);
    if (!note) return {{"parsed", refusal_of(note.error())}};
    json::object out{{"parsed", nullptr}};
    auto const signers = log::verify_note(*note, std::vector{log.key, witness.key});
    out["signers"] = signers ? json::value(names_of(*signers)) : json::value(refusal_of(signers.error()));
    auto const checkpoint = log::verify_checkpoint(*note, log.key);
    out["checkpoint"] = checkpoint ? to_json(*checkpoint) : json::value(refusal_of(checkpoint.error()));
    auto const cosigned = log::verify_cosigned(*note, policy);
    if (!cosigned) {
      out["cosigned"] = refusal_of(cosigned.error());
      return out;
    }
    json::object said{{"cosigners", names_of(cosigned->cosigners)}, {"quorum", cosigned->quorum}, {"seen_at", nullptr}};
    if (cosigned->seen_at) said["seen_at"] = cosigned->seen_at->time_since_epoch().count();
    out["cosigned"] = std::move(said);
    return out;
  });
  file["log"] = log.key.format();
  file["witness"] = witness.key.format();
  file["policy"] = policy_text;
  write(folder / "log_notes.json", file);
}

void write_policies(std::filesystem::path const& folder) {
  LogKey const log{1};
  std::vector<WitnessKey> const keys{WitnessKey{11, "w/1"}, WitnessKey{12, "w/2"}, WitnessKey{13, "w/3"}};
  std::string const l = "log " + log.key.format() + "\n";
  std::string w;
  for (std::size_t i = 0; i < keys.size(); ++i)
    w += "witness w" + std::to_string(i) + " " + keys[i].key.format() + "\n";
  std::string const one = "witness w0 " + keys[0].key.format() + "\n";
  std::vector<Named> texts{{"nested", l + w + "group a any w0 w1\ngroup b all a w2\nquorum b\n"}};
  for (std::string const& text : std::vector<std::string>{
           l + w + "quorum none\n",
           l + w + "quorum w1\n",
           l + w + "group a 2 w0 w1 w2\nquorum a\n",
           "# who\n\n \t \n\tlog  " + log.key.format() + "  https://log.example/ \n" + one + "quorum w0\n",
           "witness W \t" + keys[0].key.format() + " https://w.example/\nquorum W\n",
           std::string{},
           l,
           std::string{"quorum none"},
           std::string{"quorum none\nquorum none\n"},
           std::string{"quorum W\n"},
           one + "quorum W0\n",
           std::string{"quorum\n"},
           std::string{"quorum none none\n"},
           std::string{"Quorum none\n"},
           std::string{"log\nquorum none\n"},
           "log " + log.key.format() + " a b\nquorum none\n",
           "log " + keys[0].key.format() + "\nquorum none\n",
           "witness W " + log.key.format() + "\nquorum none\n",
           "witness W\nquorum none\n",
           "witness W " + keys[0].key.format() + " a b\nquorum none\n",
           std::string{"log nonsense\nquorum none\n"},
           l + l + "quorum none\n",
           one + "witness v " + keys[0].key.format() + "\nquorum none\n",
           one + "witness w0 " + keys[1].key.format() + "\nquorum none\n",
           "witness none " + keys[0].key.format() + "\nquorum none\n",
           one + "group none all w0\nquorum none\n",
           one + "group w0 all w0\nquorum none\n",
           one + "group g all\nquorum none\n",
           one + "group g 0 w0\nquorum none\n",
           one + "group g 2 w0\nquorum none\n",
           one + "group g 01 w0\nquorum none\n",
           one + "group g some w0\nquorum none\n",
           one + "group g all w0 w0\nquorum none\n",
           one + "group g all w0\ngroup h all w0\nquorum none\n",
           one + "group g all g\nquorum none\n",
           one + "group g all none\nquorum none\n",
           std::string{"# \x01\nquorum none\n"},
           std::string{"# \x7f\nquorum none\n"},
           std::string{"quorum none\r\n"},
           std::string{"# caf\u00e9 \U0001f600\nquorum none\n"},
           std::string(1'000'001, '\n')})
    texts.push_back({text.substr(0, 60), text});
  std::string groups = "witness g0 " + keys[0].key.format() + "\n";
  for (int i = 1; i < 999; ++i) groups += "group g" + std::to_string(i) + " all g" + std::to_string(i - 1) + "\n";
  texts.push_back({"a thousand lines", groups + "quorum g998\n"});
  texts.push_back({"a line more", groups + "group last all g998\nquorum last\n"});
  add_broken(texts, one + "group g any w0 # not a comment\nquorum g\n");
  write(folder / "log_policies.json", patched_cases(texts, [&](std::string const& text) -> json::object {
          auto const policy = log::TrustPolicy::parse(text);
          if (!policy) return refusal_of(policy.error());
          json::array quorums;  // for each set of the three witnesses, as bits of its number
          for (unsigned set = 0; set < 8; ++set) {
            std::vector<VerifierKey> cosigners;
            for (unsigned i = 0; i < 3; ++i)
              if ((set >> i & 1) != 0) cosigners.push_back(keys[i].key);
            quorums.emplace_back(policy->quorum(cosigners));
          }
          return {{"logs", policy->logs().size()},
                  {"witnesses", policy->witnesses().size()},
                  {"asks", policy->asks_for_cosignatures()},
                  {"quorums", std::move(quorums)}};
        }));
}

void write_leaf_proofs(std::filesystem::path const& folder) {
  LogKey const log{1};
  log::reference::Tree const tree{70};
  std::string const note = log.note_of(log::format_checkpoint({log.key.name(), 70, tree.edge().root(), {}}));
  log::LeafProof proof{41, log::inclusion_proof(41, 70, tree.reader()).value(), log::parse_note(note).value(), {}};
  std::string const good = log::format_proof(proof);
  proof.extra = Bytes{1, 2, 3};
  std::string const first = "c2sp.org/tlog-proof@v1\n";
  std::string const hash = codec::to_base64(proof.hashes[0]) + "\n";
  std::vector<Named> texts{{"good", good}, {"with extra data", log::format_proof(proof)}};
  std::string many;
  for (int i = 0; i < 65; ++i) many += hash;
  for (std::string const& text : {std::string{},
                                  first,
                                  first + "index 41\n",
                                  first + "index 41\n\n",
                                  " " + good,
                                  first + "\n" + note,
                                  first + "index\n\n" + note,
                                  first + "index 041\n\n" + note,
                                  first + "index -1\n\n" + note,
                                  first + "index 1 \n\n" + note,
                                  first + "index 1\n" + note,
                                  first + "Index 1\n\n" + note,
                                  first + "index 1\nextra AQID\n\n" + note,
                                  first + "extra A\nindex 1\n\n" + note,
                                  first + "extra AQIE\nindex 41\n\n" + note,
                                  first + "extra \nindex 41\n\n" + note,
                                  first + "extra AQID\n\n" + note,
                                  first + "extra AQID\nextra AQID\nindex 1\n\n" + note,
                                  first + "index 1\nAAAA\n\n" + note,
                                  first + "index 1\n" + hash,
                                  first + "index 18446744073709551615\n\n" + note,
                                  first + "index 18446744073709551616\n\n" + note,
                                  good + "\n",
                                  first + "index 1\n" + many + "\n" + note,
                                  first + "index 1\n" + many.substr(hash.size()) + "\n" + note,
                                  std::string(2'000'001, 'a')})
    texts.push_back({text.substr(0, 80), text});
  add_broken(texts, good);
  json::object file = patched_cases(texts, [&](std::string const& text) -> json::object {
    auto const parsed = log::parse_proof(text);
    if (!parsed) return {{"parsed", refusal_of(parsed.error())}};
    auto const verified = log::verify_proof(*parsed, base::as_bytes("leaf 41"), log.key);
    return {{"parsed", nullptr},
            {"verified", verified ? to_json(*verified) : json::value(refusal_of(verified.error()))}};
  });
  file["log"] = log.key.format();
  file["leaf"] = codec::to_base64(base::as_bytes("leaf 41"));
  write(folder / "log_leaf_proofs.json", file);
}

}  // namespace

void write_log_texts(std::filesystem::path const& folder) {
  write_keys(folder);
  write_notes(folder);
  write_policies(folder);
  write_leaf_proofs(folder);
}

}  // namespace abode::vectors
