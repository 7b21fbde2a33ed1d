//! The users page's pieces: its columns, filters and dialogs as tables, and what its server
//! functions answer with.

use serde::{Deserialize, Serialize};

use crate::format::WallTime;
use crate::people::{Role, Status, Tab, closed_set};
use crate::text::text;
use crate::url::Ignored;

closed_set! {
    /// The columns of the table, in the order in which the chooser offers them.
    Column {
        /// Display name (or what stands for it) with the avatar.
        Name = 0, "name";
        /// E-mail address.
        Email = 1, "email";
        /// Username.
        Username = 2, "username";
        /// When the account came into being; among others, for pending ones when their invitation was sent.
        Created = 3, "created";
        /// Role.
        Role = 4, "role";
        /// Status.
        Status = 5, "status";
        /// Whether a seat is held.
        Licence = 6, "licence";
        /// Credits used, and the limit.
        Budget = 7, "budget";
        /// Agents created.
        Agents = 8, "agents";
        /// Chats held.
        Chats = 9, "chats";
        /// Answers given by models.
        AiResponses = 10, "ai-responses";
        /// Pages imported.
        ImportedPages = 11, "imported-pages";
        /// Whether consumption counts.
        Paying = 12, "paying";
        /// When last active.
        LastActive = 13, "last-active";
        /// The person's own referral link.
        Referral = 14, "referral";
        /// Phone number.
        Phone = 15, "phone";
        /// Personas owned.
        Personas = 16, "personas";
        /// Sessions open.
        Sessions = 17, "sessions";
        /// API keys held.
        ApiKeys = 18, "api-keys";
        /// Promo code used at registration.
        Promo = 19, "promo";
        /// Where the person came from.
        Origin = 20, "origin";
        /// When the invitation ends.
        InviteExpires = 21, "invite-expires";
        /// How often the invitation was sent.
        InvitesSent = 22, "invites-sent";
        /// When the person was deleted.
        Deleted = 23, "deleted";
        /// The groups that the person is in.
        Groups = 24, "groups";
        /// Who sent the invitation.
        InvitedBy = 25, "invited-by";
        /// When the invitation was last sent.
        Sent = 26, "sent";
    }
}

impl Column {
    /// What is shown on a list when nobody chose: as many as stand beside one another on a common screen.
    /// Below a name stands the address.
    pub fn defaults(tab: Tab) -> Vec<Self> {
        use Column::*;
        match tab {
            Tab::Pending => vec![Name, Sent, InviteExpires, InvitedBy, InvitesSent, Role],
            Tab::Deleted => vec![Name, Username, Deleted, Created, Role, LastActive],
            Tab::Active | Tab::All => {
                // On a phone, the first of them is a text and no switch that is half in sight.
                vec![Name, Role, Status, LastActive, Licence, Budget, Chats, Created]
            }
        }
    }

    /// Whether it makes sense, where there are seats or not.
    pub fn fits(self, has_seats: bool) -> bool {
        has_seats || self != Self::Licence
    }

    /// Whether it holds numbers, which stand at the right.
    pub const fn is_numeric(self) -> bool {
        use Column::*;
        matches!(
            self,
            Agents
                | Chats
                | AiResponses
                | ImportedPages
                | Personas
                | Sessions
                | ApiKeys
                | InvitesSent
        )
    }

    /// Whether its first sort shows the largest or latest first.
    pub const fn descends_first(self) -> bool {
        use Column::*;
        self.is_numeric()
            || matches!(
                self,
                Created
                    | LastActive
                    | Budget
                    | Paying
                    | Licence
                    | Role
                    | Deleted
                    | InviteExpires
                    | Sent
            )
    }

    /// Its heading.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Name => t.column_name,
            Self::Email => t.column_email,
            Self::Username => t.column_username,
            Self::Created => t.column_created,
            Self::Role => t.column_role,
            Self::Status => t.column_status,
            Self::Licence => t.column_licence,
            Self::Budget => t.column_budget,
            Self::Agents => t.column_agents,
            Self::Chats => t.column_chats,
            Self::AiResponses => t.column_ai_responses,
            Self::ImportedPages => t.column_imported_pages,
            Self::Paying => t.column_paying,
            Self::LastActive => t.column_last_active,
            Self::Referral => t.column_referral,
            Self::Phone => t.column_phone,
            Self::Personas => t.column_personas,
            Self::Sessions => t.column_sessions,
            Self::ApiKeys => t.column_api_keys,
            Self::Promo => t.column_promo,
            Self::Origin => t.column_origin,
            Self::InviteExpires => t.column_invite_expires,
            Self::InvitesSent => t.column_invites_sent,
            Self::Deleted => t.column_deleted,
            Self::Groups => t.column_groups,
            Self::InvitedBy => t.column_invited_by,
            Self::Sent => t.column_sent,
        }
    }
}

