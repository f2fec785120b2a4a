//! A conversation: three places, one order, one product at most.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ConversationId, UserId},
    offer::Glance,
    own_settings::OwnSettings,
    person::{Product, Role},
    timestamp::Timestamp,
    working_hours::{WorkingHours, is_time_zone},
};

/// Who talks with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    BuyerSupplier,
    BuyerAdmin,
    Support,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::BuyerSupplier, Self::BuyerAdmin, Self::Support];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::BuyerSupplier => "buyer_supplier",
            Self::BuyerAdmin => "buyer_admin",
            Self::Support => "support",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A taken place: who sits there and how far they have read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub user: UserId,
    pub name: String,
    /// Where it is not what they are called by.
    pub company: Option<String>,
    /// The `seq` up to which this person has read; 0 is nothing. Only moves forward.
    pub last_read_seq: i64,
    #[serde(default)]
    pub settings: OwnSettings,
    #[serde(default)]
    pub habits: Habits,
}

/// When somebody is there, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Habits {
    /// A name of the time zone database.
    pub time_zone: Option<String>,
    /// Of a supplier: see [`crate::working_hours`].
    pub working_hours: Option<String>,
    /// Of a supplier: minutes of working time in which they usually answer.
    pub answers_within_minutes: Option<i64>,
}

impl Habits {
    /// What the marketplace says is passed on where it can be understood.
    pub fn new(
        time_zone: Option<String>,
        working_hours: Option<String>,
        answers_within_minutes: Option<i64>,
    ) -> Self {
        Self {
            time_zone: time_zone.filter(|zone| is_time_zone(zone)),
            working_hours: working_hours.filter(|hours| WorkingHours::parse(hours).is_some()),
            answers_within_minutes,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub kind: Kind,
    pub buyer: Seat,
    pub supplier: Option<Seat>,
    pub admin: Option<Seat>,
    pub product: Option<Product>,
    /// What an earlier chat called it.
    #[serde(default)]
    pub subject: Option<String>,
    /// One line of at most 200 characters; `None` before the first message.
    pub last_message: Option<String>,
    pub last_message_at: Option<Timestamp>,
    /// The `seq` of the newest message; 0 before the first.
    pub last_seq: i64,
    /// Raised by one with every durable change of the conversation.
    pub rev: i64,
    /// The newest offer made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Glance>,
    /// The `rev` of the newest change of a message that had been sent before; 0: there was none. Whoever
    /// knows the conversation at a lower one has messages that may not be true any more.
    #[serde(default)]
    pub messages_rev: i64,
    pub created_at: Timestamp,
    /// Those who sit here and are written to by the other side no more.
    #[serde(default)]
    pub blocked_by: Vec<Role>,
    /// Nobody writes here any more.
    #[serde(default)]
    pub closed: Option<Closed>,
}

/// Why somebody may not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// An administrator has ended the conversation.
    Closed,
    /// The other side wants to hear no more of them.
    Blocked,
}

/// An administrator has ended it, and may open it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub at: Timestamp,
    pub reason: String,
}

impl Conversation {
    pub fn seat(&self, place: Role) -> Option<&Seat> {
        match place {
            Role::Buyer => Some(&self.buyer),
            Role::Supplier => self.supplier.as_ref(),
            Role::Admin => self.admin.as_ref(),
        }
    }

    pub fn seats(&self) -> impl Iterator<Item = (Role, &Seat)> {
        Role::ALL
            .into_iter()
            .filter_map(|place| self.seat(place).map(|seat| (place, seat)))
    }

    /// The place that this user takes here, if any.
    pub fn place_of(&self, user: &UserId) -> Option<Role> {
        self.seats()
            .find(|(_, seat)| seat.user == *user)
            .map(|(place, _)| place)
    }

    /// Everybody who sits here.
    pub fn audience(&self) -> Vec<UserId> {
        self.seats().map(|(_, seat)| seat.user.clone()).collect()
    }

