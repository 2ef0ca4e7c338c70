#include "service/wallet_desk.hpp"

#include <algorithm>

#include "codec/json.hpp"
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

// What a stamp of the desk is for; WalletDesk::NonceOf has the others.
constexpr std::uint8_t stamp_of_requests = 3;

base::Error no_such_code() {
  return fail(errc::not_found, "This offer is over, was used, or the code is wrong. Have a new one made.");
}

bool same(std::string_view a, std::string_view b) {
  return base::equal_constant_time(base::as_bytes(a), base::as_bytes(b));
}

base::Hash hash_of(std::string_view text) {
  return digest::sha256(base::as_bytes(text));
}

std::string encode(WalletRequest const& request) {
  codec::json::object written{{"client", request.client},
                              {"redirect_uri", request.redirect_uri},
                              {"challenge", request.code_challenge},
                              {"life", rules::name_of(request.life)}};
  if (request.state) written["state"] = *request.state;
  if (request.thumbprint) written["thumbprint"] = *request.thumbprint;
  return codec::json::serialize(written);
}

/// Of what encode() wrote: nobody else has the key of its stamp.
WalletRequest decode(base::ByteView content) {
  auto const written = codec::parse_json(base::as_text(content)).value().as_object();
  auto const text = [&](char const* name) { return std::string{written.at(name).as_string()}; };
  auto const maybe = [&](char const* name) {
    return written.contains(name) ? std::optional{text(name)} : std::nullopt;
  };
  return {text("client"),
          text("redirect_uri"),
          maybe("state"),
          text("challenge"),
          rules::proof_life_named(text("life")).value(),
          maybe("thumbprint")};
}

/// RFC 7636, section 4.6.
bool answers(std::string_view verifier, std::string_view challenge) {
  return codec::to_base64url(hash_of(verifier)) == challenge;
}

base::Error stale() {
  return fail(errc::stale_sign_in, "You signed in a while ago. Sign in once more, then go on.");
}

base::Error answered_before() {
  return fail(errc::conflict, "This was answered before. If your wallet has nothing, begin again in it.");
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
    : clock_(clock), random_(random), stamps_(clock, random) {}

std::string WalletDesk::draw() {
  return codec::to_base64url(random_.bytes<secret_bytes>());
}

/// At most once a second: whoever sends many messages does not make each of them slow.
void WalletDesk::forget_old(base::Time now) {
  if (forgotten_at_ == now) return;
  forgotten_at_ = now;
  std::erase_if(offers_, [now](auto const& one) { return now >= one.second.made_at + wallet_offer_life; });
  std::erase_if(by_code_, [this](auto const& one) { return !offers_.contains(one.second); });
  std::erase_if(agreements_, [now](auto const& one) { return now >= one.second.made_at + wallet_code_life; });
  std::erase_if(spent_, [now](auto const& one) { return now >= one.second.until; });
  std::erase_if(tokens_, [now](auto const& one) { return now >= one.second.expires_at; });
  std::erase_if(told_, [now](auto const& one) { return now >= one.second; });
}

/// Offers and agreements of one holder, and of all.
result<void> WalletDesk::check_room(ports::HolderSession const& holder) const {
  auto const theirs = [&](auto const& all) {
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](auto const& one) { return one.second.holder.record() == holder.record(); }));
  };
  if (theirs(offers_) + theirs(agreements_) >= max_wallet_offers_of_one)
    return fail(errc::conflict, "You have 5 offers that wait. Use one of them, or wait ten minutes.");
  if (offers_.size() + agreements_.size() >= max_wallet_offers)
    return fail(errc::busy, "Too many offers wait at this moment. Try again in a few minutes.");
  return {};
}

