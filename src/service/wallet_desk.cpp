#include "service/wallet_desk.hpp"

#include <algorithm>

#include "codec/text.hpp"
#include "digest/digest.hpp"
#include "service/sessions.hpp"

namespace abode::service {
namespace {

using base::errc;
using base::fail;
using base::result;
using Secret = base::Secret<std::string>;

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t nonce_time_bytes = 8;
constexpr std::size_t nonce_random_bytes = 16;
constexpr std::size_t nonce_tag_bytes = 16;

base::Error no_such_code() {
  return fail(errc::not_found, "This offer is over, was used, or the code is wrong. Have a new one made.");
}

/// In a time that does not depend on where they differ.
bool same(std::string_view a, std::string_view b) {
  return digest::sha256(base::as_bytes(a)) == digest::sha256(base::as_bytes(b));
}

base::Hash tag_of(std::array<std::uint8_t, 32> const& key, WalletDesk::NonceOf what, base::ByteView content) {
  base::Bytes const purpose{static_cast<std::uint8_t>(what)};
  return digest::hmac_sha256(key, {purpose, content});
}

}  // namespace

result<void> check_offer(Context const& context, ports::Snapshot& snapshot, Actor const& actor,
                         WalletOffer const& offer) {
  return check_proof_wish(context, snapshot, actor,
                          {.registration = offer.registration,
                           .form = ProofForm::wallet,
                           .life = offer.life,
                           .days = offer.days,
                           .fields = rules::everything_provable});
}

WalletDesk::WalletDesk(base::Clock& clock, base::Random& random)
    : clock_(clock), random_(random), nonce_key_(random.bytes<32>()) {}

std::string WalletDesk::draw() {
  return codec::to_base64url(random_.bytes<secret_bytes>());
}

/// At most once a second: whoever sends many messages does not make each of them slow.
void WalletDesk::forget_old(base::Time now) {
  if (forgotten_at_ == now) return;
  forgotten_at_ = now;
  std::erase_if(offers_, [now](auto const& one) { return now >= one.second.made_at + wallet_offer_life; });
  std::erase_if(by_code_, [this](auto const& one) { return !offers_.contains(one.second); });
  std::erase_if(tokens_, [now](auto const& one) { return now >= one.second.expires_at; });
  std::erase_if(told_, [now](auto const& one) { return now >= one.second; });
}

result<LaidOutOffer> WalletDesk::lay_out(ports::HolderSession const& holder, WalletOffer const& offer) {
  base::Time const now = clock_.now();
  if (!is_fresh(holder.row().begun_at, now)) {
    return fail(errc::stale_sign_in, "You signed in a while ago. Sign in once more, then make the offer.");
  }
  std::lock_guard const lock{mutex_};
  forget_old(now);
  auto const theirs =
      std::ranges::count_if(offers_, [&](auto const& one) { return one.second.holder.record() == holder.record(); });
  if (theirs >= static_cast<std::ptrdiff_t>(max_wallet_offers_of_one))
    return fail(errc::conflict, "You have 5 offers that wait. Use one of them, or wait ten minutes.");
  if (offers_.size() >= max_wallet_offers)
    return fail(errc::busy, "Too many offers wait at this moment. Try again in a few minutes.");
  std::string digits;
  while (digits.size() < transaction_code_digits) digits += static_cast<char>('0' + random_.below(10));
  std::string id = draw();
  std::string code = draw();
  by_code_.emplace(digest::sha256(base::as_bytes(code)), id);
  offers_.emplace(id, Offer{holder, now, offer, std::move(code), digits});
  return LaidOutOffer{std::move(id), Secret{std::move(digits)}, now + wallet_offer_life};
}

result<ShownOffer> WalletDesk::look(std::string_view id) {
  std::lock_guard const lock{mutex_};
  forget_old(clock_.now());
  auto const found = offers_.find(id);
  if (found == offers_.end()) return no_such_code();
  return ShownOffer{Secret{found->second.code}, found->second.wish.life};
}

bool WalletDesk::has_code(std::string_view code) {
  std::lock_guard const lock{mutex_};
  forget_old(clock_.now());
  return by_code_.contains(digest::sha256(base::as_bytes(code)));
}

void WalletDesk::drop(std::string const& id) {
  auto const found = offers_.find(id);
  by_code_.erase(digest::sha256(base::as_bytes(found->second.code)));
  offers_.erase(found);
}

result<WalletToken> WalletDesk::redeem(std::string_view code, std::optional<std::string> const& transaction_code,
                                       std::string_view thumbprint) {
  base::Time const now = clock_.now();
  std::lock_guard const lock{mutex_};
  forget_old(now);
  auto const named = by_code_.find(digest::sha256(base::as_bytes(code)));
  if (named == by_code_.end()) return no_such_code();
  std::string const id = named->second;
  if (!transaction_code) return fail(errc::invalid, "The transaction code is missing: its holder reads it out.");
  Offer& offer = offers_.at(id);
  if (!same(offer.transaction_code, *transaction_code)) {
    if (++offer.misses >= max_transaction_code_misses) drop(id);
    return no_such_code();
  }
  std::string token = draw();
  tokens_.emplace(digest::sha256(base::as_bytes(token)),
                  Token{{offer.holder, offer.made_at, offer.wish}, std::string{thumbprint}, now + wallet_token_life});
  drop(id);
  return WalletToken{Secret{std::move(token)}, wallet_token_life};
}

WalletDesk::Token* WalletDesk::find(std::string_view token, base::Time now) {
  forget_old(now);
  auto const found = tokens_.find(digest::sha256(base::as_bytes(token)));
  return found == tokens_.end() ? nullptr : &found->second;
}

result<WalletRight> WalletDesk::right_of(std::string_view token, std::string_view thumbprint) {
  std::lock_guard const lock{mutex_};
  Token const* const found = find(token, clock_.now());
  if (found == nullptr || !same(found->thumbprint, thumbprint))
    return fail(errc::unauthenticated, "This token is none, is over, or is bound to another key.");
  return found->right;
}

result<void> WalletDesk::take(std::string_view token, std::size_t proofs) {
  std::lock_guard const lock{mutex_};
  Token* const found = find(token, clock_.now());
  if (found == nullptr || found->left < proofs)
    return fail(errc::conflict, "This offer was for ten proofs at most. Have a new one made.");
  found->left -= proofs;
  return {};
}

std::string WalletDesk::make_notification_id(std::string_view token) {
  std::lock_guard const lock{mutex_};
  std::string id = draw();
  if (Token* const found = find(token, clock_.now())) found->notifications[id] = true;
  return id;
}

bool WalletDesk::is_notification_id(std::string_view token, std::string_view id) {
  std::lock_guard const lock{mutex_};
  Token const* const found = find(token, clock_.now());
  return found != nullptr && found->notifications.contains(std::string{id});
}

std::string WalletDesk::make_nonce(NonceOf what) {
  base::Bytes nonce;
  base::append_be(nonce, static_cast<std::uint64_t>(clock_.now().time_since_epoch().count()));
  base::append(nonce, random_.bytes<nonce_random_bytes>());
  base::append(nonce, base::ByteView{tag_of(nonce_key_, what, nonce)}.first(nonce_tag_bytes));
  return codec::to_base64url(nonce);
}

bool WalletDesk::is_good_nonce(NonceOf what, std::string_view nonce) {
  auto const bytes = codec::from_base64url(nonce);
  constexpr std::size_t content_bytes = nonce_time_bytes + nonce_random_bytes;
  if (!bytes || bytes->size() != content_bytes + nonce_tag_bytes) return false;
  base::ByteView const content = base::ByteView{*bytes}.first(content_bytes);
  base::Hash const tag = tag_of(nonce_key_, what, content);
  if (!same(base::as_text(base::ByteView{*bytes}.last(nonce_tag_bytes)),
            base::as_text(base::ByteView{tag}.first(nonce_tag_bytes))))
    return false;
  std::uint64_t seconds = 0;
  for (std::size_t i = 0; i < nonce_time_bytes; ++i) seconds = seconds << 8 | content[i];
  base::Time const made{std::chrono::seconds{seconds}};
  base::Time const now = clock_.now();
  return made <= now && now < made + wallet_nonce_life;
}

bool WalletDesk::is_first(std::string_view name) {
  base::Time const now = clock_.now();
  std::lock_guard const lock{mutex_};
  forget_old(now);
  if (told_.size() >= max_remembered_messages) return false;
  return told_.emplace(name, now + 2 * wallet_nonce_life).second;
}

}  // namespace abode::service