    /// How far this user has read; `None` for somebody who does not sit here.
    pub fn last_read_seq(&self, user: &UserId) -> Option<i64> {
        self.place_of(user)
            .and_then(|place| self.seat(place))
            .map(|seat| seat.last_read_seq)
    }

    /// The product's name, else that of the other side, if somebody is there.
    pub fn title_for(&self, user: &UserId) -> Option<&str> {
        let product = self.product.as_ref().map(|product| product.name.as_str());
        let other = match self.place_of(user) {
            Some(Role::Buyer) => self.supplier.as_ref().or(self.admin.as_ref()),
            _ => Some(&self.buyer),
        };
        let other = other.map(|seat| seat.name.as_str());
        product.filter(|name| !name.is_empty()).or(other)
    }

    /// Unread messages of this user; 0 for somebody who does not sit here.
    pub fn unread_count(&self, user: &UserId) -> i64 {
        self.last_read_seq(user)
            .map_or(0, |seq| self.last_seq - seq)
    }

    /// What this user has set here; `None` for somebody who does not sit here.
    pub fn settings(&self, user: &UserId) -> Option<&OwnSettings> {
        let place = self.place_of(user)?;
        self.seat(place).map(|seat| &seat.settings)
    }

    /// Whether this user has put it away.
    pub fn is_archived(&self, user: &UserId) -> bool {
        self.settings(user)
            .is_some_and(|own| own.is_archived(self.last_seq))
    }

    pub fn is_pinned(&self, user: &UserId) -> bool {
        self.settings(user).is_some_and(|own| own.is_pinned)
    }

    /// It counts in no badge of this user, and tells them of nothing.
    pub fn is_muted(&self, user: &UserId) -> bool {
        self.settings(user)
            .is_some_and(|own| own.muted_until.is_some())
    }

    pub fn is_marked_unread(&self, user: &UserId) -> bool {
        let read = self.last_read_seq(user).unwrap_or(0);
        self.settings(user)
            .is_some_and(|own| own.is_marked_unread(read))
    }

    /// Whether something waits here to be read by this user, as the filter of the list has it.
    pub fn is_unread(&self, user: &UserId) -> bool {
        let is_waiting = self.unread_count(user) > 0 || self.is_marked_unread(user);
        is_waiting && !self.is_muted(user)
    }

    /// What keeps whoever sits in this place from writing. Nobody blocks administrators, and whoever
    /// blocks may still write themselves.
    pub fn barrier(&self, from: Role) -> Option<Barrier> {
        let blocker = match from {
            Role::Buyer => Some(Role::Supplier),
            Role::Supplier => Some(Role::Buyer),
            Role::Admin => None,
        };
        if self.closed.is_some() {
            return Some(Barrier::Closed);
        }
        let is_blocked = blocker.is_some_and(|blocker| self.blocked_by.contains(&blocker));
        is_blocked.then_some(Barrier::Blocked)
    }

    /// Who blocks the other side here, as far as this user may know: that they do it themselves, or, of
    /// somebody who sits on neither side, who does.
    pub fn blocker_for(&self, user: &UserId) -> Option<&UserId> {
        let mut blockers = self
            .blocked_by
            .iter()
            .filter_map(|place| self.seat(*place))
            .map(|seat| &seat.user);
        match self.place_of(user) {
            Some(Role::Buyer | Role::Supplier) => blockers.find(|blocker| *blocker == user),
            Some(Role::Admin) | None => blockers.next(),
        }
    }

    /// Whether an administrator is asked for and none sits here.
    pub fn is_waiting(&self) -> bool {
        self.admin.is_none() && self.kind != Kind::BuyerSupplier
    }

    /// What the list is ordered by: the newest message, or the opening before there is one.
    pub fn active_at(&self) -> Timestamp {
        self.last_message_at.unwrap_or(self.created_at)
    }
}
