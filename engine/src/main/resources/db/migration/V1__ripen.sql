-- Leads -------------------------------------------------------------------------------------------

create table lead (
  id               uuid primary key,
  stage            text        not null default 'VISITOR',
  email            text,
  phone            text,
  first_name       text,
  last_name        text,
  locale           text,
  time_zone        text,
  -- Of the addresses that they come from: a guess, apart from what they or their browser told.
  region_zone      text,
  traits           jsonb       not null default '{}',
  -- When each was told: {traits: {name: when}, fields: {email: when}}. What is older changes nothing.
  traits_at        jsonb       not null default '{}',
  -- {question: {answer, at, writtenDown}}, the newest answer of each question.
  answers          jsonb       not null default '{}',
  -- When they last came back to LEAD from further on ("not now"): answers of before that start nothing.
  back_at          timestamptz,
  visits           integer     not null default 0,
  page_views       bigint      not null default 0,
  -- With pages in sight, as the tracker measured it.
  reading_seconds  bigint      not null default 0,
  first_seen_at    timestamptz not null,
  last_seen_at     timestamptz not null,
  -- What lists are sorted by first: an index on the time itself would have to be changed at each event.
  last_seen_hour   timestamp   not null generated always as (date_trunc('hour', last_seen_at at time zone 'UTC')) stored,
  -- {channel, source, medium, campaign, term, content, referrer, landingPage, clickId, clickIdValue}
  first_source     jsonb,
  last_source      jsonb,
  -- When they came from there; the last is null where they only ever went straight to the site.
  first_source_at  timestamptz,
  last_source_at   timestamptz,
  -- The points of all entries, as much as was left of them at the time of the latest.
  score            double precision not null default 0,
  score_at         timestamptz,
  -- The lead that this one turned out to be. Its rows stay as they were.
  merged_into      uuid references lead
)
-- Room for a lead's next version on the page of the last: then no index is touched.
with (fillfactor = 80);
create index lead_last_seen on lead (last_seen_hour desc) where merged_into is null;
create index lead_email on lead (lower(email)) where merged_into is null;
create index lead_phone on lead (phone) where phone is not null and merged_into is null;
create index lead_merged_into on lead (merged_into) where merged_into is not null;

-- Which lead an id means today.
create table lead_identity (
  kind    text        not null check (kind in ('user', 'anonymous')),
  value   text        not null,
  lead_id uuid        not null references lead,
  since   timestamptz not null,
  primary key (kind, value)
);
create index lead_identity_lead on lead_identity (lead_id);

create table lead_merge (
  id          bigint generated always as identity primary key,
  survivor_id uuid        not null references lead,
  merged_id   uuid        not null references lead,
  merged_at   timestamptz not null,
  -- The event that told us.
  message_id  text        not null,
  -- Both leads' rows and the merged one's identities and carts as they were before.
  before      jsonb       not null
);
create index lead_merge_merged on lead_merge (merged_id);
create index lead_merge_survivor on lead_merge (survivor_id);

create table stage_change (
  id           bigint generated always as identity primary key,
  lead_id      uuid        not null references lead,
  from_stage   text        not null,
  to_stage     text        not null,
  changed_at   timestamptz not null,
  reason       text        not null,
  cause        text        not null,
  -- By whom: a step of a flow, and the salesperson whose choice it carried out; or a rule of our own.
  flow         text,
  element_id   text,
  instance_key bigint,
  person       text,
  rule         text,
  -- When it was put on the topic of lead changes.
  told_at      timestamptz
);
create index stage_change_lead on stage_change (lead_id, changed_at);
create index stage_change_untold on stage_change (id) where told_at is null;
create index stage_change_age on stage_change using brin (changed_at);

-- Points, each with what they are for.
create table score_entry (
  lead_id  uuid        not null,
  -- The rule's id in score.dmn.
  rule     text        not null,
  -- What a rule fills once: nothing, a day, or for one that counts every time its cause.
  slot     text        not null,
  points   integer     not null,
  reason   text        not null,
  -- The event that told us.
  cause    text        not null,
  given_at timestamptz not null,
  primary key (lead_id, rule, slot)
);
create index score_entry_lead on score_entry (lead_id, given_at desc);

