// JSON that is none, or is not a history: what a reader of the file must refuse, and what it must not.
#include <stdexcept>
#include <string_view>
#include <vector>

#include "vectors/log_audits.hpp"

namespace abode::vectors {
namespace {

std::string replaced(std::string in, std::string_view from, std::string_view to) {
  auto const at = in.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the file: " + std::string{from});
  return in.replace(at, from.size(), to);
}

/// What stands in the file, and what comes in its place.
struct Change {
  std::string_view from;
  std::vector<std::string_view> to;
};

Change const changes[] = {
    {R"("version":2)",
     {R"("version":1)",
      R"("version":"2")",
      R"("version":2.0)",
      R"("version":2e0)",
      R"("version":02)",
      R"("version":-2)",
      R"("version":+2)",
      R"("version":0)",
      R"("version":-0)",
      R"("version":null)",
      R"("version":true)",
      R"("version":[2])",
      R"("version":9223372036854775807)",
      R"("version":9223372036854775808)",
      R"("version":-9223372036854775808)",
      R"("version":-9223372036854775809)",
      R"("version":1e400)",
      R"("version":2,"version":2)",
      R"("version":2,"more":1)",
      R"("version":2,"more":1,"less":1)",
      R"("version":2,"__proto__":1)",
      "\"v\\u0065rsion\":2",
      "\"version\":2,\"v\\u0065rsion\":2",
      R"( "version" : 2 )",
      R"(version:2)",
      R"('version':2)",
      R"("version":2,"more":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]])",
      R"("version":2,"more":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]])",
      R"("version":2,"more":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]])"}},
    {R"("version":2,)", {R"("version":2,,)", R"("version":2)", R"(/* */"version":2,)", R"()"}},
    {R"("origin")", {R"("0rigin")"}},
    {R"(abode.example/log",)", {"abode.example\\/log\","}},
    {R"(abode.example)",
     {"\\u0061bode.example", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\x61", "\\u12", "\\u00g0",
      "\\u0000", "a\tb", "a\\tb", "a\nb", "\\b\\f\\n\\r\\t\\\"\\\\", "\\a"}},
    {R"("abode.example/log")", {R"(7)", R"(null)", R"("")"}},
    {R"("4711")",
     {R"(4711)", R"("04711")", R"("-1")", R"("+4711")", R"("4711 ")", R"("")", R"("18446744073709551615")",
      R"("18446744073709551616")", R"("99999999999999999999999")"}},
    {R"("entries":[)",
     {R"("entries":{"a":[)", R"("entries":[7,)", R"("entries":[null,)", R"("entries":[{},)", R"("entries":[[],)",
      R"("entries":null,"more":[)"}},
    {R"("salt":")", {R"("salt":"A)", R"("salt":"AAAA)", R"("zalt":")"}},
    {R"({"entry":")", {R"({"entry":"*)", R"({"entry":7,"e":")"}},
    {R"("index":3)",
     {R"("index":-3)",
      R"("index":3.5)",
      R"("index":3.0)",
      R"("index":3e0)",
      R"("index":-0)",
      R"("index":0)",
      R"("index":null)",
      R"("index":"3")",
      R"("index":9007199254740991)",
      R"("index":9007199254740992)",
      R"("index":18446744073709551615)",
      R"("index":1e999)",
      R"("index":3.)",
      R"("index":.3)",
      R"("index":3e)",
      R"("index":-)",
      R"("index":0x3)",
      R"("index":NaN)",
      R"("index":Infinity)",
      R"("index":3,"index":3)"}},
    {R"("index":3,)", {R"()"}},
    {R"("proof":[)",
     {R"("proof":["AAAA",)", R"("proof":[1,)", R"("proof":[null,)", R"("proof":null,"more":[)",
      R"("proof":{},"more":[)", R"("more":0,"proof":[)"}},
    {R"("seen":[)",
     {R"("seen":[7,)", R"("seen":[{"checkpoint":"","proof":[]})", R"("seen":[{"checkpoint":""})",
      R"("seen":[{"checkpoint":"","proof":[],"a":1})", R"("zeen":[)"}},
    {R"("epochs":[)", {R"("epochs":[7,)", R"("more":[)"}},
    {R"({"leaf":")", {R"({"leaf":"*)", R"({"lief":")"}},
    {R"("index":14)", {R"("index":-1)"}},
    {R"("index":14,)", {R"()"}},
    {R"("head":{)",
     {R"("head":{"more":1,)", R"("head":null,"more":{)", R"("head":7,"more":{)", R"("head":[],"more":{)",
      R"("head":null,"count":{)"}},
    {R"("head":{"count":1,)", {R"("head":{)"}},
    {R"("count":1)", {R"("count":"1")", R"("count":-1)", R"("count":1.0)"}},
    {R"("blind":")", {R"("blind":"AAAA)"}},
    {R"("state":")", {R"("state":"*)", R"("state":"A)", R"("state":"====","more":")"}},
    {R"("state_key":")", {R"("state_key":"AAAA)"}},
};

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
  for (std::string const blank : {" ", "\t", "\n", "\r", "\v", "\f", "\x1f", "\u0085", "\u00a0", "\u2028"})
    group.file("with " + blank + " for a blank", replaced(file, "\"version\":", blank + "\"version\":"));
  std::size_t const head = file.find(R"("head":{)");
  std::size_t const end = file.find('}', head) + 1;
  for (std::string const other : {"null", "7", "[]", "{}", "\"\""})
    group.file("with the head " + other, file.substr(0, head) + "\"head\":" + other + file.substr(end));
  for (Change const& change : changes)
    for (std::string_view const to : change.to)
      group.file(std::string{change.from} + " as " + std::string{to}, replaced(file, change.from, to));
  for (std::size_t hashes : {64u, 65u})
    group.broken(std::to_string(hashes) + " hashes", honest,
                 [=](log::Bundle& b) { b.entries[0].proof.resize(hashes); });
  std::string members;
  for (int i = 0; i < 4097; ++i) members += ",\"m" + std::to_string(i) + "\":0";
  group.file("4,097 members more", replaced(file, "\"version\":2", "\"version\":2" + members));
}

}  // namespace abode::vectors
