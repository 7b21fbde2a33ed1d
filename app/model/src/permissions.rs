//! What a person may do on the platform: the catalogue, and how what is set on several levels comes
//! to one answer. To add a permission: a line of the catalogue, its defaults, and its two texts.

use serde::{Deserialize, Serialize};

use crate::levels::{Given, Rules, Source};
use crate::people::{Role, closed_set};
use crate::text::permissions::text;

closed_set! {
    /// A permission.
    Permission {
        /// Create agents.
        CreateAgents = 0, "create-agents";
        /// Use Deep Thinking.
        DeepThinking = 1, "deep-thinking";
        /// Use virtual spaces.
        VirtualSpaces = 2, "virtual-spaces";
        /// Edit the chaining of agents and expert groups.
        EditChaining = 3, "edit-chaining";
        /// Edit DCM integrations.
        EditDcm = 4, "edit-dcm-integrations";
        /// Have badges.
        Badges = 5, "badges";
        /// See billing.
        Billing = 6, "billing";
        /// See tax data.
        TaxData = 7, "tax-data";
        /// Set up integrations.
        Integrations = 8, "integrations";
        /// Take part in the community feed.
        CommunityFeed = 9, "community-feed";
    }
}

impl Permission {
    /// How it is called.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::CreateAgents => t.create_agents,
            Self::DeepThinking => t.deep_thinking,
            Self::VirtualSpaces => t.virtual_spaces,
            Self::EditChaining => t.edit_chaining,
            Self::EditDcm => t.edit_dcm,
            Self::Badges => t.badges,
            Self::Billing => t.billing,
            Self::TaxData => t.tax_data,
            Self::Integrations => t.integrations,
            Self::CommunityFeed => t.community_feed,
        }
    }

    /// What whoever has it may do.
    pub fn sentence(self) -> &'static str {
        let t = text();
        match self {
            Self::CreateAgents => t.create_agents_hint,
            Self::DeepThinking => t.deep_thinking_hint,
            Self::VirtualSpaces => t.virtual_spaces_hint,
            Self::EditChaining => t.edit_chaining_hint,
            Self::EditDcm => t.edit_dcm_hint,
            Self::Badges => t.badges_hint,
            Self::Billing => t.billing_hint,
            Self::TaxData => t.tax_data_hint,
            Self::Integrations => t.integrations_hint,
            Self::CommunityFeed => t.community_feed_hint,
        }
    }

    /// Whether a role has it where nobody set anything: administrators have everything, managers
    /// what it takes to look after agents and connectors.
    pub const fn default_of(self, role: Role) -> bool {
        match role {
            Role::Administrator => true,
            Role::Manager => !matches!(self, Self::Billing | Self::TaxData),
            Role::User => matches!(self, Self::Badges | Self::CommunityFeed),
        }
    }
}

closed_set! {
    /// What is chosen for a permission on one level.
    Choice {
        /// What the level behind it says.
        Inherit = 0, "inherit";
        /// Allowed.
        Allow = 1, "allow";
        /// Denied.
        Deny = 2, "deny";
    }
}

impl Choice {
    /// The choice of what is set.
    pub const fn of(set: Option<bool>) -> Self {
        match set {
            None => Self::Inherit,
            Some(true) => Self::Allow,
            Some(false) => Self::Deny,
        }
    }

    /// What is set by the choice.
    pub const fn set(self) -> Option<bool> {
        match self {
            Self::Inherit => None,
            Self::Allow => Some(true),
            Self::Deny => Some(false),
        }
    }

    /// How it is called.
    pub fn label(self) -> &'static str {
        let t = text();
        match self {
            Self::Inherit => t.inherit,
            Self::Allow => t.allow,
            Self::Deny => t.deny,
        }
    }
}

/// Which permissions are set on a level, and whether they are allowed.
pub type PermissionRules = Rules<Permission, bool>;

/// All that is set about a person's permissions.
pub type GivenPermissions = Given<Permission, bool>;

/// Whether a person has a permission, and where that comes from. Where several groups say
/// something, *denied* counts.
pub fn resolve(permission: Permission, role: Role, given: &GivenPermissions) -> (bool, Source) {
    or_default(given.nearest(&permission, role), permission, role)
}

/// The same without what is set for the person alone: what they inherit.
pub fn resolve_inherited(
    permission: Permission,
    role: Role,
    given: &GivenPermissions,
) -> (bool, Source) {
    or_default(given.inherited(&permission, role), permission, role)
}

fn or_default(
    nearest: Option<(bool, Source)>,
    permission: Permission,
    role: Role,
) -> (bool, Source) {
    nearest.unwrap_or_else(|| (permission.default_of(role), Source::Default(role)))
}