-- How far a change of score.dmn has been applied to past events; a run for each time that was asked for.
create table score_recompute (
  id              bigint generated always as identity primary key,
  state           text        not null default 'running' check (state in ('running', 'done', 'failed')),
  -- The table and the half-life that it applies.
  rules           text        not null,
  started_at      timestamptz not null,
  ended_at        timestamptz,
  -- All leads up to and with this one are done; null before the first.
  after_id        uuid,
  -- The last lead that there was when it began; later ones know nothing but these rules.
  until_id        uuid,
  leads           bigint      not null,
  leads_done      bigint      not null default 0,
  leads_changed   bigint      not null default 0,
  entries_added   bigint      not null default 0,
  entries_changed bigint      not null default 0,
  entries_removed bigint      not null default 0,
  problem         text
);
create unique index score_recompute_running on score_recompute (state) where state = 'running';

-- Segments: who is in which, and whose facts changed so that they may be in others now. -----------

create table segment_member (
  lead_id uuid        not null,
  -- The id in segments.dmn.
  segment text        not null,
  since   timestamptz not null,
  primary key (lead_id, segment)
);
create index segment_member_segment on segment_member (segment, lead_id);

create sequence segment_due_mark;
create table segment_due (
  lead_id uuid   primary key,
  -- Another one with each change: who has looked at the lead meanwhile has to look again.
  mark    bigint not null default nextval('segment_due_mark')
);
create index segment_due_order on segment_due (mark);

-- How far the look at all leads has come that finds what only time, or another rule, has changed; one row.
create table segment_sweep (
  only_one   boolean     primary key default true check (only_one),
  -- What each segment goes by, a line each; others begin it anew.
  conditions text        not null,
  -- Those of them that everybody was looked at for before it: who comes in by others starts no flow.
  settled    text        not null,
  started_at timestamptz not null,
  ended_at   timestamptz,
  -- All leads up to and with this one are looked at; null before the first.
  after_id   uuid,
  leads      bigint      not null default 0,
  changes    bigint      not null default 0
);

-- What happened, once per message id.
create table event (
  message_id  text        primary key,
  lead_id     uuid        not null,
  type        text        not null,
  name        text        not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  site        text        not null,
  properties  jsonb       not null,
  context     jsonb       not null
);
create index event_lead on event (lead_id, occurred_at desc);
-- What people wrote in messengers, by the fingerprint of their contact: never told from outside.
create index event_contact on event ((properties ->> 'contact'))
  where message_id like 'ripen:in.%' and properties ->> 'contact' is not null;
-- What may be forgotten, the oldest first.
create index event_age on event (received_at)
  where name <> 'Question Answered' and type <> 'identify';
-- How many came into segments lately.
create index event_segment on event (received_at) where name = 'Segment Entered';

create table page_visit (
  lead_id  uuid        not null,
  path     text        not null,
  visits   integer     not null,
  first_at timestamptz not null,
  last_at  timestamptz not null,
  primary key (lead_id, path)
);

-- One row per filling of a cart: emptied or bought, it ends, and the next product opens a new one.
create table cart (
  id         uuid primary key,
  lead_id    uuid        not null,
  site       text        not null,
  -- The shop's own id of the cart; the lead's only cart where the shop has none.
  shop_id    text        not null default '',
  state      text        not null check (state in ('open', 'ordered', 'emptied')),
  currency   text,
  total      numeric     not null default 0,
  url        text,
  -- [{productId, sku, name, brand, variant, category, price, quantity, url, imageUrl}]
  items      jsonb       not null default '[]',
  opened_at  timestamptz not null,
  -- The newest event that it is made of; for one that ended, when it did.
  updated_at timestamptz not null,
  -- When the shop last told the whole content: what is older is part of it already.
  content_at timestamptz
);
create unique index cart_open on cart (lead_id, site, shop_id) where state = 'open';
create index cart_lead on cart (lead_id);

