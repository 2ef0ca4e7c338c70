#include "pages/pages.hpp"

#include <array>

#include "html/look.hpp"
#include "pages/internal/handlers.hpp"

namespace abode::pages {
namespace {

using enum http::Method;
using enum api::Authority;
using api::Route;

constexpr std::array routes{
    // the start, signing in and out
    Route{get, "/", anyone, get_start},
    Route{post, "/sign-in", anyone, post_sign_in},
    Route{post, "/sign-out", anyone, post_sign_out},
    Route{get, "/leave", anyone, get_leave},
    Route{post, "/leave", anyone, post_leave},
    Route{get, "/freeze", anyone, get_freeze},
    Route{post, "/freeze", anyone, post_freeze},
    Route{get, "/style.css", anyone, get_style},
    Route{get, "/icon.svg", anyone, get_icon},
    Route{get, "/app", anyone, get_app_without_slash},
    Route{get, "/app/{*}", anyone, get_app},
    Route{get, "/passkey.js", anyone, get_passkey_script},
    Route{get, "/leave.js", anyone, get_leave_script},
    Route{get, "/privacy", anyone, get_privacy},
    Route{get, "/log", anyone, get_log_status},
    Route{get, "/rules", anyone, get_rules},
    Route{get, "/openings", anyone, get_weekly_openings},

    // a person, on their own record
    Route{get, "/home", holder, get_home},
    Route{get, "/register", holder, get_register},
    Route{post, "/register", holder, post_register},
    Route{get, "/registrations/{id}/move", holder, get_move},
    Route{post, "/registrations/{id}/move", holder, post_move},
    Route{get, "/registrations/{id}/correct", holder, get_correct},
    Route{post, "/registrations/{id}/correct", holder, post_correct},
    Route{get, "/registrations/{id}/renew", holder, get_renew},
    Route{post, "/registrations/{id}/renew", holder, post_renew},
    Route{get, "/registrations/{id}/make-main", holder, get_make_main},
    Route{post, "/registrations/{id}/make-main", holder, post_make_main},
    Route{post, "/registrations/{id}/confirm", holder, post_confirm},
    Route{get, "/registrations/{id}/end", holder, get_end},
    Route{post, "/registrations/{id}/end", holder, post_end},
    Route{post, "/registrations/{id}/undo", holder, post_undo},
    Route{get, "/registrations/{id}/letter", holder, get_letter},
    Route{post, "/registrations/{id}/letter", holder, post_letter},
    Route{post, "/registrations/{id}/letter/withdraw", holder, post_withdraw_letter},
    Route{post, "/registrations/{id}/confirm-by-code", holder, post_confirm_by_code},
    Route{post, "/registrations/{id}/landlord-refusal", holder, post_landlord_refusal},
    Route{get, "/receipts/{entry}", holder, get_receipt},
    Route{get, "/history", holder, get_history},
    Route{get, "/proofs", holder, get_proofs},
    Route{post, "/proofs", holder, post_proofs},
    Route{post, "/proofs/wallet", holder, post_wallet_offer},
    Route{post, "/proofs/{entry}/withdraw", holder, post_withdraw_proof},
    Route{get, "/wallet/authorize", holder, get_wallet_consent},
    Route{post, "/wallet/authorize", holder, post_wallet_consent},
    Route{get, "/codes", holder, get_codes},
    Route{post, "/codes", holder, post_codes},
    Route{post, "/codes/{entry}/take-back", holder, post_take_back},
    Route{get, "/invitations", holder, get_move_invitations},
    Route{post, "/invitations", holder, post_move_invitations},
    Route{post, "/registrations/{id}/invite", holder, post_invite},
    Route{post, "/invitations/{entry}/take-back", holder, post_take_back_move_invitation},
    Route{get, "/inbox", holder, get_inbox},
    Route{post, "/inbox", holder, post_inbox},
    Route{get, "/account", holder, get_account},
    Route{post, "/account/activation-code/discard", holder, post_discard_activation_code},
    Route{post, "/account/printed-codes", holder, post_printed_codes},
    Route{post, "/account/printed-codes/discard", holder, post_discard_printed_codes},
    Route{post, "/account/passkeys/{entry}/remove", holder, post_remove_passkey},
    Route{post, "/account/passkeys/{entry}/keep", holder, post_keep_passkey},
    Route{post, "/account/contact", holder, post_contact},
    Route{post, "/account/contact/confirm", holder, post_confirm_contact},
    Route{post, "/account/contact/remove", holder, post_remove_contact},
    Route{post, "/account/sessions/{id}/end", holder, post_end_session},
    Route{post, "/account/sessions/end-others", holder, post_end_other_sessions},
    Route{get, "/me/export", holder, get_personal_copy},
    Route{get, "/rights", holder, get_rights},
    Route{post, "/rights/rectification", holder, post_rectification},
    Route{post, "/rights/rectification/{entry}/withdraw", holder, post_withdraw_rectification},
    Route{post, "/rights/erasure", holder, post_erasure},
    Route{post, "/rights/erasure/undo", holder, post_undo_erasure},

    // a guardian, on what they filed for a child
    Route{get, "/children", holder, get_children},
    Route{get, "/children/{child}", guardian, get_child},
    Route{get, "/children/{child}/register", guardian, get_register},
    Route{post, "/children/{child}/register", guardian, post_register},
    Route{get, "/children/{child}/registrations/{id}/move", guardian, get_move},
    Route{post, "/children/{child}/registrations/{id}/move", guardian, post_move},
    Route{get, "/children/{child}/registrations/{id}/correct", guardian, get_correct},
    Route{post, "/children/{child}/registrations/{id}/correct", guardian, post_correct},
    Route{get, "/children/{child}/registrations/{id}/renew", guardian, get_renew},
    Route{post, "/children/{child}/registrations/{id}/renew", guardian, post_renew},
    Route{get, "/children/{child}/registrations/{id}/make-main", guardian, get_make_main},
    Route{post, "/children/{child}/registrations/{id}/make-main", guardian, post_make_main},
    Route{get, "/children/{child}/registrations/{id}/end", guardian, get_end},
    Route{post, "/children/{child}/registrations/{id}/end", guardian, post_end},
    Route{post, "/children/{child}/registrations/{id}/confirm", guardian, post_confirm},
    Route{post, "/children/{child}/registrations/{id}/undo", guardian, post_undo},
    Route{get, "/children/{child}/registrations/{id}/letter", guardian, get_letter},
    Route{post, "/children/{child}/registrations/{id}/letter", guardian, post_letter},
    Route{post, "/children/{child}/registrations/{id}/letter/withdraw", guardian, post_withdraw_letter},
    Route{post, "/children/{child}/registrations/{id}/confirm-by-code", guardian, post_confirm_by_code},
    Route{post, "/children/{child}/registrations/{id}/landlord-refusal", guardian, post_landlord_refusal},
    Route{post, "/children/{child}/move-along", guardian, post_move_along},
    Route{get, "/children/{child}/receipts/{commitment}", guardian, get_child_receipt},
    Route{get, "/children/{child}/history", guardian, get_child_history},

    // an official, on one record at a time
    Route{get, "/staff", official, get_staff},
    Route{post, "/staff", official, post_staff},
    Route{get, "/staff/identify", official, get_identification},
    Route{post, "/staff/identify", official, post_identification},
    Route{get, "/staff/roles", official, get_staff_roles},
    Route{post, "/staff/roles", official, post_propose_role},
    Route{post, "/staff/roles/{official}/{role}/approve", official, post_approve_role},
    Route{post, "/staff/roles/{official}/{role}/withdraw", official, post_withdraw_role},
    Route{post, "/staff/roles/{official}/{role}/revoke", official, post_revoke_role},
    Route{get, "/staff/passkeys", staff, get_staff_passkeys},
    Route{post, "/staff/passkeys/{id}/remove", staff, post_remove_staff_passkey},
};

constexpr char const* an_hour = "public, max-age=3600";

http::Response file(std::string_view type, std::string_view content) {
  auto response = http::response(200, type, std::string{content});
  response.headers.emplace_back("Cache-Control", an_hour);
  return response;
}

}  // namespace

api::Reply get_style(api::Register const&, api::Call const&) {
  return file("text/css; charset=utf-8", html::style_sheet(style_sheet()));
}

api::Reply get_icon(api::Register const&, api::Call const&) {
  return file("image/svg+xml", icon());
}

api::Reply get_passkey_script(api::Register const&, api::Call const&) {
  return file("text/javascript; charset=utf-8", passkey_script());
}

api::Reply get_leave_script(api::Register const&, api::Call const&) {
  return file("text/javascript; charset=utf-8", leave_script());
}

api::Surface page_surface() {
  return {routes, render_failure};
}

}  // namespace abode::pages
