#include "api/routes.hpp"

#include <array>

#include "api/handlers.hpp"
#include "api/problem.hpp"

namespace abode::api {
namespace {

using enum http::Method;
using enum Authority;

constexpr std::array routes{
    // the public log
    Route{get, "/checkpoint", anyone, get_checkpoint},
    Route{get, "/tile/{*}", anyone, get_tile},
    Route{get, "/log.vkey", anyone, get_verifier_key},

    // about the register itself
    Route{get, "/openapi.json", anyone, get_openapi},
    Route{get, "/healthz", anyone, get_health},
    Route{get, "/readyz", anyone, get_readiness},
    Route{get, "/api/v1/purposes", anyone, get_purposes},
    Route{get, "/api/v1/privacy", anyone, get_privacy},
    Route{get, "/api/v1/log", anyone, get_log_status},
    Route{get, "/api/v1/openings/weekly", anyone, get_weekly_openings},
    Route{get, "/api/v1/profile", anyone, get_profile},
    Route{get, "/api/v1/profile/current.toml", anyone, get_profile_file},
    Route{get, "/api/v1/profile/coming.toml", anyone, get_coming_profile_file},

    // what it takes to check proofs of residence
    Route{get, "/status/{name}", anyone, get_status_list},
    Route{get, "/trust.json", anyone, get_trust_file},
    Route{get, "/residence-type.json", anyone, get_residence_type},

    // signing in
    Route{get, "/api/v1/test-people", anyone, get_test_people},
    Route{post, "/api/v1/sessions", anyone, post_session},
    Route{post, "/api/v1/sessions/passkey-options", anyone, post_passkey_options},
    Route{delete_, "/api/v1/sessions", holder, delete_session},
    Route{post, "/api/v1/freeze", anyone, post_freeze},
    Route{post, "/api/v1/staff/sessions", anyone, post_staff_session},
    Route{post, "/api/v1/staff/sessions/passkey-options", anyone, post_staff_passkey_options},
    Route{delete_, "/api/v1/staff/sessions", staff, delete_staff_session},

    // a person, on how they sign in
    Route{get, "/api/v1/activation-code", holder, get_activation_code},
    Route{post, "/api/v1/activation-code/discard", holder, post_discard_activation_code},
    Route{get, "/api/v1/printed-codes", holder, get_printed_codes},
    Route{post, "/api/v1/printed-codes", holder, post_printed_codes},
    Route{post, "/api/v1/printed-codes/discard", holder, post_discard_printed_codes},
    Route{get, "/api/v1/passkeys", holder, get_passkeys},
    Route{post, "/api/v1/passkeys", holder, post_passkey},
    Route{post, "/api/v1/passkeys/options", holder, post_passkey_invitation},
    Route{post, "/api/v1/passkeys/{entry}/remove", holder, post_remove_passkey},
    Route{post, "/api/v1/passkeys/{entry}/keep", holder, post_keep_passkey},
    Route{get, "/api/v1/contact", holder, get_contact},
    Route{post, "/api/v1/contact", holder, post_contact},
    Route{post, "/api/v1/contact/confirm", holder, post_confirm_contact},
    Route{post, "/api/v1/contact/remove", holder, post_remove_contact},
    Route{get, "/api/v1/sessions", holder, get_sessions},
    Route{post, "/api/v1/sessions/end-others", holder, post_end_other_sessions},
    Route{post, "/api/v1/sessions/{id}/end", holder, post_end_session},

    // a person, on their own record
    Route{get, "/api/v1/me", holder, get_me},
    Route{get, "/api/v1/me/export", holder, get_personal_copy},
    Route{post, "/api/v1/rectification-requests", holder, post_rectification},
    Route{post, "/api/v1/rectification-requests/{entry}/withdraw", holder, post_withdraw_rectification},
    Route{post, "/api/v1/erasure", holder, post_erasure},
    Route{post, "/api/v1/erasure/undo", holder, post_undo_erasure},
    Route{get, "/api/v1/registrations", holder, get_registrations},
    Route{post, "/api/v1/registrations", holder, post_registration},
    Route{get, "/api/v1/registrations/{id}", holder, get_registration},
    Route{post, "/api/v1/registrations/{id}/correct", holder, post_correct},
    Route{post, "/api/v1/registrations/{id}/confirm", holder, post_confirm},
    Route{post, "/api/v1/registrations/{id}/renew", holder, post_renew},
    Route{post, "/api/v1/registrations/{id}/make-main", holder, post_make_main},
    Route{post, "/api/v1/registrations/{id}/move", holder, post_move},
    Route{post, "/api/v1/registrations/{id}/end", holder, post_end},
    Route{post, "/api/v1/registrations/{id}/undo", holder, post_undo},
    Route{get, "/api/v1/registrations/{id}/letter", holder, get_letter},
    Route{post, "/api/v1/registrations/{id}/letter", holder, post_letter},
    Route{post, "/api/v1/registrations/{id}/letter/withdraw", holder, post_withdraw_letter},
    Route{post, "/api/v1/registrations/{id}/confirm-by-code", holder, post_confirm_by_code},
    Route{post, "/api/v1/registrations/{id}/landlord-refusal", holder, post_landlord_refusal},
    Route{get, "/api/v1/opening-codes", holder, get_opening_codes},
    Route{post, "/api/v1/opening-codes", holder, post_opening_code},
    Route{post, "/api/v1/opening-codes/{entry}/revoke", holder, post_revoke_opening_code},
    Route{get, "/api/v1/proofs", holder, get_proofs},
    Route{post, "/api/v1/proofs", holder, post_proof},
    Route{post, "/api/v1/proofs/offers", holder, post_wallet_offer},
    Route{post, "/api/v1/proofs/{entry}/withdraw", holder, post_withdraw_proof},
    Route{get, "/api/v1/invitations", holder, get_move_invitations},
    Route{post, "/api/v1/invitations", holder, post_move_invitation},
    Route{post, "/api/v1/invitations/open", holder, post_open_move_invitation},
    Route{post, "/api/v1/invitations/{entry}/revoke", holder, post_revoke_move_invitation},
    Route{get, "/api/v1/history", holder, get_history},
    Route{get, "/api/v1/history/export", holder, get_history_export},
    Route{get, "/api/v1/history/{entry}", holder, get_history_entry},
    Route{get, "/api/v1/history/{entry}/proof", holder, get_history_proof},
    Route{get, "/api/v1/inbox", holder, get_inbox},
    Route{post, "/api/v1/inbox/read", holder, post_inbox_read},

    // a guardian, on the record of a child: what they filed themselves
    Route{get, "/api/v1/children", holder, get_children},
    Route{get, "/api/v1/children/{child}", guardian, get_child},
    Route{get, "/api/v1/children/{child}/registrations", guardian, get_registrations},
    Route{post, "/api/v1/children/{child}/registrations", guardian, post_registration},
    Route{get, "/api/v1/children/{child}/registrations/{id}", guardian, get_registration},
    Route{post, "/api/v1/children/{child}/registrations/{id}/correct", guardian, post_correct},
    Route{post, "/api/v1/children/{child}/registrations/{id}/confirm", guardian, post_confirm},
    Route{post, "/api/v1/children/{child}/registrations/{id}/renew", guardian, post_renew},
    Route{post, "/api/v1/children/{child}/registrations/{id}/make-main", guardian, post_make_main},
    Route{post, "/api/v1/children/{child}/registrations/{id}/move", guardian, post_move},
    Route{post, "/api/v1/children/{child}/registrations/{id}/end", guardian, post_end},
    Route{post, "/api/v1/children/{child}/registrations/{id}/undo", guardian, post_undo},
    Route{get, "/api/v1/children/{child}/registrations/{id}/letter", guardian, get_letter},
    Route{post, "/api/v1/children/{child}/registrations/{id}/letter", guardian, post_letter},
    Route{post, "/api/v1/children/{child}/registrations/{id}/letter/withdraw", guardian, post_withdraw_letter},
    Route{post, "/api/v1/children/{child}/registrations/{id}/confirm-by-code", guardian, post_confirm_by_code},
    Route{post, "/api/v1/children/{child}/registrations/{id}/landlord-refusal", guardian, post_landlord_refusal},
    Route{post, "/api/v1/children/{child}/move-along", guardian, post_move_along},
    Route{get, "/api/v1/children/{child}/opening-codes", guardian, get_opening_codes},
    Route{post, "/api/v1/children/{child}/opening-codes", guardian, post_opening_code},
    Route{post, "/api/v1/children/{child}/opening-codes/{commitment}/revoke", guardian, post_revoke_child_opening_code},
    Route{get, "/api/v1/children/{child}/history", guardian, get_child_history},
    Route{get, "/api/v1/children/{child}/history/{commitment}", guardian, get_child_history_entry},
    Route{get, "/api/v1/children/{child}/history/{commitment}/proof", guardian, get_child_history_proof},

    // an official, on how they sign in
    Route{get, "/api/v1/staff/passkeys", official, get_staff_passkeys},
    Route{post, "/api/v1/staff/passkeys", staff, post_staff_passkey},
    Route{post, "/api/v1/staff/passkeys/options", staff, post_staff_passkey_invitation},
    Route{post, "/api/v1/staff/passkeys/{id}/remove", official, post_remove_staff_passkey},

    // an official, on what they and others may do
    Route{get, "/api/v1/staff/me", official, get_staff_member},
    Route{get, "/api/v1/staff/roles", official, get_staff_roles},
    Route{post, "/api/v1/staff/roles/{official}/{role}/propose", official, post_propose_role},
    Route{post, "/api/v1/staff/roles/{official}/{role}/approve", official, post_approve_role},
    Route{post, "/api/v1/staff/roles/{official}/{role}/withdraw", official, post_withdraw_role},
    Route{post, "/api/v1/staff/roles/{official}/{role}/revoke", official, post_revoke_role},

    // an official, on one record at a time
    Route{post, "/api/v1/staff/openings", official, post_opening},
    Route{post, "/api/v1/staff/identifications", official, post_identification},
};

}  // namespace

Surface api_surface() {
  return {routes, render_problem};
}

}  // namespace abode::api