create table customer_order (
  id         uuid primary key,
  lead_id    uuid        not null,
  site       text        not null,
  shop_id    text        not null,
  cart_id    uuid,
  -- The shop's own id of the cart, where the order names one.
  cart_shop_id text      not null default '',
  state      text        not null check (state in ('placed', 'cancelled')),
  currency   text,
  total      numeric     not null default 0,
  items      jsonb       not null default '[]',
  placed_at  timestamptz not null,
  updated_at timestamptz not null,
  unique (site, shop_id)
);
create index customer_order_lead on customer_order (lead_id);

-- Events of our own that wait for Kafka: what it did not take at once, and visits of links that are
-- told.
create table event_outbox (
  id              bigint generated always as identity primary key,
  message_id      text        not null unique,
  -- As on the topic.
  event           bytea       not null,
  kept_at         timestamptz not null,
  attempts        integer     not null default 0,
  next_attempt_at timestamptz not null,
  problem         text
);

-- Visits of the links and pictures of e-mails within the last minutes: what one means is told when it
-- shows whether a person made it.
create table link_visit (
  id              bigint generated always as identity primary key,
  touch_key       bigint      not null,
  lead_id         uuid        not null,
  -- Tells the links of a message apart; nothing for the picture.
  link            text,
  visited_at      timestamptz not null,
  -- By the clock of this database, which all engines share: what visits are judged by.
  noted_at        timestamptz not null default clock_timestamp(),
  -- As on the topic, until it is told; nothing for a look that means nothing by itself.
  event           bytea,
  -- Why it could not be told, and when that is tried again.
  problem         text,
  next_attempt_at timestamptz
);
create index link_visit_touch on link_visit (touch_key, noted_at);
create index link_visit_waiting on link_visit (id) where event is not null;
create index link_visit_age on link_visit (noted_at);

-- Signals: the outbox to Zeebe, kept afterwards as the lead's history. ----------------------------

create table signal (
  id              bigint generated always as identity primary key,
  name            text        not null,
  lead_id         uuid        not null,
  correlation_key text        not null,
  -- Zeebe refuses a second message with the same id: event's id, name and key.
  message_id      text        not null unique,
  time_to_live    interval    not null,
  variables       jsonb       not null,
  occurred_at     timestamptz not null,
  state           text        not null default 'pending' check (state in ('pending', 'sent', 'dead')),
  attempts        integer     not null default 0,
  raised_at       timestamptz not null,
  next_attempt_at timestamptz not null,
  problem         text,
  sent_at         timestamptz
);
create index signal_due on signal (id) where state = 'pending';
-- Signals of one key are sent one after the other.
create index signal_order on signal (correlation_key, id) where state = 'pending';
create index signal_lead on signal (lead_id, occurred_at desc);
create index signal_age on signal (raised_at);

-- Flows that Zeebe knows, and what they wait for. -------------------------------------------------

create table flow_version (
  process_key bigint      primary key,
  process_id  text        not null,
  version     integer     not null,
  name        text        not null,
  xml         text        not null,
  signals     text[]      not null,
  deployed_at timestamptz not null,
  -- Who, as they said it; null where nobody told us, as after a deploy straight from Modeler.
  deployed_by text,
  unique (process_id, version)
);

-- Moves of running instances to another version, each noted before Zeebe is asked for it.
create table flow_move (
  id           bigint generated always as identity primary key,
  instance_key bigint      not null,
  from_version integer     not null,
  to_version   integer     not null,
  -- {old id: new id}, also of steps that the instance is past; those that kept theirs are left out.
  elements     jsonb       not null,
  asked_at     timestamptz not null default now(),
  -- Null until Zeebe says that it has done it. What it refuses is taken out again.
  moved_at     timestamptz
);
create index flow_move_instance on flow_move (instance_key, id);

-- Each version of the files of rules, and of the decision tables and forms that Zeebe has.
create table rule_file (
  -- The file's name, as in score.dmn.
  name        text        not null,
  version     integer     not null,
  -- SHA-256 of the content.
  checksum    text        not null,
  content     bytea       not null,
  deployed_at timestamptz not null,
  deployed_by text        not null,
  primary key (name, version)
);

