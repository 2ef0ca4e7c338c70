// The API's handlers, by who may call them. Each parses its request and says what is to be done; the executor does it.
#pragma once

#include "api/routing.hpp"

namespace abode::api {

// Anyone.
Reply get_test_people(Register const& registry, Call const& call);
Reply post_session(Register const& registry, Call const& call);
Reply post_passkey_options(Register const& registry, Call const& call);
Reply post_freeze(Register const& registry, Call const& call);
Reply post_staff_session(Register const& registry, Call const& call);
Reply get_privacy(Register const& registry, Call const& call);
Reply get_profile(Register const& registry, Call const& call);
Reply get_profile_file(Register const& registry, Call const& call);
Reply get_coming_profile_file(Register const& registry, Call const& call);
Reply get_weekly_openings(Register const& registry, Call const& call);
Reply get_purposes(Register const& registry, Call const& call);
Reply get_openapi(Register const& registry, Call const& call);
Reply get_health(Register const& registry, Call const& call);
Reply get_readiness(Register const& registry, Call const& call);

// Anyone: the public log.
Reply get_checkpoint(Register const& registry, Call const& call);
Reply get_tile(Register const& registry, Call const& call);
Reply get_verifier_key(Register const& registry, Call const& call);
Reply get_log_status(Register const& registry, Call const& call);

// Anyone: what it takes to check proofs of residence.
Reply get_status_list(Register const& registry, Call const& call);
Reply get_trust_file(Register const& registry, Call const& call);
Reply get_residence_type(Register const& registry, Call const& call);

// The holder.
Reply delete_session(Register const& registry, Call const& call);
Reply get_contact(Register const& registry, Call const& call);
Reply post_contact(Register const& registry, Call const& call);
Reply post_confirm_contact(Register const& registry, Call const& call);
Reply post_remove_contact(Register const& registry, Call const& call);
Reply get_sessions(Register const& registry, Call const& call);
Reply get_activation_code(Register const& registry, Call const& call);
Reply post_discard_activation_code(Register const& registry, Call const& call);
Reply get_printed_codes(Register const& registry, Call const& call);
Reply post_printed_codes(Register const& registry, Call const& call);
Reply post_discard_printed_codes(Register const& registry, Call const& call);
Reply get_passkeys(Register const& registry, Call const& call);
Reply post_passkey_invitation(Register const& registry, Call const& call);
Reply post_passkey(Register const& registry, Call const& call);
Reply post_remove_passkey(Register const& registry, Call const& call);
Reply post_keep_passkey(Register const& registry, Call const& call);
Reply post_end_session(Register const& registry, Call const& call);
Reply post_end_other_sessions(Register const& registry, Call const& call);
Reply get_me(Register const& registry, Call const& call);
Reply get_personal_copy(Register const& registry, Call const& call);
Reply post_rectification(Register const& registry, Call const& call);
Reply post_withdraw_rectification(Register const& registry, Call const& call);
Reply post_erasure(Register const& registry, Call const& call);
Reply post_undo_erasure(Register const& registry, Call const& call);
Reply get_registrations(Register const& registry, Call const& call);
Reply post_registration(Register const& registry, Call const& call);
Reply get_registration(Register const& registry, Call const& call);
Reply post_correct(Register const& registry, Call const& call);
Reply post_move(Register const& registry, Call const& call);
Reply post_confirm(Register const& registry, Call const& call);
Reply post_renew(Register const& registry, Call const& call);
Reply post_make_main(Register const& registry, Call const& call);
Reply post_end(Register const& registry, Call const& call);
Reply post_undo(Register const& registry, Call const& call);
Reply get_letter(Register const& registry, Call const& call);
Reply post_letter(Register const& registry, Call const& call);
Reply post_withdraw_letter(Register const& registry, Call const& call);
Reply post_confirm_by_code(Register const& registry, Call const& call);
Reply post_landlord_refusal(Register const& registry, Call const& call);
Reply get_opening_codes(Register const& registry, Call const& call);
Reply post_opening_code(Register const& registry, Call const& call);
Reply post_revoke_opening_code(Register const& registry, Call const& call);
Reply get_proofs(Register const& registry, Call const& call);
Reply post_wallet_offer(Register const& registry, Call const& call);
Reply post_proof(Register const& registry, Call const& call);
Reply post_withdraw_proof(Register const& registry, Call const& call);
Reply get_move_invitations(Register const& registry, Call const& call);
Reply post_move_invitation(Register const& registry, Call const& call);
Reply post_revoke_move_invitation(Register const& registry, Call const& call);
Reply post_open_move_invitation(Register const& registry, Call const& call);
Reply get_history(Register const& registry, Call const& call);
Reply get_history_entry(Register const& registry, Call const& call);
Reply get_history_proof(Register const& registry, Call const& call);
Reply get_history_export(Register const& registry, Call const& call);
Reply get_inbox(Register const& registry, Call const& call);
Reply post_inbox_read(Register const& registry, Call const& call);

// A guardian, for a child: besides those above that take either.
Reply get_children(Register const& registry, Call const& call);
Reply get_child(Register const& registry, Call const& call);
Reply get_child_history(Register const& registry, Call const& call);
Reply get_child_history_entry(Register const& registry, Call const& call);
Reply get_child_history_proof(Register const& registry, Call const& call);
Reply post_revoke_child_opening_code(Register const& registry, Call const& call);
Reply post_move_along(Register const& registry, Call const& call);

// An official.
Reply delete_staff_session(Register const& registry, Call const& call);
Reply post_staff_passkey_options(Register const& registry, Call const& call);
Reply get_staff_passkeys(Register const& registry, Call const& call);
Reply post_staff_passkey_invitation(Register const& registry, Call const& call);
Reply post_staff_passkey(Register const& registry, Call const& call);
Reply post_remove_staff_passkey(Register const& registry, Call const& call);
Reply post_identification(Register const& registry, Call const& call);
Reply get_staff_member(Register const& registry, Call const& call);
Reply get_staff_roles(Register const& registry, Call const& call);
Reply post_propose_role(Register const& registry, Call const& call);
Reply post_approve_role(Register const& registry, Call const& call);
Reply post_withdraw_role(Register const& registry, Call const& call);
Reply post_revoke_role(Register const& registry, Call const& call);
Reply post_opening(Register const& registry, Call const& call);

}  // namespace abode::api
