// `abode verify` of what is on paper: the PDF, a photo or scan of it, the text in its code.
#include <gmock/gmock.h>

#include "codec/json.hpp"
#include "credential/verification.hpp"
#include "paper/certificate.hpp"
#include "support/issuer.hpp"
#include "support/running_register.hpp"
#include "support/temporary_directory.hpp"

namespace abode::functional {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class VerifyPaper : public ::testing::Test {
 protected:
  VerifyPaper() {
    write_text(file("trust.json"), credential::write_trust({{{issuer, root, root}}}));
    seal = credential::make_seal(page, leaf, key.signer()).value();
    write_text(file("page.pdf"), pdf_of({seal}));
  }

  /// One page for each.
  std::string pdf_of(std::vector<std::string> const& seals) const {
    std::string pdf = print(seals.front());
    if (seals.size() == 1) return pdf;
    std::vector<std::string> command{"/usr/bin/pdfunite"};
    for (std::size_t i = 0; i < seals.size(); ++i) {
      command.push_back(file("part" + std::to_string(i) + ".pdf"));
      write_text(command.back(), print(seals[i]));
    }
    command.push_back(file("united.pdf"));
    EXPECT_EQ(run_command(command).status, 0);
    return read_text(file("united.pdf"));
  }
  static std::string print(std::string const& seal) {
    return paper::print_certificate({.language_of_office = "en",
                                     .language = "ka",
                                     .number = "7K2P-DXQ0-4M8Z-VW1H",
                                     .register_url = "https://register.example",
                                     .issued_on = base::parse_date("2026-11-27").value(),
                                     .good_through = base::parse_date("2026-12-06").value(),
                                     .can_be_withdrawn = false,
                                     .test_mode = false,
                                     .family_name = "ERIKSSON",
                                     .address = {"Sonnenallee 17b", "12047 Berlin"},
                                     .country = "DE",
                                     .kind = "main",
                                     .seal = seal},
                                    base::parse_time("2026-11-27T12:00:00Z").value())
        ->pdf;
  }
  /// The page as a picture, in this form of poppler's.
  std::string picture(std::string const& form, std::string const& dots_an_inch = "150") const {
    EXPECT_EQ(run_command({"/usr/bin/pdftoppm", "-" + form, "-r", dots_an_inch, "-singlefile", file("page.pdf"),
                           file("picture")})
                  .status,
              0);
    return form == "jpeg" ? "picture.jpg" : "picture." + form;
  }
  std::string file(std::string const& name) const { return (folder.path() / name).string(); }
  Outcome verify(std::string const& name, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{"verify",           file(name), "--trust",
                                       file("trust.json"), "--at",     "2026-11-27T13:00:00Z"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_abode(arguments);
  }
  void expect_unreadable(std::string const& name, std::string const& because) const {
    Outcome const found = verify(name);
    EXPECT_EQ(found.status, 2) << name;
    EXPECT_EQ(found.output, "") << name;
    EXPECT_THAT(found.errors, HasSubstr(because)) << name;
  }

  TemporaryDirectory folder;
  std::string const issuer = "https://register.example";
  base::Time const now = base::parse_time("2026-11-27T12:00:00Z").value();
  base::Time const from = now - std::chrono::days{100};
  base::Time const until = now + std::chrono::days{1000};
  P256Key root_key;
  P256Key key;
  certificates::Certificate root = make_certificate({"Root", root_key, root_key, "Root", from, until, true});
  certificates::Certificate leaf = make_certificate({"Leaf", key, root_key, "Root", from, until});
  credential::ResidenceSeal page{.issuer = issuer,
                                 .number = "7K2PDXQ04M8ZVW1H",
                                 .issued_on = base::day_of(now),
                                 .good_through = base::day_of(now + std::chrono::days{9}),
                                 .person = {{"family_name", "ERIKSSON"}},
                                 .address = {{"formatted", "Sonnenallee 17b\n12047 Berlin"}, {"country", "DE"}},
                                 .residence = {{"kind", "main"}}};
  std::string seal;
};

TEST_F(VerifyPaper, ReadsThePageAPictureOfItAndItsText) {
  write_text(file("seal.txt"), seal + "\n");
  Outcome const of_text = verify("seal.txt");
  EXPECT_EQ(of_text.status, 0) << of_text.errors;
  EXPECT_THAT(of_text.output, StartsWith("valid\n"));
  for (char const* part :
       {"Said by https://register.example on 2026-11-27, good through 2026-12-06", "7K2P-DXQ0-4M8Z-VW1H", "ERIKSSON",
        "Sonnenallee 17b, 12047 Berlin", "Compare this with what the page says"})
    EXPECT_THAT(of_text.output, HasSubstr(part));
  for (std::string const& name : {std::string{"page.pdf"}, picture("png"), picture("jpeg"), picture("png", "300")}) {
    Outcome const found = verify(name);
    EXPECT_EQ(found.status, 0) << name << " " << found.errors;
    EXPECT_EQ(found.output, of_text.output) << name;
  }
}

TEST_F(VerifyPaper, TellsProgramsItsNumber) {
  auto const json = codec::parse_json(verify("page.pdf", {"--json"}).output).value();
  EXPECT_EQ(json.at("verdict"), "valid");
  EXPECT_EQ(json.at("number"), "7K2PDXQ04M8ZVW1H");
  EXPECT_EQ(json.at("issuer").as_string(), issuer);
  EXPECT_EQ(json.at("issued_at"), "2026-11-27T00:00:00Z");
  EXPECT_EQ(json.at("expires_at"), "2026-12-07T00:00:00Z");
  EXPECT_EQ(json.at_pointer("/person/family_name"), "ERIKSSON");
}

TEST_F(VerifyPaper, NamesOtherVerdicts) {
  EXPECT_THAT(verify("page.pdf", {"--audience", "https://school.example", "--nonce", "1"}).output,
              StartsWith("holder-not-bound: "));
  EXPECT_THAT(verify("page.pdf", {"--at", "2026-12-07T00:00:00Z"}).output, Not(StartsWith("valid")));
  std::string changed = seal;
  changed.replace(changed.find("ERIKSSON"), 8, "SVENSSON");
  write_text(file("page.pdf"), pdf_of({changed}));
  Outcome const found = verify("page.pdf");
  EXPECT_EQ(found.status, 1);
  EXPECT_THAT(found.output, StartsWith("bad-signature: "));
  EXPECT_THAT(found.output, HasSubstr("It claims to be said by"));
}

TEST_F(VerifyPaper, TakesTheOneCodeThatIsMeant) {
  write_text(file("page.pdf"), pdf_of({"https://example.com/~somebody", seal, seal}));
  EXPECT_EQ(verify("page.pdf").status, 0);
  write_text(file("page.pdf"), pdf_of({seal, credential::make_seal(page, leaf, key.signer()).value()}));
  expect_unreadable("page.pdf", "several different codes");
  write_text(file("page.pdf"), pdf_of({"https://example.com/~somebody"}));
  expect_unreadable("page.pdf", "something else than a certificate of residence");
}

TEST_F(VerifyPaper, SaysWhatToDoWithAFileThatItCannotRead) {
  std::string const png = picture("png");
  std::string const whole = read_text(file(png));
  write_text(file("cut.png"), whole.substr(0, whole.size() / 2));
  expect_unreadable("cut.png", "broken or cut off. Make it anew.");
  std::string const pdf = read_text(file("page.pdf"));
  write_text(file("cut.pdf"), pdf.substr(0, 200));
  expect_unreadable("cut.pdf", "PDF is broken");
  write_text(file("large.pdf"), "%PDF-1.5\n" + std::string(33 * 1024 * 1024, ' '));
  expect_unreadable("large.pdf", "too large");
  write_text(file("large.txt"), std::string(65 * 1024, 'x'));
  expect_unreadable("large.txt", "too large");
  EXPECT_EQ(run_command({"/usr/bin/pdftoppm", "-png", "-r", "72", "-x", "0", "-y", "0", "-W", "500", "-H", "200",
                         "-singlefile", file("page.pdf"), file("head")})
                .status,
            0);
  expect_unreadable("head.png", "No code can be read in it");
}

TEST_F(VerifyPaper, ReadsAPageFromStandardInput) {
  Outcome const found = run_command({"/bin/sh", "-c", R"("$1" verify - --trust "$2" --at 2026-11-27T13:00:00Z <"$3")",
                                     "sh", executable, file("trust.json"), file("page.pdf")});
  EXPECT_EQ(found.status, 0) << found.errors;
}

// G7: a process that may make no socket says the same, also of a page with links in it.
TEST_F(VerifyPaper, G7MakesNoConnection) {
  for (std::string const& name : {std::string{"page.pdf"}, picture("png"), picture("jpeg")}) {
    Outcome const found = run_command({"/usr/bin/env", "LD_PRELOAD=" ABODE_NO_NETWORK, executable, "verify", file(name),
                                       "--trust", file("trust.json"), "--at", "2026-11-27T13:00:00Z"});
    EXPECT_EQ(found.status, 0) << found.errors;
    EXPECT_THAT(found.output, StartsWith("valid\n"));
  }
}

}  // namespace
}  // namespace abode::functional