-- What lay in the folder with the flows when an engine started the last time.
create table folder_file (
  -- Within the folder.
  path     text primary key,
  -- SHA-256 of the content.
  checksum text not null
);

-- Consent -----------------------------------------------------------------------------------------

create table consent (
  lead_id    uuid        not null,
  channel    text        not null,
  purpose    text        not null,
  granted    boolean     not null,
  changed_at timestamptz not null,
  -- When, where, how and with which words: {wording, by, form, version, url, ip, userAgent, messageId, touch}
  proof      jsonb       not null,
  -- Of a yes by e-mail or text message, the address that it is for, as a hash like touch.sent_to; null where
  -- none was known.
  address    text,
  -- A yes and a no of the same moment are both kept.
  primary key (lead_id, channel, purpose, changed_at, granted)
);

-- Who wants nothing for a while.
create table pause (
  lead_id  uuid        primary key,
  until_at timestamptz not null
);

-- Addresses that must not be written to, whoever's they are.
create table suppression (
  channel text        not null,
  -- Of somebody who was erased: a keyed hash of it.
  address text        not null,
  purpose text        not null,
  reason  text        not null,
  since   timestamptz not null,
  -- Each reason ends by itself: who is there again after a bounce still wants nothing.
  primary key (channel, address, purpose, reason)
);

-- What people wrote and what closed an address, once each: providers tell again what they got no
-- answer to.
create table inbound_seen (
  -- The SHA-256 of the id that it came in by.
  id      bytea       primary key,
  seen_at timestamptz not null
);
create index inbound_seen_age on inbound_seen (seen_at);

-- The channels that do not call us, by whichever engine listens to them.
create table listening (
  channel  text        primary key,
  -- When all that had come in was kept, the last time; by the clock of this database.
  heard_at timestamptz not null,
  -- Why the last try failed, if it did.
  problem  text
);

-- Browsers that take notifications. Whose a browser is, lead_identity says: a merge moves it along.
create table push_subscription (
  -- At the browser's push service. Whoever knows it may write to the browser.
  endpoint      text        primary key,
  browser       text        not null,
  p256dh        text        not null,
  auth          text        not null,
  -- Our public key that it was given for: nobody else's messages are taken.
  server_key    text        not null,
  site          text        not null,
  subscribed_at timestamptz not null
);
create index push_subscription_browser on push_subscription (browser);

-- Touches: the ledger, one row per touch, and the gate's decisions. -------------------------------

-- What the codes in text messages stand for.
create table short_link (
  code       text        primary key,
  lead_id    uuid        not null,
  touch      bigint      not null,
  channel    text        not null,
  purpose    text        not null,
  flow       text        not null,
  element_id text        not null,
  target     text        not null,
  made_at    timestamptz not null,
  -- The last day on which it leads anywhere.
  good_until date        not null
);
create index short_link_lead on short_link (lead_id);
create index short_link_end on short_link (good_until);

-- Which message went to the seed addresses on which day.
create table seed_copy (
  flow    text not null,
  message text not null,
  locale  text not null,
  day     date not null,
  primary key (flow, message, locale, day)
);

