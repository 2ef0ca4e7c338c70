#include "app/cards.hpp"

#include <fmt/format.h>

#include "app/assembly.hpp"
#include "app/internal/print_file.hpp"
#include "codec/csv.hpp"
#include "service/cards.hpp"

namespace abode::app {
namespace {

using base::Disclosure;
using base::result;

constexpr std::size_t codes_in_one_transaction = 500;

/// The letters of one file, while they are made.
struct Letters {
  std::string content = codec::to_csv({"card", "activation_code", "family_name", "given_names"});
  std::vector<base::Hash> cards;
  ports::RecordId last;
};

/// Makes codes in one transaction, and opens what the letters need once they are journalled. True if there were any.
result<bool> add_letters(
    Assembly const& assembly, Letters& letters,
    std::function<result<std::vector<service::MadeActivationCode>>(ports::Transaction&)> const& make) {
  std::vector<service::MadeActivationCode> made;
  auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
    auto codes = make(transaction);
    if (!codes) return codes.error();
    made = std::move(*codes);
    return {};
  });
  if (!commit) return commit.error();
  for (service::MadeActivationCode const& code : made) {
    auto const letter = service::letter_of(assembly.context(), code, *commit);
    if (!letter) return letter.error();
    service::Letter const& text = letter->reveal(Disclosure::to_print);
    letters.content += codec::to_csv({text.card, text.activation_code, text.names.family, text.names.given});
    letters.cards.push_back(code.card_tag);
    letters.last = code.row.id;
  }
  return !made.empty();
}

result<void> add_one_letter(Assembly const& assembly, Letters& letters, std::string const& typed,
                            service::SheetFate sheet) {
  auto const card = service::parse_card_number(typed);
  if (!card) return card.error();
  auto const added = add_letters(
      assembly, letters, [&](ports::Transaction& transaction) -> result<std::vector<service::MadeActivationCode>> {
        auto made = service::make_activation_code(assembly.context(), transaction, *card, sheet);
        if (!made) return made.error();
        return std::vector{std::move(*made)};
      });
  return added ? result<void>{} : added.error();
}

result<void> add_all_letters(Assembly const& assembly, Letters& letters, std::size_t limit) {
  while (letters.cards.size() < limit) {
    std::size_t const most = std::min(codes_in_one_transaction, limit - letters.cards.size());
    auto const added = add_letters(assembly, letters, [&](ports::Transaction& transaction) {
      return service::make_activation_codes(assembly.context(), transaction, letters.last, most);
    });
    if (!added) return added.error();
    if (!*added) break;
  }
  return {};
}

result<void> mark_issued(Assembly const& assembly, std::span<base::Hash const> cards) {
  while (!cards.empty()) {
    auto const some = cards.first(std::min(codes_in_one_transaction, cards.size()));
    auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
      service::mark_issued(transaction, some);
      return {};
    });
    if (!commit) return commit.error();
    cards = cards.subspan(some.size());
  }
  return {};
}

/// The file is durable before a code counts as handed out: after a crash between the two, the same people get new codes
/// by the next run, and those of this file are void.
result<std::size_t> write_letters(cli::CardsOptions const& options, Assembly const& assembly) {
  auto const key = internal::load_print_key(options.print_key, assembly);
  if (!key) return key.error();
  if (auto const fresh = internal::check_new(options.out); !fresh) return fresh.error();
  Letters letters;
  auto const added = options.card
                         ? add_one_letter(assembly, letters, *options.card,
                                          options.void_sheet ? service::SheetFate::is_void : service::SheetFate::stays)
                         : add_all_letters(assembly, letters, options.limit);
  if (!added) return added.error();
  if (letters.cards.empty()) return std::size_t{0};
  auto const written = internal::write_for_print(*key, base::Secret{std::move(letters.content)}, options.out);
  if (!written) return written.error();
  if (auto const issued = mark_issued(assembly, letters.cards); !issued) return issued.error();
  return letters.cards.size();
}

}  // namespace

int cards(cli::CardsOptions const& options) {
  auto const assembly = open_register(options.directory);
  auto const letters = assembly ? write_letters(options, *assembly) : result<std::size_t>{assembly.error()};
  if (!letters) {
    fmt::print(stderr, "abode: {}\n", letters.error().detail);
    return 1;
  }
  if (*letters == 0) {
    fmt::print("Every card has its code. Nothing was written.\n");
    return 0;
  }
  fmt::print(
      "Codes for {} letters are in {}, encrypted to the print key. It opens with:\n"
      "  openssl cms -decrypt -inform PEM -in {} -inkey KEY\n",
      *letters, options.out.string(), options.out.string());
  if (!options.card && *letters == options.limit)
    fmt::print("There may be more: run this again with another file, until every card has its code.\n");
  return 0;
}

}  // namespace abode::app