result<LaidOutOffer> WalletDesk::lay_out(ports::HolderSession const& holder, WalletOffer const& offer) {
  base::Time const now = clock_.now();
  if (!is_fresh(holder.row().begun_at, now)) return stale();
  std::lock_guard const lock{mutex_};
  forget_old(now);
  if (auto const room = check_room(holder); !room) return room.error();
  std::string digits;
  while (digits.size() < transaction_code_digits) digits += static_cast<char>('0' + random_.below(10));
  std::string id = draw();
  std::string code = draw();
  by_code_.emplace(hash_of(code), id);
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

std::string WalletDesk::push(WalletRequest const& request) const {
  return stamps_.make(stamp_of_requests, base::as_bytes(encode(request)));
}

result<WalletRequest> WalletDesk::read_pushed(std::string_view pushed) const {
  auto const content = stamps_.read(stamp_of_requests, pushed, wallet_request_life);
  if (!content) return fail(errc::not_found, "What your wallet asked is over, or is none. Begin again in the wallet.");
  return decode(*content);
}

result<Secret> WalletDesk::agree(ports::HolderSession const& holder, std::string_view pushed,
                                 std::optional<rules::RegistrationId> const& registration) {
  auto request = read_pushed(pushed);
  if (!request) return request.error();
  base::Time const now = clock_.now();
  if (!is_fresh(holder.row().begun_at, now)) return stale();
  std::lock_guard const lock{mutex_};
  forget_old(now);
  base::Hash const hash = hash_of(pushed);
  for (auto const& [code_hash, made] : agreements_)
    if (made.pushed == hash && made.holder.record() == holder.record()) return Secret{made.code};
  if (auto const room = check_room(holder); !room) return room.error();
  if (!is_first_of("request " + codec::to_base64url(hash), now)) return answered_before();
  std::string code = draw();
  WalletOffer const wish{.registration = registration, .life = request->life};
  agreements_.emplace(hash_of(code), Agreement{holder, now, std::move(*request), wish, hash, code});
  return Secret{std::move(code)};
}

result<WalletRequest> WalletDesk::refuse(std::string_view pushed) {
  auto request = read_pushed(pushed);
  if (!request) return request.error();
  std::lock_guard const lock{mutex_};
  forget_old(clock_.now());
  if (!is_first_of("request " + codec::to_base64url(hash_of(pushed)), clock_.now())) return answered_before();
  return request;
}

bool WalletDesk::has_code(std::string_view code) {
  std::lock_guard const lock{mutex_};
  forget_old(clock_.now());
  return by_code_.contains(hash_of(code)) || agreements_.contains(hash_of(code));
}

void WalletDesk::drop(std::string const& id) {
  auto const found = offers_.find(id);
  by_code_.erase(hash_of(found->second.code));
  offers_.erase(found);
}

result<WalletToken> WalletDesk::redeem(std::string_view code, std::optional<std::string> const& transaction_code,
                                       std::string_view thumbprint) {
  base::Time const now = clock_.now();
  std::lock_guard const lock{mutex_};
  forget_old(now);
  auto const named = by_code_.find(hash_of(code));
  if (named == by_code_.end()) return no_such_code();
  std::string const id = named->second;
  if (!transaction_code) return fail(errc::invalid, "The transaction code is missing: its holder reads it out.");
  Offer& offer = offers_.at(id);
  if (!same(offer.transaction_code, *transaction_code)) {
    if (++offer.misses >= max_transaction_code_misses) drop(id);
    return no_such_code();
  }
  WalletRight right{offer.holder, offer.made_at, offer.wish};
  drop(id);
  return give_token(std::move(right), thumbprint, now);
}

WalletToken WalletDesk::give_token(WalletRight right, std::string_view thumbprint, base::Time now) {
  std::string token = draw();
  rules::ProofLife const life = right.offer.life;
  tokens_.emplace(hash_of(token), Token{std::move(right), std::string{thumbprint}, now + wallet_token_life});
  return {Secret{std::move(token)}, wallet_token_life, life};
}

result<WalletToken> WalletDesk::redeem(CodeRedemption const& redemption, std::string_view thumbprint) {
  base::Time const now = clock_.now();
  std::lock_guard const lock{mutex_};
  forget_old(now);
  base::Hash const hash = hash_of(redemption.code);
  if (auto const spent = spent_.find(hash); spent != spent_.end()) tokens_.erase(spent->second.token);
  auto const found = agreements_.find(hash);
  if (found == agreements_.end()) return no_such_code();
  Agreement const made = std::move(found->second);
  agreements_.erase(found);
  WalletRequest const& asked = made.request;
  if (redemption.client != asked.client || redemption.redirect_uri != asked.redirect_uri)
    return fail(errc::not_found, "The code is of another client_id or redirect_uri. It is void now: begin again.");
  if (!answers(redemption.verifier, asked.code_challenge))
    return fail(errc::not_found, "The code_verifier is not that of its code_challenge. The code is void: begin again.");
  if (asked.thumbprint && *asked.thumbprint != thumbprint)
    return fail(errc::not_found, "The code is bound to another key (DPoP). It is void now: begin again.");
  auto token = give_token({made.holder, made.made_at, made.wish, asked.client}, thumbprint, now);
  spent_.emplace(hash, SpentCode{hash_of(token.token.reveal(base::Disclosure::to_holder)), now + wallet_token_life});
  return token;
}

WalletDesk::Token* WalletDesk::find(std::string_view token, base::Time now) {
  forget_old(now);
  auto const found = tokens_.find(hash_of(token));
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
  if (Token* const found = find(token, clock_.now())) found->notifications.insert(id);
  return id;
}

bool WalletDesk::is_notification_id(std::string_view token, std::string_view id) {
  std::lock_guard const lock{mutex_};
  Token const* const found = find(token, clock_.now());
  return found != nullptr && found->notifications.contains(id);
}

std::string WalletDesk::make_nonce(NonceOf what) const {
  return stamps_.make(static_cast<std::uint8_t>(what));
}

bool WalletDesk::is_good_nonce(NonceOf what, std::string_view nonce) const {
  auto const content = stamps_.read(static_cast<std::uint8_t>(what), nonce, wallet_nonce_life);
  return content && content->empty();
}

bool WalletDesk::is_first(std::string_view name) {
  base::Time const now = clock_.now();
  std::lock_guard const lock{mutex_};
  forget_old(now);
  return is_first_of(name, now);
}

bool WalletDesk::is_first_of(std::string_view name, base::Time now) {
  if (told_.size() >= max_remembered_messages) return false;
  return told_.emplace(name, now + 2 * wallet_nonce_life).second;
}

}  // namespace abode::service