create table touch (
  -- Zeebe's key of the element instance: a loop's second pass is a touch of its own.
  key                  bigint      primary key,
  lead_id              uuid        not null,
  cart_id              uuid,
  -- The event that started the flow.
  event_id             text,
  channel              text        not null,
  purpose              text        not null,
  flow                 text        not null,
  flow_version         integer     not null,
  element_id           text        not null,
  process_instance_key bigint      not null,
  message              text        not null,
  -- low, normal or high: who goes first where a lead has no room for all.
  priority             text        not null,
  locale               text,
  state                text        not null check (state in
                         ('planned', 'claimed', 'handing-over', 'accepted', 'rejected', 'denied', 'uncertain')),
  -- Why it is as it is, or why the last attempt failed: a word and a sentence.
  code                 text,
  reason               text,
  attempts             integer     not null default 0,
  -- Why this channel, where the flow leaves it to us: of each that was looked at {channel, answers,
  -- verdict, code}, the one that is answered most first.
  choice               jsonb,
  -- Who works on it, and until when; by the clock of this database, which all workers share.
  claim                uuid,
  claimed_until        timestamptz,
  provider_id          text,
  planned_at           timestamptz not null,
  -- The same by the clock of this database: what its age goes by, and so how long it is of use.
  noted_at             timestamptz not null default clock_timestamp(),
  -- Until when the gate lets it wait.
  deferred_until       timestamptz,
  -- Until when it is of use: after that nobody sends it.
  use_until            timestamptz,
  -- When it went out, as far as anybody knows: what caps count.
  handed_over_at       timestamptz,
  -- The same by the clock of this database, as of the last attempt, and when it was known what came of
  -- that, if it ever was: what visits of its links are judged by, and since when its cost is asked for.
  hand_over_began_at   timestamptz,
  hand_over_ended_at   timestamptz,
  -- Whether a try before the last one may be out, whatever became of the last.
  earlier_may_be_out   boolean     not null default false,
  -- To which address, as a hash: who has another one by now must not be taken for it.
  sent_to              text,
  settled_at           timestamptz,
  -- What became of it afterwards, the first time each.
  delivered_at         timestamptz,
  opened_at            timestamptz,
  clicked_at           timestamptz,
  replied_at           timestamptz,
  undelivered_at       timestamptz,
  -- Why it did not arrive, in the provider's words.
  undelivered_reason   text,
  cost                 numeric,
  cost_currency        text,
  -- When Twilio is asked next what it cost: null before the first time, infinity after the last.
  cost_due_at          timestamptz
);
create index touch_lead on touch (lead_id, planned_at desc);
create index touch_provider on touch (provider_id) where provider_id is not null;
create index touch_instance on touch (process_instance_key);
create index touch_flow on touch (flow, flow_version, element_id, state);
-- What was planned lately, for estimates; costs hardly anything to keep.
create index touch_age on touch using brin (planned_at);
-- What went to one address: which number was asked to confirm, and what counts for the caps.
create index touch_sent_to on touch (sent_to, handed_over_at) where sent_to is not null;
-- What Twilio has (its ids say so) and has not told the cost of; looked at every few seconds.
create index touch_cost_due on touch (coalesce(cost_due_at, hand_over_began_at))
  where cost is null and channel in ('sms', 'messenger') and provider_id ~ '^(SM|MM)[0-9a-f]{32}$';
-- What a flow's messages cost.
create index touch_cost on touch (flow, flow_version) include (cost_currency, cost)
  where cost is not null;
-- What the gate lets wait is no work for now; looked at every few seconds.
create index touch_deferred on touch (deferred_until, key)
  where state = 'planned' and deferred_until is not null;
-- What is not settled; looked at for what is of use no more.
create index touch_open on touch (use_until) where state in ('planned', 'claimed', 'handing-over');

create table gate_decision (
  id         bigint generated always as identity primary key,
  touch_key  bigint      not null references touch,
  lead_id    uuid        not null,
  decided_at timestamptz not null,
  verdict    text        not null check (verdict in ('allow', 'defer', 'deny')),
  -- A word that programs read (no-consent) and a sentence that people do.
  code       text        not null,
  reason     text        not null,
  until_at   timestamptz
);
create index gate_decision_touch on gate_decision (touch_key);
create index gate_decision_lead on gate_decision (lead_id, decided_at desc);
create index gate_decision_age on gate_decision (decided_at);

-- What sites show: popups, and the lines of chats. -------------------------------------------------

