-- 1,000 buyers, 1,000 suppliers with a company each, 200 products. Run on both schemas.
insert into :directory.users (id, name, email, role)
select kind.first || '0000000-0000-4000-8000-' || n, kind.role || ' ' || n, kind.role || n || '@example.com', kind.role
from generate_series(100000000000, 100000000999) as n
cross join (values ('b', 'buyer'), ('a', 'supplier')) as kind (first, role);

insert into :directory.suppliers (id, user_id, name)
select 'd0000000-0000-4000-8000-' || n, 'a0000000-0000-4000-8000-' || n, 'Company ' || n
from generate_series(100000000000, 100000000999) as n;

insert into :directory.products (id, name, image, supplier_id)
select 'e0000000-0000-4000-8000-' || n, 'Product ' || n, '/products/' || n || '.webp', 'd0000000-0000-4000-8000-' || n
from generate_series(100000000000, 100000000199) as n;
