// JSON that is none, or is not a history: what a reader of the file must refuse, and what it must not.
#include <stdexcept>

#include "vectors/log_audits.hpp"

namespace abode::vectors {
namespace {

std::string replaced(std::string in, std::string_view from, std::string_view to) {
  auto const at = in.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the file: " + std::string{from});
  return in.replace(at, from.size(), to);
}

}  // namespace

void add_history_files(Group& group, log::Bundle const& honest) {
  std::string const file = log::encode_bundle(honest);
  for (std::string const text :
       {"", " ", "[]", "{}", "null", "7", "\"\"", "nul", "{\"version\":2}", "{\"version\":null}", "{,}", "[1,]"})
    group.file("only " + text, text);
  group.file("cut", file.substr(0, file.size() - 1));
  group.file("lengthened", file + "x");
  group.file("with blanks around", " \t\r\n" + file + " \t\r\n");
  group.file("with a zero after it", file + std::string(1, '\0'));
  group.file("with a byte-order mark", "\xef\xbb\xbf" + file);
  group.file("with bytes that are no UTF-8", replaced(file, "abode.example", "abode.\xff"));
  struct Change {
    std::string_view from;
    std::string_view to;
  };
  for (Change const& c :
       std::initializer_list<Change>{{"\"version\":2", "\"version\":1"},
                                     {"\"version\":2", "\"version\":\"2\""},
                                     {"\"version\":2", "\"version\":2.0"},
                                     {"\"version\":2", "\"version\":2e0"},
                                     {"\"version\":2", "\"version\":02"},
                                     {"\"version\":2", "\"version\":-2"},
                                     {"\"version\":2", "\"version\":+2"},
                                     {"\"version\":2", "\"version\":0"},
                                     {"\"version\":2", "\"version\":-0"},
                                     {"\"version\":2", "\"version\":null"},
                                     {"\"version\":2", "\"version\":true"},
                                     {"\"version\":2", "\"version\":[2]"},
                                     {"\"version\":2", "\"version\":9223372036854775807"},
                                     {"\"version\":2", "\"version\":9223372036854775808"},
                                     {"\"version\":2", "\"version\":-9223372036854775808"},
                                     {"\"version\":2", "\"version\":-9223372036854775809"},
                                     {"\"version\":2", "\"version\":1e400"},
                                     {"\"version\":2", "\"version\":2,\"version\":2"},
                                     {"\"version\":2", "\"version\":2,\"more\":1"},
                                     {"\"version\":2", "\"version\":2,\"more\":1,\"less\":1"},
                                     {"\"version\":2", "\"version\":2,\"__proto__\":1"},
                                     {"\"version\":2", "\"v\\u0065rsion\":2"},
                                     {"\"version\":2", "\"version\":2,\"v\\u0065rsion\":2"},
                                     {"\"version\":2", " \"version\" : 2 "},
                                     {"\"version\":2", "version:2"},
                                     {"\"version\":2", "'version':2"},
                                     {"\"version\":2,", "\"version\":2,,"},
                                     {"\"version\":2,", "\"version\":2"},
                                     {"\"version\":2,", "/* */\"version\":2,"},
                                     {"\"version\":2,", ""},
                                     {"\"version\":2", "\"version\":2,\"more\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]"},
                                     {"\"version\":2", "\"version\":2,\"more\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]"},
                                     {"\"version\":2", "\"version\":2,\"more\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]"},
                                     {"\"origin\"", "\"0rigin\""},
                                     {"abode.example/log\",", "abode.example\\/log\","},
                                     {"abode.example", "\\u0061bode.example"},
                                     {"abode.example", "\\ud83d\\ude00"},
                                     {"abode.example", "\\ud83d"},
                                     {"abode.example", "\\ude00"},
                                     {"abode.example", "\\ude00\\ud83d"},
                                     {"abode.example", "\\x61"},
                                     {"abode.example", "\\u12"},
                                     {"abode.example", "\\u00g0"},
                                     {"abode.example", "\\u0000"},
                                     {"abode.example", "a\tb"},
                                     {"abode.example", "a\\tb"},
                                     {"abode.example", "a\nb"},
                                     {"abode.example", "\\b\\f\\n\\r\\t\\\"\\\\"},
                                     {"abode.example", "\\a"},
                                     {"\"abode.example/log\"", "7"},
                                     {"\"abode.example/log\"", "null"},
                                     {"\"abode.example/log\"", "\"\""},
                                     {"\"4711\"", "4711"},
                                     {"\"4711\"", "\"04711\""},
                                     {"\"4711\"", "\"-1\""},
                                     {"\"4711\"", "\"+4711\""},
                                     {"\"4711\"", "\"4711 \""},
                                     {"\"4711\"", "\"\""},
                                     {"\"4711\"", "\"18446744073709551615\""},
                                     {"\"4711\"", "\"18446744073709551616\""},
                                     {"\"4711\"", "\"99999999999999999999999\""},
                                     {"\"entries\":[", "\"entries\":{\"a\":["},
                                     {"\"entries\":[", "\"entries\":[7,"},
                                     {"\"entries\":[", "\"entries\":[null,"},
                                     {"\"entries\":[", "\"entries\":[{},"},
                                     {"\"entries\":[", "\"entries\":[[],"},
                                     {"\"entries\":[", "\"entries\":null,\"more\":["},
                                     {"\"salt\":\"", "\"salt\":\"A"},
                                     {"\"salt\":\"", "\"salt\":\"AAAA"},
                                     {"\"salt\":\"", "\"zalt\":\""},
                                     {"{\"entry\":\"", "{\"entry\":\"*"},
                                     {"{\"entry\":\"", "{\"entry\":7,\"e\":\""},
                                     {"\"index\":3", "\"index\":-3"},
                                     {"\"index\":3", "\"index\":3.5"},
                                     {"\"index\":3", "\"index\":3.0"},
                                     {"\"index\":3", "\"index\":3e0"},
                                     {"\"index\":3", "\"index\":-0"},
                                     {"\"index\":3", "\"index\":0"},
                                     {"\"index\":3", "\"index\":null"},
                                     {"\"index\":3", "\"index\":\"3\""},
                                     {"\"index\":3", "\"index\":9007199254740991"},
                                     {"\"index\":3", "\"index\":9007199254740992"},
                                     {"\"index\":3", "\"index\":18446744073709551615"},
                                     {"\"index\":3", "\"index\":1e999"},
                                     {"\"index\":3", "\"index\":3."},
                                     {"\"index\":3", "\"index\":.3"},
                                     {"\"index\":3", "\"index\":3e"},
                                     {"\"index\":3", "\"index\":-"},
                                     {"\"index\":3", "\"index\":0x3"},
                                     {"\"index\":3", "\"index\":NaN"},
                                     {"\"index\":3", "\"index\":Infinity"},
                                     {"\"index\":3", "\"index\":3,\"index\":3"},
                                     {"\"index\":3,", ""},
                                     {"\"proof\":[", "\"proof\":[\"AAAA\","},
                                     {"\"proof\":[", "\"proof\":[1,"},
                                     {"\"proof\":[", "\"proof\":[null,"},
                                     {"\"proof\":[", "\"proof\":null,\"more\":["},
                                     {"\"proof\":[", "\"proof\":{},\"more\":["},
                                     {"\"proof\":[", "\"more\":0,\"proof\":["},
                                     {"\"seen\":[", "\"seen\":[7,"},
                                     {"\"seen\":[", "\"seen\":[{\"checkpoint\":\"\",\"proof\":[]}"},
                                     {"\"seen\":[", "\"seen\":[{\"checkpoint\":\"\"}"},
                                     {"\"seen\":[", "\"seen\":[{\"checkpoint\":\"\",\"proof\":[],\"a\":1}"},
                                     {"\"seen\":[", "\"zeen\":["},
                                     {"\"epochs\":[", "\"epochs\":[7,"},
                                     {"\"epochs\":[", "\"more\":["},
                                     {"{\"leaf\":\"", "{\"leaf\":\"*"},
                                     {"{\"leaf\":\"", "{\"lief\":\""},
                                     {"\"index\":14", "\"index\":-1"},
                                     {"\"index\":14,", ""},
                                     {"\"head\":{", "\"head\":{\"more\":1,"},
                                     {"\"head\":{\"count\":1,", "\"head\":{"},
                                     {"\"count\":1", "\"count\":\"1\""},
                                     {"\"count\":1", "\"count\":-1"},
                                     {"\"count\":1", "\"count\":1.0"},
                                     {"\"blind\":\"", "\"blind\":\"AAAA"},
                                     {"\"head\":{", "\"head\":null,\"more\":{"},
                                     {"\"head\":{", "\"head\":7,\"more\":{"},
                                     {"\"head\":{", "\"head\":[],\"more\":{"},
                                     {"\"head\":{", "\"head\":null,\"count\":{"},
                                     {"\"state\":\"", "\"state\":\"*"},
                                     {"\"state\":\"", "\"state\":\"A"},
                                     {"\"state_key\":\"", "\"state_key\":\"AAAA"},
                                     {"\"state\":\"", "\"state\":\"====\",\"more\":\""}})
    group.file(std::string{c.from} + " as " + std::string{c.to}, replaced(file, c.from, c.to));
  for (std::size_t hashes : {64u, 65u})
    group.broken(std::to_string(hashes) + " hashes", honest,
                 [=](log::Bundle& b) { b.entries[0].proof.resize(hashes); });
  std::string members;
  for (int i = 0; i < 4097; ++i) members += ",\"m" + std::to_string(i) + "\":0";
  group.file("4,097 members more", replaced(file, "\"version\":2", "\"version\":2" + members));
}

}  // namespace abode::vectors