create table onsite_message (
  id         bigint generated always as identity primary key,
  -- As the touch knows them, or as whom they wrote; they may have been merged since.
  lead_id    uuid        not null,
  kind       text        not null check (kind in ('popup', 'chat')),
  author     text        not null check (author in ('flow', 'visitor', 'person')),
  -- Of a person: who it was.
  name       text,
  -- Of a visitor: the browser it was written in.
  browser    text,
  -- The touch's message, or the browser's own id of what was written there: each is kept once.
  message_id text        unique,
  title      text        not null default '',
  text       text        not null,
  -- [{label, url}]
  buttons    jsonb       not null default '[]',
  -- How a popup is shown: {place, when}; and the form in it: {form, lang}.
  look       jsonb       not null default '{}',
  created_at timestamptz not null,
  -- What flows show and nobody has seen by then is not shown any more.
  expires_at timestamptz,
  -- When a worker has found that out, or that the flow has ended; never of what was shown.
  taken_back_at timestamptz,
  -- When the first of the visitor's windows showed it.
  shown_at   timestamptz,
  shown_in   text,
  closed_at  timestamptz
);
create index onsite_message_lead on onsite_message (lead_id, id desc);
create index onsite_message_age on onsite_message (created_at);
-- Who wrote last, for the list of chats.
create index onsite_message_chat on onsite_message (id desc) where author = 'visitor';

-- Sales --------------------------------------------------------------------------------------------

-- Who takes leads, as they themselves said; the names are those of the assignees in Zeebe.
create table salesperson (
  name        text        primary key,
  team        text        not null,
  takes_leads boolean     not null default true,
  -- Where they are told of what their team forgets, if they want to be.
  email       text,
  since       timestamptz not null
);

create unique index salesperson_name on salesperson (lower(name));

-- One row for each time that a lead was handed over: whom it was offered to, and what came of it.
create table handoff (
  -- Zeebe's key of the flow's run.
  instance_key bigint      primary key,
  lead_id      uuid        not null,
  team         text        not null,
  team_leads   text        not null,
  salesperson  text,
  -- How long the team had to take it.
  within       interval    not null,
  chosen_at    timestamptz not null,
  outcome      text,
  reason       text,
  budget       text,
  authority    text,
  need         text,
  timing       text,
  note         text,
  closed_by    text,
  closed_at    timestamptz
);
create index handoff_lead on handoff (lead_id, chosen_at desc);
create index handoff_salesperson on handoff (salesperson, chosen_at desc);

-- What flows tell the people in the inbox.
create table sales_note (
  -- Zeebe's key of the step that told it.
  element_key  bigint      primary key,
  instance_key bigint      not null,
  lead_id      uuid        not null,
  text         text        not null,
  noted_at     timestamptz not null
);
create index sales_note_lead on sales_note (lead_id);
create index sales_note_instance on sales_note (instance_key);

-- Of which notes people are yet to be told by e-mail; gone when they were, or when it is of no more use.
create table sales_mail (
  element_key     bigint      not null references sales_note on delete cascade,
  salesperson     text        not null,
  -- By the clock of this database, as the next attempt is; the note has the worker's time.
  noted_at        timestamptz not null,
  -- That failed by this mail itself; not those while none at all can go out.
  attempts        integer     not null default 0,
  next_attempt_at timestamptz not null,
  primary key (element_key, salesperson)
);
create index sales_mail_due on sales_mail (next_attempt_at);

-- The read model of running flows, made from Zeebe's export stream or from Camunda's search; may be --
-- thrown away and rebuilt. -------------------------------------------------------------------------

-- Which of the two fills it; another one begins it anew.
create table read_model (
  source  text        primary key check (source in ('export', 'search')),
  -- By search: when all was looked through last.
  read_at timestamptz
);

create table export_position (
  partition integer primary key,
  -- The exporter's name for what it reads; another one when the broker has begun without its data.
  stream    text    not null default '',
  position  bigint  not null default -1,
  -- Streams that have ended; what comes of them late is passed over.
  former    text[]  not null default '{}'
);

-- How far each look through Camunda's search has come.
create table search_place (
  look     text        primary key,
  -- What happened before was read, by Camunda's clock; null when nothing was.
  since    timestamptz,
  -- The newest of the pages read since, where there are more.
  newest   timestamptz,
  -- Camunda's cursor to the next page; null where the look begins again.
  cursor   text,
  last_key bigint      not null default 0,
  began_at timestamptz not null,
  -- Grows with each page: who read by an older one comes late.
  turn     bigint      not null default 0
);

