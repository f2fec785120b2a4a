-- What happens to conversations when the directory loses somebody. Added where
-- the host's tables can be referenced; a name with a colon is replaced.
alter table conversations
  add constraint conversations_buyer foreign key (buyer_id) references :users (:users_id) on delete cascade,
  add constraint conversations_supplier foreign key (supplier_id) references :users (:users_id) on delete cascade,
  add constraint conversations_admin foreign key (admin_id) references :users (:users_id) on delete set null,
  add constraint conversations_product foreign key (product_id) references :products (:products_id) on delete set null;
alter table haggle_participants
  add constraint participants_user foreign key (user_id) references :users (:users_id) on delete cascade;
