// The handlers of the pages, by who may open them, and how they tell of failures.
#pragma once

#include "api/routing.hpp"

namespace abode::pages {

// Anyone.
api::Reply get_start(api::Register const& registry, api::Call const& call);
api::Reply post_sign_in(api::Register const& registry, api::Call const& call);
api::Reply post_sign_out(api::Register const& registry, api::Call const& call);
api::Reply get_leave(api::Register const& registry, api::Call const& call);
api::Reply post_leave(api::Register const& registry, api::Call const& call);
api::Reply get_freeze(api::Register const& registry, api::Call const& call);
api::Reply post_freeze(api::Register const& registry, api::Call const& call);
api::Reply get_style(api::Register const& registry, api::Call const& call);
api::Reply get_icon(api::Register const& registry, api::Call const& call);
api::Reply get_app(api::Register const& registry, api::Call const& call);
api::Reply get_app_without_slash(api::Register const& registry, api::Call const& call);
api::Reply get_passkey_script(api::Register const& registry, api::Call const& call);
api::Reply get_leave_script(api::Register const& registry, api::Call const& call);
api::Reply get_privacy(api::Register const& registry, api::Call const& call);
api::Reply get_log_status(api::Register const& registry, api::Call const& call);
api::Reply get_weekly_openings(api::Register const& registry, api::Call const& call);
api::Reply get_rules(api::Register const& registry, api::Call const& call);

// The holder.
api::Reply get_home(api::Register const& registry, api::Call const& call);
api::Reply get_register(api::Register const& registry, api::Call const& call);
api::Reply post_register(api::Register const& registry, api::Call const& call);
api::Reply get_move(api::Register const& registry, api::Call const& call);
api::Reply post_move(api::Register const& registry, api::Call const& call);
api::Reply get_correct(api::Register const& registry, api::Call const& call);
api::Reply post_correct(api::Register const& registry, api::Call const& call);
api::Reply get_renew(api::Register const& registry, api::Call const& call);
api::Reply post_renew(api::Register const& registry, api::Call const& call);
api::Reply get_make_main(api::Register const& registry, api::Call const& call);
api::Reply post_make_main(api::Register const& registry, api::Call const& call);
api::Reply post_confirm(api::Register const& registry, api::Call const& call);
api::Reply get_end(api::Register const& registry, api::Call const& call);
api::Reply post_end(api::Register const& registry, api::Call const& call);
api::Reply post_undo(api::Register const& registry, api::Call const& call);
api::Reply get_letter(api::Register const& registry, api::Call const& call);
api::Reply post_letter(api::Register const& registry, api::Call const& call);
api::Reply post_withdraw_letter(api::Register const& registry, api::Call const& call);
api::Reply post_confirm_by_code(api::Register const& registry, api::Call const& call);
api::Reply post_landlord_refusal(api::Register const& registry, api::Call const& call);
api::Reply get_receipt(api::Register const& registry, api::Call const& call);
api::Reply get_history(api::Register const& registry, api::Call const& call);
api::Reply get_inbox(api::Register const& registry, api::Call const& call);
api::Reply post_inbox(api::Register const& registry, api::Call const& call);
api::Reply post_remove_passkey(api::Register const& registry, api::Call const& call);
api::Reply post_keep_passkey(api::Register const& registry, api::Call const& call);
api::Reply get_account(api::Register const& registry, api::Call const& call);
api::Reply post_printed_codes(api::Register const& registry, api::Call const& call);
api::Reply post_discard_activation_code(api::Register const& registry, api::Call const& call);
api::Reply post_discard_printed_codes(api::Register const& registry, api::Call const& call);
api::Reply post_contact(api::Register const& registry, api::Call const& call);
api::Reply post_confirm_contact(api::Register const& registry, api::Call const& call);
api::Reply post_remove_contact(api::Register const& registry, api::Call const& call);
api::Reply post_end_session(api::Register const& registry, api::Call const& call);
api::Reply post_end_other_sessions(api::Register const& registry, api::Call const& call);
api::Reply get_proofs(api::Register const& registry, api::Call const& call);
api::Reply get_wallet_consent(api::Register const& registry, api::Call const& call);
api::Reply post_wallet_consent(api::Register const& registry, api::Call const& call);
api::Reply post_wallet_offer(api::Register const& registry, api::Call const& call);
api::Reply post_proofs(api::Register const& registry, api::Call const& call);
api::Reply post_withdraw_proof(api::Register const& registry, api::Call const& call);
api::Reply get_codes(api::Register const& registry, api::Call const& call);
api::Reply post_codes(api::Register const& registry, api::Call const& call);
api::Reply get_move_invitations(api::Register const& registry, api::Call const& call);
api::Reply post_move_invitations(api::Register const& registry, api::Call const& call);
api::Reply post_invite(api::Register const& registry, api::Call const& call);
api::Reply post_take_back_move_invitation(api::Register const& registry, api::Call const& call);
api::Reply post_take_back(api::Register const& registry, api::Call const& call);
api::Reply get_personal_copy(api::Register const& registry, api::Call const& call);
api::Reply get_rights(api::Register const& registry, api::Call const& call);
api::Reply post_rectification(api::Register const& registry, api::Call const& call);
api::Reply post_withdraw_rectification(api::Register const& registry, api::Call const& call);
api::Reply post_erasure(api::Register const& registry, api::Call const& call);
api::Reply post_undo_erasure(api::Register const& registry, api::Call const& call);

// A guardian, for a child: besides those above that take either.
api::Reply get_children(api::Register const& registry, api::Call const& call);
api::Reply get_child(api::Register const& registry, api::Call const& call);
api::Reply get_child_receipt(api::Register const& registry, api::Call const& call);
api::Reply get_child_history(api::Register const& registry, api::Call const& call);
api::Reply post_move_along(api::Register const& registry, api::Call const& call);

// An official.
api::Reply get_staff(api::Register const& registry, api::Call const& call);
api::Reply post_staff(api::Register const& registry, api::Call const& call);
api::Reply get_identification(api::Register const& registry, api::Call const& call);
api::Reply post_identification(api::Register const& registry, api::Call const& call);
api::Reply get_staff_roles(api::Register const& registry, api::Call const& call);
api::Reply post_propose_role(api::Register const& registry, api::Call const& call);
api::Reply post_approve_role(api::Register const& registry, api::Call const& call);
api::Reply post_withdraw_role(api::Register const& registry, api::Call const& call);
api::Reply post_revoke_role(api::Register const& registry, api::Call const& call);
api::Reply get_staff_passkeys(api::Register const& registry, api::Call const& call);
api::Reply post_remove_staff_passkey(api::Register const& registry, api::Call const& call);

/// Surface::render_error of the pages.
http::Response render_failure(api::Register const& registry, http::Request const& request, base::Error const& error);

}  // namespace abode::pages