-- What ended of late and is counted, so that it is not when it is read again.
create table search_counted (
  key      bigint      primary key,
  look     text        not null,
  ended_at timestamptz not null
);
create index search_counted_age on search_counted (look, ended_at);

create table flow_element_count (
  process_key bigint  not null,
  element_id  text    not null,
  -- Zeebe's partition that tells of it; each can begin anew without the others.
  partition   integer not null,
  activated   bigint  not null default 0,
  completed   bigint  not null default 0,
  terminated  bigint  not null default 0,
  incidents   bigint  not null default 0,
  primary key (process_key, element_id, partition)
);

-- Where instances are now: a row for each element that is active, the instance itself included.
create table flow_element_instance (
  -- Zeebe's key of the element instance.
  key          bigint  primary key,
  partition    integer not null,
  process_key  bigint  not null,
  instance_key bigint  not null,
  element_id   text    not null,
  element_type text    not null
);
create index flow_element_instance_place on flow_element_instance (process_key, instance_key);

-- Steps that Zeebe has ended, and whose touches were not settled then, or not known yet. A row goes
-- when its touch is settled, or when no worker can have the step's job any more.
create table ended_step (
  -- Zeebe's key of the element instance, as of its touch.
  key       bigint      primary key,
  partition integer     not null,
  -- By the clock of Zeebe. A touch that began long after it is another one: a broker that lost its
  -- data hands out its keys again.
  ended_at  timestamptz not null,
  noted_at  timestamptz not null default clock_timestamp()
);

create table flow_incident (
  key                  bigint      primary key,
  partition            integer     not null,
  process_key          bigint      not null,
  process_instance_key bigint      not null,
  element_id           text        not null,
  error_type           text        not null,
  message              text        not null,
  raised_at            timestamptz not null,
  resolved_at          timestamptz
);
create index flow_incident_instance on flow_incident (process_instance_key);
create index flow_incident_open on flow_incident (process_key) where resolved_at is null;

-- Who was let into which flow, and why others were not. -------------------------------------------

create table flow_entry (
  -- Zeebe's process instance. A broker that lost its data hands its keys out again.
  instance_key bigint      not null,
  lead_id      uuid        not null,
  flow         text        not null,
  decided_at   timestamptz not null,
  -- Null for who was let in; else not-meant, too-soon or too-often, and a sentence.
  code         text,
  reason       text,
  primary key (lead_id, instance_key)
);
create index flow_entry_instance on flow_entry (instance_key);
create index flow_entry_flow on flow_entry (lead_id, flow, decided_at desc);
create index flow_entry_age on flow_entry using brin (decided_at);

-- A/B tests: a row for each place and all that its step says of the test. ---------------------------

create table split_test (
  id            bigint generated always as identity primary key,
  flow          text        not null,
  element_id    text        not null,
  -- All that follows as one line: whoever changes any of it begins another test.
  definition    text        not null,
  name          text        not null,
  -- As in A: 50, B: 50.
  variants      text        not null,
  goal          text        not null check (goal in ('ordered', 'clicked', 'replied', 'event')),
  goal_event    text,
  within        interval    not null,
  -- With how many leads in each variant the better one is picked; null for never.
  look_at       integer,
  began_at      timestamptz not null,
  -- The versions of the flow that it ran in.
  first_version integer     not null,
  last_version  integer     not null,
  -- When the one look was, who did better than all others if anybody, and [{variant, leads, reached}].
  looked_at     timestamptz,
  winner        text,
  look          jsonb,
  unique (flow, element_id, definition)
);

create table split_lead (
  test_id      bigint      not null,
  lead_id      uuid        not null,
  variant      text        not null,
  -- False for those who got it because it had won; they count for nothing.
  by_chance    boolean     not null,
  given_at     timestamptz not null,
  flow_version integer     not null,
  instance_key bigint      not null,
  primary key (test_id, lead_id)
);
create index split_lead_lead on split_lead (lead_id);
create index split_lead_given on split_lead (test_id, given_at);