closed_set! {
    /// The filters, in the order of the bar.
    Filter {
        /// When the account came into being.
        Registered = 0, "registered";
        /// Role.
        Role = 1, "role";
        /// Status.
        Status = 2, "status";
        /// Licence.
        Licence = 3, "licence";
        /// Promo code.
        Promo = 4, "promo";
        /// Referral origin.
        Origin = 5, "origin";
        /// Paying flag.
        Paying = 6, "paying";
        /// Last activity.
        LastActive = 7, "active";
        /// Budget used.
        Budget = 8, "budget";
        /// Invitation.
        Invited = 9, "invited";
        /// Group.
        Group = 10, "group";
    }
}

impl Filter {
    /// Its name in the bar, on chips and as its panel's heading.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Registered => t.filter_registered,
            Self::Role => t.column_role,
            Self::Status => t.column_status,
            Self::Licence => t.column_licence,
            Self::Promo => t.column_promo,
            Self::Origin => t.column_origin,
            Self::Paying => t.column_paying,
            Self::LastActive => t.column_last_active,
            Self::Budget => t.filter_budget,
            Self::Invited => t.filter_invited,
            Self::Group => t.column_groups,
        }
    }

    /// Whether more than one of its options can be chosen at a time.
    pub const fn takes_many(self) -> bool {
        matches!(self, Self::Role | Self::Status | Self::Promo | Self::Origin | Self::Group)
    }

    /// Whether it makes sense on a list, and where there are seats or not.
    pub fn fits(self, tab: Tab, has_seats: bool) -> bool {
        match self {
            Self::Status => matches!(tab, Tab::Active | Tab::All),
            Self::Licence => has_seats,
            _ => true,
        }
    }
}

/// What is open over the list, as part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Dialog {
    /// The column chooser.
    Columns,
    /// The field to paste a list of people into.
    Paste,
    /// The form to keep the view under a name.
    SaveView,
    /// The form to get people as a file.
    Export,
    /// A filter with its options.
    Filter(Filter),
}

impl Dialog {
    /// The word that stands in the URL.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Paste => "paste",
            Self::SaveView => "save-view",
            Self::Export => "export",
            Self::Filter(filter) => filter.word(),
        }
    }

    /// The dialog of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Columns, Self::Paste, Self::SaveView, Self::Export]
            .into_iter()
            .find(|dialog| dialog.word() == word)
            .or_else(|| Filter::from_word(word).map(Self::Filter))
    }
}

/// One row of the table. Empty texts stand for what the person has not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Stable number of the person.
    pub id: i64,
    /// Display name, or else username, or else e-mail; never empty.
    pub name: String,
    /// E-mail address as typed.
    pub email: String,
    /// Username.
    pub username: String,
    /// Phone number in E.164 form.
    pub phone: String,
    /// Role.
    pub role: Role,
    /// Status.
    pub status: Status,
    /// When the account came into being; for pending ones, when they were put on the list.
    pub created: WallTime,
    /// When the invitation was last sent; `None` where none was.
    pub invited: Option<WallTime>,
    /// When the invitation ends.
    pub invite_expires: Option<WallTime>,
    /// How often it was sent.
    pub invites_sent: i64,
    /// The name of whoever sent it; empty for nobody who is still there.
    pub invited_by: String,
    /// When last active; `None` for never.
    pub last_active: Option<WallTime>,
    /// When deleted.
    pub deleted: Option<WallTime>,
    /// Whether a seat is held.
    pub licensed: bool,
    /// Whether consumption counts.
    pub paying: bool,
    /// Hundredths of credits used.
    pub budget_used: i64,
    /// Hundredths of credits allowed; `None` without a limit.
    pub budget_limit: Option<i64>,
    /// Usage counters in the order agents, chats, AI responses, imported pages, personas,
    /// sessions, API keys.
    pub usage: [i64; 7],
    /// The code in the person's own referral link.
    pub referral_code: String,
    /// Promo code used at registration.
    pub promo_code: String,
    /// Where the person came from.
    pub origin: String,
    /// The names of their groups, with commas between them.
    pub groups: String,
}

