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

std::string const reader = (std::filesystem::path{executable}.parent_path() / "abode-scan").string();

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

TEST_F(VerifyPaper, SaysWhatToInstallWhereNothingReadsPictures) {
  std::string const alone = file("abode");
  std::filesystem::copy_file(executable, alone);
  auto const verify_alone = [&](std::string const& name) {
    return run_command({alone, "verify", file(name), "--trust", file("trust.json"), "--at", "2026-11-27T13:00:00Z"});
  };
  Outcome const found = verify_alone("page.pdf");
  EXPECT_EQ(found.status, 2);
  EXPECT_EQ(found.output, "");
  EXPECT_THAT(found.errors, HasSubstr(file("abode-scan") + " cannot be started"));
  EXPECT_THAT(found.errors, HasSubstr("Install abode-scan beside abode."));
  write_text(file("seal.txt"), seal);
  EXPECT_EQ(verify_alone("seal.txt").status, 0) << "a text takes no such program";
}

// G7: a process that may make no socket says the same, also of a page with links in it. What reads the page starts
// without the environment of abode, so it is held to this by itself.
TEST_F(VerifyPaper, G7MakesNoConnection) {
  for (std::string const& name : {std::string{"page.pdf"}, picture("png"), picture("jpeg")}) {
    Outcome const found = run_command({"/usr/bin/env", "LD_PRELOAD=" ABODE_NO_NETWORK, executable, "verify", file(name),
                                       "--trust", file("trust.json"), "--at", "2026-11-27T13:00:00Z"});
    EXPECT_EQ(found.status, 0) << found.errors;
    EXPECT_THAT(found.output, StartsWith("valid\n"));
    Outcome const read = run_command({"/usr/bin/env", "LD_PRELOAD=" ABODE_NO_NETWORK, "/bin/sh", "-c",
                                      R"("$1" 1610612736 30 <"$2" && echo)", "sh", reader, file(name)});
    EXPECT_EQ(read.status, 0) << name;
    EXPECT_THAT(read.output, StartsWith("f"));
    EXPECT_THAT(read.output, HasSubstr(seal));
  }
}

// A page whose fonts are not in it has poppler look for some, and fontconfig keep what it found.
TEST_F(VerifyPaper, TheProgramThatReadsWritesNothing) {
  write_text(
      file("named_font.pdf"),
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
      "4 0 obj<</Length 32>>stream\nBT /F 24 Tf 20 50 Td (Hello) Tj ET\nendstream endobj\n"
      "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n");
  std::filesystem::create_directories(file("fonts"));
  std::filesystem::create_directories(file("cache"));
  write_text(file("fonts.conf"),
             "<fontconfig><dir>" + file("fonts") + "</dir><cachedir>" + file("cache") + "</cachedir></fontconfig>");
  std::string const command = R"("$1" 1610612736 30 <"$2" && echo)";
  Outcome const found = run_command({"/usr/bin/env", "FONTCONFIG_FILE=" + file("fonts.conf"), "/bin/sh", "-c", command,
                                     "sh", reader, file("named_font.pdf")});
  EXPECT_EQ(found.status, 0);
  EXPECT_EQ(found.output, "f\n");
  for (auto const& entry : std::filesystem::directory_iterator{file("cache")})
    EXPECT_TRUE(!entry.is_regular_file() || entry.file_size() == 0) << entry.path();
}

TEST_F(VerifyPaper, TheProgramThatReadsHasTheMemoryThatItIsGiven) {
  std::string const command = R"("$1" "$2" 30 <"$3" && echo)";
  auto const read_with = [&](char const* memory_bytes) {
    return run_command({"/bin/sh", "-c", command, "sh", reader, memory_bytes, file(picture("png"))});
  };
  EXPECT_EQ(read_with("1610612736").status, 0);
  Outcome const found = read_with("1000000");
  EXPECT_EQ(found.status, 1);
  EXPECT_EQ(found.output, "");
}

TEST_F(VerifyPaper, TheProgramThatReadsSaysWhatItIs) {
  for (std::vector<std::string> const& arguments : {std::vector<std::string>{}, {"1"}, {"1", "x"}, {"1", "2", "3"}}) {
    std::vector<std::string> command{reader};
    command.insert(command.end(), arguments.begin(), arguments.end());
    Outcome const found = run_command(command);
    EXPECT_EQ(found.status, 2);
    EXPECT_EQ(found.output, "");
    EXPECT_THAT(found.errors, HasSubstr("reads the codes in a picture or a PDF for abode verify"));
  }
}

}  // namespace
}  // namespace abode::functional