-- Whom a running instance is about; gone with the instance.
create table flow_instance_lead (
  instance_key bigint  primary key,
  partition    integer not null,
  lead_id      uuid    not null
);
create index flow_instance_lead_lead on flow_instance_lead (lead_id);

-- Tasks for people, open ones and those that were.
create table user_task (
  key              bigint      primary key,
  partition        integer     not null,
  process_key      bigint      not null,
  process_id       text        not null,
  version          integer     not null,
  instance_key     bigint      not null,
  element_id       text        not null,
  -- As the instance knows it; the lead may have been merged since.
  lead_id          uuid,
  assignee         text,
  candidate_groups text[]      not null default '{}',
  candidate_users  text[]      not null default '{}',
  due_at           timestamptz,
  created_at       timestamptz not null,
  state            text        not null check (state in ('open', 'completed', 'canceled')),
  changed_at       timestamptz not null
);
create index user_task_lead on user_task (lead_id);
create index user_task_open on user_task (due_at, key) where state = 'open';
create index user_task_instance on user_task (instance_key);

-- Flows that a step of another flow, or a broadcast, has started.
create table flow_start (
  -- Why: the same cause starts a flow once for the same lead.
  cause        text        not null,
  lead_id      uuid        not null,
  flow         text        not null,
  started_at   timestamptz not null,
  -- Zeebe's key of the run; null while it starts, or where nobody could tell whether it did.
  instance_key bigint,
  primary key (cause, lead_id)
);
create index flow_start_lead on flow_start (lead_id);
create index flow_start_age on flow_start using brin (started_at);

-- Flows that are started for the members of a segment, one lead after the other.
create table broadcast (
  id         bigint generated always as identity primary key,
  flow       text        not null,
  segment    text        not null,
  state      text        not null default 'running' check (state in ('running', 'done', 'stopped', 'failed')),
  -- The most starts in an hour; null for as many as Zeebe takes.
  per_hour   integer,
  started_at timestamptz not null,
  ended_at   timestamptz,
  -- All members up to and with this one had their turn; null before the first.
  after_id   uuid,
  -- At a pace: when the next one's comes.
  next_at    timestamptz,
  -- Zero while its members are not counted yet.
  leads      bigint      not null,
  done       bigint      not null default 0,
  started    bigint      not null default 0,
  -- Of whom nobody can tell whether the flow runs.
  unsure     bigint      not null default 0,
  problem    text
);
create unique index broadcast_running on broadcast (flow, segment) where state = 'running';

-- People who were erased, and what keeps them so. ---------------------------------------------------

-- One row for each time that somebody was to be erased; afterwards the receipt. Names nobody.
create table erasure (
  id        uuid        primary key,
  -- asked: their flows are to be stopped. emptied: their rows are gone. done: nothing is left to do.
  state     text        not null default 'asked' check (state in ('asked', 'emptied', 'done')),
  asked_at  timestamptz not null,
  -- Who of us asked, as they said it.
  asked_by  text        not null,
  emptied_at timestamptz,
  ended_at   timestamptz,
  -- Runs in Zeebe that may still be about them, while the erasure goes on.
  instances bigint[]    not null default '{}',
  stopped   integer     not null default 0,
  -- {section: rows}
  removed   jsonb       not null default '{}',
  -- [{where, what, until, why}]
  remains   jsonb       not null default '[]',
  -- Why it does not go on, while it does not.
  problem   text
);
create index erasure_open on erasure (asked_at) where state <> 'done';

-- The ids of erased leads: random numbers that nothing else knows any more.
create table erased_lead (
  lead_id    uuid        primary key,
  erasure_id uuid        not null references erasure,
  -- Null until the rows are gone.
  erased_at  timestamptz
);
create index erased_lead_at on erased_lead (erased_at);

-- What erased people went by, and their events: keyed hashes, which nobody can turn back.
create table erased_trace (
  hash      bytea       primary key,
  erased_at timestamptz not null
);
