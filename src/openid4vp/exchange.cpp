#include "openid4vp/exchange.hpp"

#include "codec/text.hpp"

namespace abode::openid4vp {

using base::errc;
using base::fail;
using base::result;

std::string draw_name(base::Random& random) {
  return codec::to_base64url(random.bytes<16>());
}

Exchange::Exchange(Query const& query, base::Time now, base::Random& random)
    : query_(&query),
      began_(now),
      ends_at_(now + question_life),
      nonce_(draw_name(random)),
      state_(draw_name(random)),
      response_code_(draw_name(random)),
      key_(ResponseKey::draw(random)) {}

result<void> Exchange::check_open(base::Time now) const {
  if (is_over(now)) return fail(errc::too_late, "This request is over. Ask for a new one.");
  if (finding_) return fail(errc::conflict, "This request was answered already. Ask for a new one.");
  return {};
}

result<std::string> Exchange::request(Asker const& asker, std::string response_uri,
                                      std::optional<std::string> wallet_nonce, base::Time now) const {
  if (auto const open = check_open(now); !open) return open.error();
  Request const made{*query_, std::move(response_uri), nonce_, state_, began_, ends_at_, std::move(wallet_nonce)};
  return make_request(asker, made, key_);
}

void Exchange::close(Finding finding, base::Time now) {
  finding_ = std::move(finding);
  ends_at_ = now + finding_life;
}

result<void> Exchange::answer(std::string_view jwe, std::string_view client_id, Verify const& verify, base::Time now) {
  if (auto const open = check_open(now); !open) return open;
  auto const text = key_.open(jwe);
  if (!text) return text.error();
  auto const read = read_answer(base::as_text(*text), state_);
  if (!read) return read.error();
  if (auto const* presentation = std::get_if<Presentation>(&*read))
    close(judge(*query_, verify(presentation->text, {std::string{client_id}, nonce_})), now);
  else
    close(declined(std::get<Decline>(*read)), now);
  return {};
}

result<void> Exchange::decline(std::string_view error, std::string_view state, base::Time now) {
  if (auto const open = check_open(now); !open) return open;
  if (state != state_) return fail(errc::forbidden, "The \"state\" is not that of this request.");
  close(declined(decline_of(error)), now);
  return {};
}

}  // namespace abode::openid4vp
