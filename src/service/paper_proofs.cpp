#include "service/paper_proofs.hpp"

#include "base/assert.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using base::result;
using credential::ResidenceProof;
using credential::ResidenceSeal;

/// The address once: in lines, as people read it, and not in its parts as well.
credential::Texts once(credential::Texts address) {
  if (address.contains("formatted"))
    std::erase_if(address, [](auto const& text) { return text.first != "formatted" && text.first != "country"; });
  return address;
}

/// Its last day is the one before that on which the proof ends: that day is not over when it does.
ResidenceSeal seal_of(ProofsToSign const& made) {
  base::ensure(made.proofs.size() == 1 && made.kept.number.has_value(), "a page is one proof with a number");
  ResidenceProof const& proof = made.proofs.front();
  return {.issuer = proof.issuer,
          .number = *made.kept.number,
          .issued_on = base::day_of(proof.issued_at),
          .good_through = base::day_of(proof.expires_at - std::chrono::days{1}),
          .status = proof.status,
          .person = proof.person,
          .address = once(proof.address),
          .residence = proof.residence};
}

/// In the words of those who chose the fields.
base::Error in_fields(base::Error const& error) {
  std::string const first = "This is too long for the code on a page. ";
  if (error.field == "address.formatted")
    return fail(errc::invalid,
                first + "Choose country and region in place of the whole address, or have the proof made as a file.",
                "fields");
  return fail(errc::invalid, first + "Leave something out, or have the proof made as a file.", "fields");
}

}  // namespace

result<PageToSign> issue_page(Context const& context, ports::ProofKeys& keys, ports::Transaction& transaction,
                              Actor const& actor, ProofWish wish, std::optional<RequestKey> const& request) {
  if (!wish.holder_keys.empty())
    return fail(errc::invalid, "A page is bound to no key: whoever has it shows it. Leave the keys out.",
                "holder_keys");
  wish.form = ProofForm::paper;
  auto made = issue_proofs(context, transaction, actor, wish, request);
  if (!made) return made.error();
  ResidenceSeal seal = seal_of(*made);
  if (auto const fits = credential::check_fits(seal, keys.for_proofs()->chain().front()); !fits)
    return in_fields(fits.error());
  return PageToSign{std::move(*made), std::move(seal)};
}

result<std::string> sign_page(ports::ProofKeys& keys, PageToSign const& page) {
  auto const key = keys.for_proofs();
  if (auto const good = check_signer(*key, page.made.kept.issued_at); !good) return good.error();
  return ports::make_signed(
      *key, [&](ports::Sign const& sign) { return credential::make_seal(page.seal, key->chain().front(), sign); });
}

}  // namespace abode::service
