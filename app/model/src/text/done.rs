//! What was just done, as the next page says it. To add one: a line here.

use super::fill;

/// Declares what can be said with the words that cross between two requests, and the sentences, in
/// which `{}` is whom or what it was done to.
macro_rules! done {
    ($($(#[$meta:meta])* $name:ident = $word:literal => $english:literal;)+) => {
        /// What was just done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Done { $($(#[$meta])* $name,)+ }

        impl Done {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)+ }
            }
        }
    };
}

done! {
    /// An uploaded file was not imported.
    FileDiscarded = "file-discarded" => "{} was discarded. Nobody was added.";
    /// A section of the settings was saved.
    SettingsSaved = "settings-saved" => "Saved: {}.";
    /// A setting was put back to its default.
    SettingReset = "setting-reset" => "Back to the default: {}.";
    /// Somebody was invited.
    Invited = "invited" => "{} is invited.";
    /// A list of people was invited.
    ListInvited = "list-invited" => "People who were invited: {}.";
    /// An account was made.
    AccountCreated = "account-created" => "{} can sign in now.";
    /// An invitation was sent.
    InvitationSent = "invitation-sent" => "The invitation of {} is in the outbox.";
    /// An invitation was withdrawn.
    InvitationRevoked = "invitation-revoked" => "The invitation of {} is withdrawn.";
    /// Whoever was invited has accepted, and is signed in.
    Joined = "joined" => "Welcome, {}. Your account is ready.";
    /// Somebody has set their own password.
    PasswordChosen = "password-chosen" => "Your new password is set, {}.";
    /// A link to set a new password was mailed.
    RecoverySent = "recovery-sent" => "The link for {} is in the outbox.";
    /// A mail is tried again.
    MailRetried = "mail-retried" => "The mail to {} is tried again.";
    /// Mails are tried again.
    MailsRetried = "mails-retried" => "Mails that are tried again: {}.";
    /// A group was made.
    GroupCreated = "group-created" => "The group {} was created.";
    /// A group was renamed or described.
    GroupSaved = "group-saved" => "{} was saved.";
    /// A group was deleted.
    GroupDeleted = "group-deleted" => "The group {} was deleted.";
    /// People came into a group.
    MembersAdded = "members-added" => "Added to the group: {}.";
    /// People left a group.
    MembersRemoved = "members-removed" => "Removed from the group: {}.";
    /// Permissions were set.
    PermissionsSaved = "permissions-saved" => "The permissions of {} were saved.";
    /// The daily message limit was switched on or off.
    DailySwitched = "daily-switched" => "The daily message limit is {} now.";
    /// Limits were set.
    LimitsSaved = "limits-saved" => "The limits of {} were saved.";
    /// A person's fields were saved.
    PersonSaved = "person-saved" => "{} was saved.";
    /// The same, while somebody else changed other fields.
    PersonSavedBeside = "person-saved-beside" => "{} was saved. Somebody else changed other fields meanwhile, which stay.";
    /// Nothing is another than before.
    PersonAsBefore = "person-as-before" => "{} is as before.";
    /// A person was kept out.
    PersonSuspended = "person-suspended" => "{} is suspended and signed out.";
    /// A person was let in again.
    PersonReactivated = "person-reactivated" => "{} is active again.";
    /// The same, without the seat that they had.
    PersonReactivatedSeatless = "person-reactivated-seatless" => "{} is active again, without a licence: no seat is free.";
    /// A person was moved to Recently deleted.
    PersonDeleted = "person-deleted" => "{} is in Recently deleted and can be restored.";
    /// A person was brought back.
    PersonRestored = "person-restored" => "{} was restored.";
    /// The same, without the seat that they had.
    PersonRestoredSeatless = "person-restored-seatless" => "{} was restored, without a licence: no seat is free.";
    /// A person is gone for good.
    PersonGone = "person-gone" => "{} is gone for good.";
    /// A person's budget was set.
    BudgetSaved = "budget-saved" => "The budget of {} was changed.";
    /// A person has a seat.
    LicenceGiven = "licence-given" => "{} has a licence.";
    /// A person has no seat any more.
    LicenceTaken = "licence-taken" => "{} has no licence any more.";
}

catalogue! {
    undo = "Undo";
}

/// The texts in the language in use.
pub fn text() -> &'static Text {
    &ENGLISH
}

impl Done {
    /// What a word means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|done| done.word() == word)
    }

    /// The sentence.
    pub fn sentence(self, what: &str) -> String {
        fill(self.english(), &[what])
    }
}
