#include "app/letters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/assembly.hpp"
#include "app/internal/print_file.hpp"
#include "paper/address_letter.hpp"
#include "service/contact.hpp"
#include "service/letters.hpp"
#include "text/text.hpp"

namespace abode::app {
namespace {

using base::Disclosure;
using base::result;
using service::OpenedLetter;

constexpr std::size_t letters_in_one_transaction = 500;
/// Of the country in an address: whoever carries the letter reads it, not its receiver alone.
constexpr char const* language_of_post = "en-GB";

/// Of English, the one that the pages are in: day before month.
std::string language_of_dates(std::string const& language) {
  return language == "en" ? "en-GB" : language;
}

/// Makes letters in one transaction, and opens them once that is journalled. False if none waits.
result<bool> add_letters(Assembly const& assembly, std::vector<OpenedLetter>& letters, std::size_t most) {
  ports::RecordId const after = letters.empty() ? ports::RecordId{0} : letters.back().letter.record;
  std::uint64_t const after_seq = letters.empty() ? 0 : letters.back().letter.seq;
  std::vector<service::MadeLetter> made;
  auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
    auto all = service::make_letters(assembly.context(), transaction, after, after_seq, most);
    if (!all) return all.error();
    made = std::move(*all);
    return {};
  });
  if (!commit) return commit.error();
  for (service::MadeLetter const& one : made) {
    auto opened = service::letter_of(assembly.context(), one, *commit);
    if (!opened) return opened.error();
    letters.push_back(std::move(*opened));
  }
  return !made.empty();
}

result<std::vector<OpenedLetter>> make_all(Assembly const& assembly, std::size_t limit) {
  std::vector<OpenedLetter> letters;
  while (letters.size() < limit) {
    auto const added = add_letters(assembly, letters, std::min(letters_in_one_transaction, limit - letters.size()));
    if (!added) return added.error();
    if (!*added) break;
  }
  return letters;
}

paper::Letter page_of(Assembly const& assembly, service::AddressLetter const& letter) {
  identity::Names const& names = letter.names;
  return paper::address_letter(
      {.language = letter.language,
       .language_of_office = service::default_language(assembly.context().profile()),
       .name = names.given + (names.given.empty() ? "" : " ") + names.family,
       .address = letter.address.lines,
       .country = text::country_name(letter.address.country, language_of_post),
       .at_counter = letter.delivery == ports::Delivery::counter,
       .code = letter.code,
       .good_through = text::long_date(letter.good_through, language_of_dates(letter.language)),
       .register_url = assembly.config.public_url,
       .return_line = assembly.config.return_address.value_or(""),
       .test_mode = assembly.config.mode == service::Mode::test});
}

/// Those by post first, then those for the counter: the print shop parts them at one place.
std::vector<paper::Letter> pages_of(Assembly const& assembly, std::vector<OpenedLetter> const& letters) {
  std::vector<paper::Letter> pages;
  for (ports::Delivery delivery : {ports::Delivery::post, ports::Delivery::counter})
    for (OpenedLetter const& letter : letters)
      if (letter.content && letter.letter.delivery == delivery)
        pages.push_back(page_of(assembly, letter.content->reveal(Disclosure::to_print)));
  return pages;
}

result<void> mark_printed(Assembly const& assembly, std::span<OpenedLetter const> letters) {
  while (!letters.empty()) {
    auto const some = letters.first(std::min(letters_in_one_transaction, letters.size()));
    auto const commit = assembly.store->write_and_wait([&](ports::Transaction& transaction) -> result<void> {
      service::mark_printed(transaction, some);
      return {};
    });
    if (!commit) return commit.error();
    letters = letters.subspan(some.size());
  }
  return {};
}

struct Outcome {
  std::size_t by_post = 0;
  std::size_t for_counter = 0;
  std::size_t with_missing_signs = 0;
  bool at_limit = false;
};

/// The file is durable before a code is good: after a crash between the two the next run prints the same letters anew,
/// and the codes of this file never were good.
result<Outcome> write_letters(cli::LettersOptions const& options, Assembly const& assembly) {
  auto const key = internal::load_print_key(options.print_key, assembly);
  if (!key) return key.error();
  if (auto const fresh = internal::check_new(options.out); !fresh) return fresh.error();
  if (auto const fonts = paper::check_fonts(); !fonts) return fonts.error();
  auto const letters = make_all(assembly, options.limit);
  if (!letters) return letters.error();
  auto const pages = pages_of(assembly, *letters);
  Outcome outcome;
  outcome.for_counter = static_cast<std::size_t>(std::count_if(letters->begin(), letters->end(), [](auto const& one) {
    return one.content && one.letter.delivery == ports::Delivery::counter;
  }));
  outcome.by_post = pages.size() - outcome.for_counter;
  outcome.at_limit = letters->size() == options.limit;
  if (!pages.empty()) {
    auto printed = paper::print(pages, assembly.clock->now());
    if (!printed) return printed.error();
    outcome.with_missing_signs = printed->with_missing_signs;
    auto const written = internal::write_for_print(*key, base::Secret{std::move(printed->pdf)}, options.out);
    if (!written) return written.error();
  }
  if (auto const marked = mark_printed(assembly, *letters); !marked) return marked.error();
  return outcome;
}

}  // namespace

int letters(cli::LettersOptions const& options) {
  auto const assembly = open_register(options.directory);
  auto const done = assembly ? write_letters(options, *assembly) : result<Outcome>{assembly.error()};
  if (!done) {
    fmt::print(stderr, "abode: {}\n", done.error().detail);
    return 1;
  }
  if (done->by_post + done->for_counter == 0) {
    fmt::print("No letter waits. Nothing was written.\n");
    return 0;
  }
  fmt::print(
      "Letters by post: {}; to be picked up, after them: {}. They are in {}, encrypted to the print key. It opens "
      "with:\n"
      "  openssl cms -decrypt -inform PEM -in {} -inkey KEY -out letters.pdf\n",
      done->by_post, done->for_counter, options.out.string(), options.out.string());
  if (done->with_missing_signs > 0)
    fmt::print("{} of them have a sign that no font here has. Look for boxes, and install a font for next time.\n",
               done->with_missing_signs);
  if (done->at_limit) fmt::print("There may be more: run this again with another file, until no letter waits.\n");
  return 0;
}

}  // namespace abode::app