impl UserRow {
    /// The counter of a numeric column; `None` for the other columns.
    pub fn usage_of(&self, column: Column) -> Option<i64> {
        let index = match column {
            Column::Agents => 0,
            Column::Chats => 1,
            Column::AiResponses => 2,
            Column::ImportedPages => 3,
            Column::Personas => 4,
            Column::Sessions => 5,
            Column::ApiKeys => 6,
            Column::InvitesSent => return Some(self.invites_sent),
            _ => return None,
        };
        self.usage.get(index).copied()
    }
}

/// A page of the list, without its total, which may take longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersPage {
    /// The rows.
    pub rows: Vec<UserRow>,
    /// How many rows lie before the first of these, counted while paging from the start; `None`
    /// where the page was reached from the end and the total is needed to say.
    pub offset: Option<i64>,
    /// How many rows lie from the first of these to the end, where reached from the end.
    pub from_end: Option<i64>,
    /// The value of `page` for the page before; `Some("")` is the first page.
    pub previous: Option<String>,
    /// The value of `page` for the page after.
    pub next: Option<String>,
    /// What of the query had no effect, beyond what reading it showed.
    pub ignored: Vec<Ignored>,
    /// When the rows were read.
    pub as_of: WallTime,
    /// The state of the data when they were read, to compare with later ones.
    pub revision: i64,
    /// What a pasted list came to, where the view is one.
    pub list: Option<ListSummary>,
    /// Whether there are seats, or they are switched off.
    pub has_seats: bool,
    /// Whether who looks may delete people at all: where nobody is kept, it is for good.
    pub deletes: bool,
}

/// How many people match on each list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersTotals {
    /// On the Active list.
    pub active: i64,
    /// Among the pending invitations.
    pub pending: i64,
    /// Among the recently deleted.
    pub deleted: i64,
}

impl UsersTotals {
    /// The number of one list.
    pub const fn of(&self, tab: Tab) -> i64 {
        match tab {
            Tab::Active => self.active,
            Tab::Pending => self.pending,
            Tab::Deleted => self.deleted,
            Tab::All => self.active + self.pending + self.deleted,
        }
    }
}

/// What a pasted list came to: the people that it names, by the list that they are on now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListSummary {
    /// By list.
    pub found: UsersTotals,
    /// Entries that named nobody.
    pub unknown: i64,
    /// The first few of them.
    pub unknown_examples: Vec<String>,
}

/// The figures of the cards, over the whole installation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kpis {
    /// Whether they are of everybody. A manager has the totals of their people, and nothing else.
    pub of_all: bool,
    /// Everyone on each list.
    pub totals: UsersTotals,
    /// On the Active list with a seat.
    pub licensed: i64,
    /// Administrators on the Active list.
    pub administrators: i64,
    /// Registered in the last 30 days.
    pub new_30_days: i64,
    /// Distinct people to whom an invitation was sent.
    pub invited: i64,
    /// Of those, the ones who came to have an account.
    pub invitations_completed: i64,
    /// Of those on the Pending list, the ones whose invitation has run out.
    pub invitations_expired: i64,
    /// Whether there are seats, or they are switched off.
    pub has_seats: bool,
}

impl Kpis {
    /// Everyone on Active without a seat.
    pub const fn unlicensed(&self) -> i64 {
        self.totals.active - self.licensed
    }
}

/// The figures above the list, as the server wrote them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Whether they are of everybody; see [`Kpis`].
    pub of_all: bool,
    /// Everyone on each list.
    pub totals: UsersTotals,
    /// The cards, as HTML.
    pub cards: String,
    /// What the figures mean, as HTML.
    pub statistics: String,
}

/// One option of an opened filter and how many people it would show under the current query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterOption {
    /// What the URL says; [`crate::query::NONE`] for none.
    pub value: String,
    /// How many match.
    pub count: i64,
}

/// The options of an opened filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterOptions {
    /// Most frequent first where the set is open, in natural order where it is closed.
    pub options: Vec<FilterOption>,
    /// How many further options there are than are listed.
    pub more: i64,
}

/// The side panel of one person, as the server wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPanel {
    /// What they are called, for the window.
    pub name: String,
    /// What the panel says, as HTML.
    pub html: String,
}

/// What the side panel is written from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What the table shows as well.
    pub row: UserRow,
    /// Short bio.
    pub about: String,
    /// Administrators' notes.
    pub notes: String,
    /// Date of birth, `YYYY-MM-DD`.
    pub birth_date: String,
    /// Whether they can sign in with a password.
    pub has_password: bool,
    /// When the account ends.
    pub expires: Option<WallTime>,
    /// When anything about them last changed.
    pub updated: WallTime,
    /// Whether a seat is to be taken again on return.
    pub seat_remembered: bool,
    /// When all this was read.
    pub as_of: WallTime,
}
